// The accounts of Identity Center: which portal, its sign-in, its listing, and what is chosen of it.
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errorOf } from '../fake/activity';
import { portalOf, type PortalScene } from '../fake/portal';
import { forgetDraft } from '../lib/drafts';
import { forgetPicks } from '../lib/picks.svelte';
import { wanted } from '../lib/portal.svelte';
import { listen } from './heard';
import { openWindow, type Opened } from './window';

const PORTAL = { surface: { page: 'identity-center' } } as const;
const LISTED = { ...PORTAL, portal: 'listed' } as const;
const ACME = { startUrl: 'https://acme.awsapps.com/start', ssoRegion: 'eu-central-1', partition: 'aws' };

beforeEach(() => {
  wanted.typed = null;
  wanted.another = false;
  forgetPicks('portal');
  forgetDraft(null);
});

async function become({ backend }: Opened, scene: PortalScene): Promise<void> {
  backend.change({ portal: portalOf(scene) });
  await tick();
  await tick();
}

function row({ all }: Opened, index: number): HTMLElement {
  const found = all('assigned-row')[index];
  if (!found) throw new Error(`no row ${index}`);
  return found;
}

function box(within: HTMLElement): HTMLInputElement {
  return within.querySelector('.tick input') as HTMLInputElement;
}

function named(within: HTMLElement, label: string): HTMLInputElement {
  return within.querySelector(`[aria-label^="${label} "]`) as HTMLInputElement;
}

describe('the way to the accounts of a portal', () => {
  it('begins in the settings', async () => {
    const { user, one } = await openWindow({ surface: { page: 'settings' } });
    await user.click(one('portal-button'));
    expect(one('portal-form')).toBeTruthy();
  });

  it("begins in a profile's form, with what is typed there", async () => {
    const { user, one, input } = await openWindow({
      surface: { page: 'profile-editor', profile: null },
      portal: 'listed',
    });
    await user.click(document.querySelector('[name="source"][value="identity-center"]') as Element);
    await user.type(input('startUrl'), 'https://initech.awsapps.com/start');
    await user.type(input('ssoRegion'), 'us-east-1');
    await user.click(one('list-portal'));
    expect(input('startUrl').value).toBe('https://initech.awsapps.com/start');
    expect([input('ssoRegion').value, input('partition').value]).toEqual(['us-east-1', 'aws']);
    await user.click(one('back-to-list'));
    expect(one('assigned-table')).toBeTruthy();
  });

  it('leads to the list at once where it is of the same portal', async () => {
    const { user, one, input } = await openWindow({
      surface: { page: 'profile-editor', profile: null },
      portal: 'listed',
    });
    await user.click(document.querySelector('[name="source"][value="identity-center"]') as Element);
    await user.type(input('startUrl'), ACME.startUrl);
    await user.type(input('ssoRegion'), ACME.ssoRegion);
    await user.click(one('list-portal'));
    expect(one('assigned-table')).toBeTruthy();
  });
});

