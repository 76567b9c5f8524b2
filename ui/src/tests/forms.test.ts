// What a screen reader says of forms: their names, what must be given, and what is explained beside a choice.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from '../fake/scene';
import { forgetDraft } from '../lib/drafts';
import { openWindow } from './window';

beforeEach(() => [null, 'p-prod'].forEach(forgetDraft));

/** The text of what an attribute's ids point to; fails where one leads nowhere. */
function pointed(element: Element | null, attribute: string): string[] {
  const ids = element?.getAttribute(attribute)?.split(' ') ?? [];
  return ids.map((id) => {
    const target = document.getElementById(id);
    if (!target) throw new Error(`nothing is ${id}`);
    return target.textContent.replaceAll(/\s+/g, ' ').trim();
  });
}

const FORMS: [string, Scene, string][] = [
  ['a new profile', { surface: { page: 'profile-editor', profile: null } }, 'New profile'],
  ['rules', { surface: { page: 'rules' } }, 'Rules for marks'],
  ['a held tab', { tabs: ['live'], held: 'name' }, 'Open acme production with full rights?'],
  ['a layout', { drawer: 'layouts' }, 'Saved layouts'],
];

describe('a form', () => {
  it.each(FORMS)('for %s has a name', async (_, scene, name) => {
    await openWindow(scene);
    expect(pointed(document.querySelector('form'), 'aria-labelledby')).toEqual([name]);
  });

  it('for a partition has a name', async () => {
    const { user, one } = await openWindow({ surface: { page: 'partitions' } });
    await user.click(one('add-partition'));
    expect(pointed(one('partition-form'), 'aria-labelledby')).toEqual(['Partitions']);
  });
});

describe('a field that must be given', () => {
  it('says so, and is not wrong before it was tried', async () => {
    const { user, one, input } = await openWindow({ surface: { page: 'profile-editor', profile: null } });
    expect(input('name').getAttribute('aria-required')).toBe('true');
    expect(input('name').matches(':invalid')).toBe(false);
    expect(input('name').hasAttribute('aria-invalid')).toBe(false);
    await user.click(one('save-profile'));
    expect(input('name').getAttribute('aria-invalid')).toBe('true');
  });
});

describe('a choice of the settings', () => {
  it.each(['theme', 'language', 'sleep-after'])('(%s) is explained, with its default', async (setting) => {
    await openWindow({ surface: { page: 'settings' } });
    const group = document.querySelector(`[data-setting="${setting}"] [role="radiogroup"]`);
    expect(pointed(group, 'aria-describedby')).toEqual([
      expect.stringMatching(/\.$/),
      expect.stringMatching(/^Default: /),
    ]);
  });
});

describe('a profile whose pages are open', () => {
  const leaving = (): string =>
    [...document.querySelectorAll('footer [role="status"]')].map((said) => said.textContent.trim()).join('');

  it('says what saving closes before it becomes somebody else, and nothing where it stays who it is', async () => {
    const { user, input } = await openWindow({ surface: { page: 'profile-editor', profile: 'p-prod' } });
    await user.clear(input('region'));
    await user.type(input('region'), 'eu-west-1');
    expect(leaving()).toBe('');
    await user.type(input('roleArn'), 'Other');
    expect(leaving()).toMatch(/^Saving signs .*acme production.* out/);
    await user.type(input('roleArn'), '{Backspace>5/}');
    expect(leaving()).toBe('');
  });
});

describe('a form whose profile changes behind it', () => {
  it('takes over what was not typed over, so that saving takes nothing back', async () => {
    const { backend, user, one, input, asked } = await openWindow({
      surface: { page: 'profile-editor', profile: 'p-prod' },
    });
    await user.type(input('name'), ' 2');
    const moved = backend.view.groups.map((group) => ({
      ...group,
      profiles: group.profiles.map((profile) =>
        profile.id === 'p-prod'
          ? { ...profile, name: 'other', region: 'us-west-2', account: '999988887777' }
          : profile,
      ),
    }));
    backend.change({ groups: moved });
    await expect.poll(() => input('region').value).toBe('us-west-2');
    await user.click(one('save-profile'));
    expect(
      asked('save-profile').map(({ draft: { name, region, account } }) => [name, region, account]),
    ).toEqual([['acme production 2', 'us-west-2', '999988887777']]);
  });
});

describe('what is typed while a profile is being saved', () => {
  it('stays, and is not taken for saved', async () => {
    const opened = await openWindow({ surface: { page: 'profile-editor', profile: 'p-prod' } });
    const { backend, user, one, input } = opened;
    let answer = (): void => undefined;
    const request = backend.request.bind(backend);
    backend.request = async (asked) => {
      if (asked.ask === 'save-profile') await new Promise<void>((resolve) => (answer = resolve));
      return request(asked);
    };
    await user.type(input('name'), ' 2');
    await user.click(one('save-profile'));
    await user.type(input('group'), ' Corp');
    answer();
    await expect.poll(() => opened.asked('save-profile').map(({ draft }) => draft.group)).toEqual(['Acme']);
    expect(input('group').value).toBe('Acme Corp');
    await user.click(one('cancel'));
    expect(one('discard').textContent).toBeTruthy();
  });
});
