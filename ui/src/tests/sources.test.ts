// The profile's form by the source of its credentials: which fields it shows, keeps and sends.
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SourceKind } from '../generated/view';
import { forgetDraft } from '../lib/drafts';
import { openWindow } from './window';

const NEW = { page: 'profile-editor', profile: null } as const;
const ROLE = { page: 'profile-editor', profile: 'p-gtest' } as const;
const OWN = { page: 'profile-editor', profile: 'p-own' } as const;

beforeEach(() => [null, 'p-own', 'p-gtest'].forEach(forgetDraft));

function radio(source: SourceKind): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(`[name="source"][value="${source}"]`);
  if (!found) throw new Error(`no source ${source}`);
  return found;
}

/** The inputs that not every profile has. */
function fields(): string[] {
  const common = ['name', 'group', 'mark', 'partition', 'region', 'sites', 'guards', 'source'];
  const names = [...document.querySelectorAll<HTMLInputElement>('form [name]')].map(({ name }) => name);
  return names.filter((name) => !common.includes(name) && !name.startsWith('tag'));
}

const MORE = ['roleSessionName', 'sourceIdentity'];

describe('the form of a profile', () => {
  it.each<[SourceKind, string[]]>([
    [
      'access-key',
      ['accessKeyId', 'secretAccessKey', 'roleArn', 'sessionPolicyArn', 'durationSeconds', 'account'],
    ],
    ['role', ['fromProfile', 'roleArn', 'externalId', 'mfaSerial', ...MORE, 'durationSeconds', 'account']],
    ['identity-center', ['startUrl', 'ssoRegion', 'account', 'permissionSet']],
    ['config-profile', ['configProfile', 'durationSeconds', 'account']],
    ['page', ['signInAccount', 'userName', 'account']],
  ])('shows the fields of %s only', async (source, names) => {
    const { user } = await openWindow({ surface: NEW });
    await user.click(radio(source));
    expect(fields()).toEqual(names);
  });

  it('keeps what was typed for another source in sight of it, and sends it to nobody', async () => {
    const { user, input, one, asked } = await openWindow({ surface: NEW });
    await user.type(input('name'), 'client console');
    await user.type(input('accessKeyId'), 'AKIAIOSFODNN7EXAMPLE');
    await user.type(input('secretAccessKey'), 'not-a-real-secret');
    await user.click(radio('page'));
    await user.type(input('signInAccount'), 'client-alias');
    await user.click(radio('access-key'));
    expect(input('accessKeyId').value).toBe('AKIAIOSFODNN7EXAMPLE');
    await user.click(radio('page'));
    await user.click(one('save-profile'));
    expect(asked('save-profile')[0]?.draft).toMatchObject({
      source: 'page',
      signInAccount: 'client-alias',
      accessKeyId: '',
      secretAccessKey: null,
      roleArn: '',
    });
  });

  it('keeps the source of a profile that is edited, with all that it has', async () => {
    const { user, input, one, asked } = await openWindow({ surface: ROLE });
    expect(radio('role').checked).toBe(true);
    expect(input('fromProfile').value).toBe('p-own');
    expect((one('role-more') as HTMLDetailsElement).open).toBe(true);
    expect(input('tagKey').value).toBe('team');
    await user.type(input('group'), '!');
    await user.click(one('save-profile'));
    expect(asked('save-profile')[0]?.draft).toMatchObject({
      source: 'role',
      fromProfile: 'p-own',
      mfaSerial: 'arn:aws:iam::777788889999:mfa/kim',
      sessionTags: [{ key: 'team', value: 'platform', transitive: true }],
    });
  });

  it('of an access key asks for an MFA device and more only where there is a role', async () => {
    const { user, input, all } = await openWindow({ surface: NEW });
    expect(fields()).not.toContain('mfaSerial');
    await user.type(input('roleArn'), 'arn:aws:iam::111122223333:role/Admin');
    expect(fields()).toContain('mfaSerial');
    expect(fields()).not.toContain('sessionPolicyArn');
    expect(all('role-more')).toHaveLength(1);
  });
});