describe('which portal', () => {
  it('is the only one that profiles come from, until another is typed', async () => {
    const { input, backend } = await openWindow(PORTAL);
    expect(input('startUrl').value).toBe('https://globex.awsapps.com/start');
    expect(input('ssoRegion').value).toBe('ap-northeast-1');
    const { user } = await openWindow(PORTAL);
    await user.clear(input('startUrl'));
    await user.type(input('startUrl'), 'https://x');
    for (const page of ['settings', 'identity-center'] as const)
      await backend.request({ ask: 'show', surface: { page } });
    expect(input('startUrl').value).toBe('https://x');
  });

  it('brings its region along where it is known', async () => {
    const { user, input } = await openWindow(PORTAL);
    await user.clear(input('ssoRegion'));
    await user.clear(input('startUrl'));
    const offered = [...document.querySelectorAll<HTMLOptionElement>('#portals option')];
    expect(offered.map(({ value }) => value)).toEqual(['https://globex.awsapps.com/start']);
    await user.type(input('startUrl'), 'https://globex.awsapps.com/start');
    expect(input('ssoRegion').value).toBe('ap-northeast-1');
  });

  it.each([
    ['list', false],
    ['list-by-code', true],
  ])('is asked for by %s', async (button, byDeviceCode) => {
    const { user, one, input, asked } = await openWindow({ ...PORTAL, profiles: 0 });
    await user.type(input('startUrl'), ACME.startUrl);
    await user.type(input('ssoRegion'), ACME.ssoRegion);
    await user.click(one(button));
    expect(asked('list-portal')).toEqual([{ ask: 'list-portal', ...ACME, byDeviceCode }]);
    expect(one('portal-progress').dataset.state).toBe('signing-in');
    expect(document.activeElement?.id).toBe('portal-step');
  });

  it('that is refused says why at the field', async () => {
    const { user, one, input } = await openWindow({ ...PORTAL, profiles: 0 });
    await user.type(input('startUrl'), 'acme');
    await user.click(one('list'));
    expect(one('problem-startUrl').textContent).toContain('https://d-1234567890.awsapps.com/start');
    expect(document.activeElement).toBe(input('startUrl'));
    await user.clear(input('startUrl'));
    await user.type(input('startUrl'), ACME.startUrl);
    await user.click(one('list'));
    expect(one('problem-ssoRegion')).toBeTruthy();
    expect(document.activeElement).toBe(input('ssoRegion'));
  });
});

describe('the sign-in', () => {
  it('goes on in the browser, or in another one by a link', async () => {
    const opened = await openWindow({ ...PORTAL, portal: 'signing-in' });
    const { user, one, all, asked } = opened;
    expect(one('portal-progress').textContent).toContain('Continue in your browser');
    expect(all('user-code')).toHaveLength(0);
    await user.click(one('copy-portal-link'));
    expect(asked('copy-portal-link')).toHaveLength(1);
    expect(one('copy-said').textContent).toBe('Copied.');
  });

  it('asks for nothing before the portal was asked whether it is needed', async () => {
    const { one } = await openWindow({ ...PORTAL, portal: 'asking' });
    expect(one('portal-progress').textContent).toContain('Asking the portal…');
    expect(one('portal-progress').textContent).not.toContain('Continue in your browser');
    expect((one('copy-portal-link') as HTMLButtonElement).disabled).toBe(true);
  });

  it('shows a code to compare, and where it is asked for', async () => {
    const { one } = await openWindow({ ...PORTAL, portal: 'device' });
    expect(one('user-code').textContent).toBe('BCDF-GHJK');
    expect(one('portal-progress').textContent).toContain('only if it is this one');
    expect(one('portal-progress').textContent).toContain('https://acme.awsapps.com/start/#/device');
  });

  it.each(['signing-in', 'listing'] as const)('is given up while it is %s', async (portal) => {
    const { user, one, input, asked } = await openWindow({ ...PORTAL, portal });
    await user.click(one('cancel-portal'));
    expect(asked('cancel-portal')).toHaveLength(1);
    expect(one('portal-form')).toBeTruthy();
    await tick();
    expect(document.activeElement).toBe(input('startUrl'));
  });

  it('that fails says why, and is tried again', async () => {
    const { user, one, input, asked } = await openWindow({ ...PORTAL, portal: 'failed' });
    expect(one('portal-form').querySelector('[role="alert"]')?.textContent).toContain(
      'portal.sso.eu-central-1.amazonaws.com',
    );
    expect(input('startUrl').value).toBe(ACME.startUrl);
    expect(one('list').textContent?.trim()).toBe('Try again');
    await user.click(one('list'));
    expect(asked('list-portal')).toEqual([{ ask: 'list-portal', ...ACME, byDeviceCode: false }]);
  });
});

