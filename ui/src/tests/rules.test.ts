// The rules for marks, and the guards and mark of one profile in its editor.
import { tick } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../fake/activity';
import { RULES } from '../fake/guarded';
import { forgetDraft } from '../lib/drafts';
import { forgetRules } from '../lib/rule-drafts.svelte';
import { openWindow } from './window';

const RULES_PAGE = { surface: { page: 'rules' } } as const;
const PROD = { surface: { page: 'profile-editor', profile: 'p-prod' } } as const;

// Drafts outlive the window on purpose; a test starts without.
beforeEach(() => {
  forgetRules();
  forgetDraft('p-prod');
});

function button(element: HTMLElement): HTMLButtonElement {
  return element as HTMLButtonElement;
}

describe('the rules', () => {
  it('stand in order with mark and pattern, and beside them what each profile has now, and why', async () => {
    const { all, one } = await openWindow(RULES_PAGE);
    expect(all('rule')).toHaveLength(RULES.length);
    expect(all('rule')[0]?.textContent).toContain('PROD');
    expect(all('rule')[0]?.textContent).toContain('prod, prd, production');
    expect(all('rule')[0]?.textContent).toContain('Ask before linked panes follow into it');
    expect(one('rules').textContent).toContain('a space for any gap or none');
    const rows = all('marked-profile').map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
    expect(rows).toContain('PROD acme production by rule 1: name contains “production”');
    expect(rows).toContain('SANDBOX globex playground with a rather long name given to this profile');
  });

  it('are saved together and not before, with what was typed', async () => {
    const { user, one, all, input, asked } = await openWindow(RULES_PAGE);
    expect(button(one('save-rules')).disabled).toBe(true);
    await user.click(one('add-rule'));
    expect(document.activeElement).toBe(input('pattern'));
    await user.type(input('pattern'), 'payroll');
    await user.type(input('word'), 'PAY');
    await user.selectOptions(input('look'), 'red');
    expect(input('shape').value).toBe('octagon');
    await user.selectOptions(input('look'), 'violet');
    await user.click(input('confirmOpen'));
    await user.click(input('cover'));
    await user.clear(input('idleMinutes'));
    await user.type(input('idleMinutes'), '30');
    expect(asked('set-rules')).toHaveLength(0);
    expect(one('marked-profiles').textContent).toContain('once you save');
    await user.click(one('save-rules'));
    expect(asked('set-rules')[0]?.rules).toHaveLength(RULES.length + 1);
    expect(asked('set-rules')[0]?.rules.at(-1)).toEqual({
      on: 'name',
      pattern: 'payroll',
      word: 'PAY',
      colour: 'violet',
      shape: 'circle',
      guards: {
        confirmOpen: true,
        readOnly: false,
        typeName: false,
        coverAfterMinutes: 30,
        confirmLinked: false,
      },
    });
    expect(button(one('save-rules')).disabled).toBe(true);
    expect(all('rule')).toHaveLength(RULES.length + 1);
  });

  it('look at the role or permission set too, and say what is meant', async () => {
    const { user, one, input, asked } = await openWindow(RULES_PAGE);
    await user.click(one('add-rule'));
    await user.selectOptions(input('on'), 'Role or permission set');
    expect(one('rule-fields').textContent).toContain('Permission sets of Identity Center, or roles');
    await user.type(input('pattern'), 'admin*');
    await user.click(one('save-rules'));
    expect(asked('set-rules')[0]?.rules.at(-1)).toMatchObject({ on: 'role', pattern: 'admin*' });
  });

  it('take a list with an entry a line, and are saved by Enter', async () => {
    const { user, one, input, asked } = await openWindow(RULES_PAGE);
    await user.click(one('add-rule'));
    await user.paste('payroll\nledger');
    expect(input('pattern').value).toBe('payroll, ledger');
    await user.keyboard('{Enter}');
    expect(asked('set-rules')[0]?.rules.at(-1)?.pattern).toBe('payroll, ledger');
  });

  it('move by buttons and by Alt and the arrows, with the focus on them', async () => {
    const { user, one, all, asked } = await openWindow(RULES_PAGE);
    await user.click(all('rule-down')[0] as Element);
    expect(all('rule')[1]?.textContent).toContain('PROD');
    const edit = all('edit-rule')[1];
    edit?.focus();
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(document.activeElement).toBe(all('edit-rule')[0]);
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(button(one('save-rules')).disabled).toBe(true);
    await user.click(all('rule-up')[1] as Element);
    expect(document.activeElement).toBe(all('edit-rule')[0]);
    await user.click(one('save-rules'));
    expect(
      asked('set-rules')[0]
        ?.rules.slice(0, 2)
        .map(({ word }) => word),
    ).toEqual(['STG', 'PROD']);
  });

  it('show what is wrong at the field of the rule that is meant, and put the focus there', async () => {
    const { user, one, input } = await openWindow(RULES_PAGE);
    await user.click(one('add-rule'));
    await user.keyboard('{Escape}');
    await user.click(one('save-rules'));
    await tick();
    expect(one('problem-pattern').textContent).toContain('must not be empty');
    expect(document.activeElement).toBe(input('pattern'));
  });

  it('show above all what belongs to no one rule', async () => {
    const { user, one, all, backend } = await openWindow(RULES_PAGE);
    await user.click(all('remove-rule')[0] as Element);
    backend.refuseNext = errorOf('conflict');
    await user.click(one('save-rules'));
    expect(one('rules').querySelector('[role="alert"]')?.textContent).toContain(
      'Another or a newer Sidelight',
    );
    expect(all('rule')).toHaveLength(RULES.length - 1);
  });

  it('go back to the ready-made ones, once that was confirmed', async () => {
    const { user, one, asked } = await openWindow(RULES_PAGE);
    await user.click(one('ready-made'));
    expect(asked('set-rules')).toHaveLength(0);
    await user.click(one('ready-made-sure'));
    expect(asked('set-rules')).toEqual([{ ask: 'set-rules', rules: [] }]);
  });

  it('are kept while the user looks elsewhere, and discarded only when asked to', async () => {
    const { user, one, all, asked, backend } = await openWindow(RULES_PAGE);
    await user.click(all('remove-rule')[3] as Element);
    await user.keyboard('{Escape}');
    expect(asked('show')).toHaveLength(0);
    backend.change({ layout: { ...backend.view.layout, surface: { page: 'console' } } });
    await tick();
    backend.change({ layout: { ...backend.view.layout, surface: { page: 'rules' } } });
    await tick();
    expect(all('rule')).toHaveLength(RULES.length - 1);
    await user.click(one('cancel'));
    await user.click(one('discard'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'console' });
    expect(asked('set-rules')).toHaveLength(0);
  });

  it('cannot be changed while the book is read-only', async () => {
    const { one, all } = await openWindow({ ...RULES_PAGE, readOnlyBook: true });
    for (const control of [one('add-rule'), one('save-rules'), one('ready-made'), ...all('remove-rule')])
      expect(button(control).disabled).toBe(true);
  });
});