describe('a role through another profile', () => {
  it('comes through any other profile, by its name, and says where that leads back', async () => {
    const { user, input, one } = await openWindow({ surface: OWN });
    await user.click(radio('role'));
    const options = [...input('fromProfile').querySelectorAll('option')].map((option) => option.text);
    expect(options[0]).toBe('Choose a profile');
    expect(options).toContain('acme production (PROD, 111122223333)');
    expect(options.join()).not.toContain('own account');
    await user.selectOptions(input('fromProfile'), 'p-gtest');
    await user.click(one('save-profile'));
    expect(one('problem-fromProfile').textContent).toContain('comes back to itself');
    expect(document.activeElement).toBe(input('fromProfile'));
  });

  it('takes over the partition and region of the profile that it comes through', async () => {
    const { user, input, backend } = await openWindow({ surface: NEW });
    const groups = backend.view.groups.map((group) => ({
      ...group,
      profiles: group.profiles.map((profile) =>
        profile.id === 'p-own' ? { ...profile, partition: 'aws-cn', region: 'cn-northwest-1' } : profile,
      ),
    }));
    backend.change({ groups });
    await tick();
    await user.click(radio('role'));
    await user.selectOptions(input('fromProfile'), 'p-own');
    expect([input('partition').value, input('region').value]).toEqual(['aws-cn', 'cn-northwest-1']);
  });

  it('does not lose a profile that is hidden while the screen is shared', async () => {
    const { input, backend } = await openWindow({ surface: ROLE });
    const groups = backend.view.groups.filter(({ name }) => name !== null);
    backend.change({ groups });
    await tick();
    expect(input('fromProfile').value).toBe('p-own');
  });

  it('takes session tags row by row, and unfolds to show what is wrong with them', async () => {
    const { user, input, one, all, asked } = await openWindow({ surface: NEW });
    await user.click(radio('role'));
    await user.type(input('name'), 'tagged');
    await user.selectOptions(input('fromProfile'), 'p-own');
    await user.type(input('roleArn'), 'arn:aws:iam::111122223333:role/Admin');
    await user.click(one('role-more').querySelector('summary') as Element);
    await user.click(one('add-tag'));
    expect(document.activeElement).toBe(input('tagKey'));
    await user.click(one('save-profile'));
    expect(one('problem-sessionTags').textContent).toContain('a key of its own');
    expect(document.activeElement).toBe(input('tagKey'));
    await user.type(input('tagKey'), 'team');
    await user.type(input('tagValue'), 'platform');
    await user.click(input('tagTransitive'));
    await user.click(one('add-tag'));
    await user.click(all('remove-tag')[1] as Element);
    expect(document.activeElement).toBe(one('add-tag'));
    await user.click(one('save-profile'));
    expect(asked('save-profile').at(-1)?.draft.sessionTags).toEqual([
      { key: 'team', value: 'platform', transitive: true },
    ]);
  });

  it('has its folded fields in sight when one of them is refused', async () => {
    const { user, input, one, backend } = await openWindow({ surface: NEW });
    await user.click(radio('role'));
    expect((one('role-more') as HTMLDetailsElement).open).toBe(false);
    backend.refuseNext = {
      cause: { code: 'input', field: 'source-identity', problem: 'malformed' },
      detail: null,
    };
    await user.click(one('save-profile'));
    expect((one('role-more') as HTMLDetailsElement).open).toBe(true);
    expect(document.activeElement).toBe(input('sourceIdentity'));
  });
});

describe('a profile of ~/.aws', () => {
  it('is chosen by its name, with how it signs in, and those that cannot be used say why', async () => {
    const { user, input, one, asked } = await openWindow({ surface: NEW });
    await user.click(radio('config-profile'));
    const options = [...input('configProfile').querySelectorAll('option')];
    expect(options.map(({ text }) => text)).toContain('acme-prod: role/Admin through base');
    expect(options.at(-1)?.text).toBe('legacy: source_profile "gone" does not exist');
    expect(options.at(-1)?.disabled).toBe(true);
    await user.selectOptions(input('configProfile'), 'acme-prod');
    expect([input('name').value, input('region').value, input('account').value]).toEqual([
      'acme-prod',
      'eu-west-1',
      '111122223333',
    ]);
    await user.click(one('save-profile'));
    expect(asked('save-profile')[0]?.draft).toMatchObject({ configProfile: 'acme-prod' });
  });

  it('that is gone from there is still named', async () => {
    const { user, input, backend } = await openWindow({ surface: NEW });
    await user.click(radio('config-profile'));
    await user.selectOptions(input('configProfile'), 'base');
    backend.change({ configProfiles: [] });
    await tick();
    const chosen = [...input('configProfile').querySelectorAll('option')].find(({ selected }) => selected);
    expect(chosen?.text).toBe('base: not in ~/.aws any more');
  });
});

describe('a tab that signs in', () => {
  it('says as whom, whatever the source', async () => {
    const { one, backend } = await openWindow({ tabs: ['signing-in'] });
    const groups = backend.view.groups.map((group) => ({
      ...group,
      profiles: group.profiles.map((profile) => ({
        ...profile,
        roleArn: null,
        permissionSet: 'AdministratorAccess',
      })),
    }));
    backend.change({ groups });
    await tick();
    expect(one('console-area').textContent).toContain('as AdministratorAccess');
  });
});