describe('the listing', () => {
  it('says how far it is', async () => {
    const opened = await openWindow({ ...PORTAL, portal: 'counting' });
    const bar = (): HTMLProgressElement => opened.one('portal-progress').querySelector('progress') as never;
    expect(opened.one('portal-count').textContent).toBe('Looking for accounts…');
    expect(bar().hasAttribute('value')).toBe(false);
    await become(opened, 'listing');
    expect(opened.one('portal-count').textContent).toBe('412 of 1,000 accounts');
    expect([bar().value, bar().max]).toEqual([412, 1000]);
  });

  it('is heard when a step begins and when it ends, not as it counts', async () => {
    const opened = await openWindow({ ...PORTAL, profiles: 0 });
    const heard = listen();
    await become(opened, 'asking');
    expect(heard()).toEqual(['Asking the portal…']);
    await become(opened, 'device');
    expect(heard()).toEqual(['Continue in your browser, with the code BCDF-GHJK']);
    await become(opened, 'counting');
    expect(heard()).toEqual(['Listing accounts and permission sets']);
    await become(opened, 'listing');
    expect(heard()).toEqual([]);
    await become(opened, 'listed');
    expect(heard()).toEqual(['12 permission sets listed']);
  });

  it('leaves the keyboard where it goes on', async () => {
    const opened = await openWindow({ ...PORTAL, portal: 'listing' });
    opened.one('cancel-portal').focus();
    await become(opened, 'listed');
    expect(document.activeElement).toBe(opened.one('portal-filter'));
  });
});