describe('the editor of a profile', () => {
  it('holds the mark that was given, not that of a rule, and says which is which', async () => {
    const { user, one, input, asked } = await openWindow(PROD);
    expect(input('mark').value).toBe('');
    expect(one('mark-preview').textContent).toContain('PROD');
    expect(one('mark-reason').textContent).toBe('PROD, by rule 1: name contains “production”');
    await user.click(one('mark-STG'));
    expect(document.querySelector('[data-testid="mark-reason"]')).toBeNull();
    await user.click(one('rules-button'));
    expect(asked('show').at(-1)?.surface).toEqual({ page: 'rules' });
  });

  it('leaves the guards to the mark until they are its own', async () => {
    const { user, one, input, asked } = await openWindow(PROD);
    expect(one('guards-now').textContent).toBe('Ask before linked panes follow into it');
    await user.click(one('guards').querySelectorAll('[type="radio"]')[1] as Element);
    expect(input('confirmLinked').checked).toBe(true);
    await user.click(input('readOnly'));
    await user.click(input('cover'));
    await user.clear(input('idleMinutes'));
    await user.click(one('save-profile'));
    expect(one('problem-idleMinutes').textContent).toContain('1 to 240');
    expect(document.activeElement).toBe(input('idleMinutes'));
    await user.type(input('idleMinutes'), '5');
    await user.click(one('save-profile'));
    expect(asked('save-profile').map(({ draft }) => draft.guards)).toMatchObject([
      { coverAfterMinutes: 0 },
      { confirmLinked: true, readOnly: true, coverAfterMinutes: 5 },
    ]);
  });

  it('gives the guards back to the mark', async () => {
    const { user, one, asked } = await openWindow({ ...PROD, strict: true });
    expect(document.querySelector('[data-testid="guards-now"]')).toBeNull();
    await user.click(one('guards').querySelectorAll('[type="radio"]')[0] as Element);
    await user.click(one('save-profile'));
    expect(asked('save-profile')[0]?.draft).toMatchObject({ guards: null, mark: '' });
  });
});