describe('what a portal assigns', () => {
  it('says what is there already and what is gone, which cannot be ticked', async () => {
    const opened = await openWindow(LISTED);
    const states = opened.all('assigned-row').map((each) => each.querySelector('.state')?.textContent);
    expect(states.slice(0, 4)).toEqual([
      'New',
      'Already here as acme staging',
      'Gone from the portal; acme development stays as it is',
      'New',
    ]);
    expect(opened.all('assigned-row').map((each) => box(each).disabled)).toEqual([
      false,
      true,
      true,
      ...Array<boolean>(9).fill(false),
    ]);
    expect(row(opened, 2).querySelector('[aria-label^="Name"]')).toBeNull();
    expect(row(opened, 0).textContent).toContain('client-01-prod');
    expect(row(opened, 0).textContent).toContain('100000000000');
    expect(row(opened, 0).textContent).toContain('AdministratorAccess');
  });

  it('is added as it was ticked and edited, of which nothing is to begin with', async () => {
    const opened = await openWindow(LISTED);
    const { user, one, asked } = opened;
    expect(one('assigned-count').textContent).toBe('0 of 10 chosen');
    expect((one('add-assigned') as HTMLButtonElement).disabled).toBe(true);
    await user.click(box(row(opened, 0)));
    await user.click(box(row(opened, 4)));
    await user.clear(named(row(opened, 0), 'Name of'));
    await user.type(named(row(opened, 0), 'Name of'), 'acme admin');
    await user.type(named(row(opened, 0), 'Group of'), 'Acme');
    await user.type(named(row(opened, 4), 'Mark of'), 'TEST');
    expect(row(opened, 4).querySelector('[data-mark]')?.textContent).toContain('TEST');
    expect(one('add-assigned').textContent).toContain('Add 2 profiles');
    await user.click(one('add-assigned'));
    expect(asked('add-assigned')).toEqual([
      {
        ask: 'add-assigned',
        rows: [
          { key: 'assigned 0', name: 'acme admin', group: 'Acme', mark: '', moveKeys: false },
          {
            key: 'assigned 4',
            name: 'client-01-dev AdministratorAccess',
            group: '',
            mark: 'TEST',
            moveKeys: false,
          },
        ],
      },
    ]);
  });

  it('is ticked as far as the filter shows it', async () => {
    const opened = await openWindow(LISTED);
    const { user, one, all } = opened;
    await user.type(one('portal-filter'), 'client-01 readonly');
    expect(all('assigned-row')).toHaveLength(4);
    await user.click(one('tick-shown'));
    expect(one('assigned-count').textContent).toBe('3 of 10 chosen');
    expect((one('tick-shown') as HTMLInputElement).checked).toBe(true);
    await user.click(one('portal-filter'));
    await user.keyboard('{Enter}');
    expect(all('added')).toHaveLength(0);
    await user.keyboard('{Escape}');
    expect(all('assigned-row')).toHaveLength(12);
    expect((one('tick-shown') as HTMLInputElement).indeterminate).toBe(true);
    expect(one('add-assigned').textContent).toContain('Add 3 profiles');
    await user.type(one('portal-filter'), 'gone');
    expect((one('tick-shown') as HTMLInputElement).disabled).toBe(true);
    await user.type(one('portal-filter'), ' zzz');
    expect(one('nothing-assigned').textContent).toContain('Nothing fits');
  });

  it('is said to be added, each time', async () => {
    const opened = await openWindow(LISTED);
    const { user, one, asked } = opened;
    const heard = listen();
    for (const index of [0, 3]) {
      await user.click(box(row(opened, index)));
      await user.click(one('add-assigned'));
      expect(one('added').textContent).toContain('1 profile was added.');
      expect(heard()).toEqual(['1 profile was added.']);
    }
    expect(row(opened, 0).textContent).toContain('Already here as client-01-prod AdministratorAccess');
    expect(one('assigned-count').textContent).toBe('0 of 8 chosen');
    expect(document.activeElement).toBe(one('leave-portal'));
    await user.click(one('leave-portal'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
  });

  it('stays ticked while one looks elsewhere, and when it is refused', async () => {
    const opened = await openWindow(LISTED);
    const { user, one, backend } = opened;
    const scroll = vi.spyOn(Element.prototype, 'scrollIntoView');
    await user.click(box(row(opened, 0)));
    await user.type(named(row(opened, 0), 'Name of'), '!');
    for (const page of ['settings', 'identity-center'] as const) {
      await backend.request({ ask: 'show', surface: { page } });
      await tick();
    }
    backend.refuseNext = errorOf('disk');
    await user.click(one('add-assigned'));
    expect(one('identity-center').querySelector('[data-code="disk"]')).toBeTruthy();
    expect(scroll).toHaveBeenCalled();
    expect(box(row(opened, 0)).checked).toBe(true);
    expect(named(row(opened, 0), 'Name of').value).toBe('client-01-prod AdministratorAccess!');
  });

  it('is not added where it became a profile meanwhile', async () => {
    const opened = await openWindow(LISTED);
    const { user, one, backend } = opened;
    await user.click(box(row(opened, 0)));
    await user.click(box(row(opened, 3)));
    const portal = portalOf('listed');
    const rows = portal.rows.map((each, at) => (at === 0 ? { ...each, state: 'known' as const } : each));
    backend.change({ portal: { ...portal, rows } });
    await tick();
    expect(box(row(opened, 0)).checked).toBe(false);
    expect(box(row(opened, 3)).checked).toBe(true);
    expect(one('add-assigned').textContent).toContain('Add 1 profile');
  });

  it('gives way to another portal, and comes back', async () => {
    const { user, one, input } = await openWindow(LISTED);
    await user.click(one('another-portal'));
    expect(input('startUrl').value).toBe(ACME.startUrl);
    await user.click(one('list'));
    expect(one('portal-progress')).toBeTruthy();
  });

  it('draws only what is in sight of five thousand', async () => {
    const { user, one, all } = await openWindow({ ...LISTED, assigned: 5000 });
    expect(all('assigned-row').length).toBeLessThan(60);
    expect(one('assigned-table').getAttribute('aria-rowcount')).toBe('5001');
    await user.click(one('tick-shown'));
    expect(one('add-assigned').textContent).toContain('Add 4,998 profiles');
  });

  it('can be nothing', async () => {
    const { one, all } = await openWindow({ ...LISTED, assigned: 0 });
    expect(one('identity-center').textContent).toContain('gives you no accounts');
    expect(all('portal-filter')).toHaveLength(0);
  });
});
