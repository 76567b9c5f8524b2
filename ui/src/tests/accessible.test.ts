// What axe-core finds in the structure of each view. Colours as drawn are checked in a real browser by
// `npm run look`, the palette of marks by src-tauri/core/tests/mark_colours.rs.
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { TAB_STATES } from '../fake/activity';
import { LOSSES } from '../fake/guarded';
import type { Scene } from '../fake/scene';
import { openWindow } from './window';

const VIEWS: [string, Scene][] = [
  ['the first run', { profiles: 0 }],
  ['the window with tabs and notices', { tabs: TAB_STATES, notices: true, downloads: true }],
  ...TAB_STATES.map((state): [string, Scene] => [`a tab that is ${state}`, { tabs: [state] }]),
  ['two panes', { tabs: TAB_STATES, panes: 'two', linked: true, readOnly: true }],
  ['three panes', { tabs: TAB_STATES, panes: 'three' }],
  ['an empty pane', { tabs: TAB_STATES, panes: 'empty' }],
  ['a tab that asks for a confirmation', { tabs: TAB_STATES, held: 'confirmation' }],
  ['a tab that asks for a name', { tabs: TAB_STATES, held: 'name', strict: true }],
  ['a covered tab', { tabs: TAB_STATES, covered: true, strict: true }],
  ['a shared screen', { tabs: TAB_STATES, panes: 'two', screenShare: true }],
  ['losses and notices of links', { tabs: TAB_STATES, readOnly: true, losses: LOSSES, linkNotices: true }],
  ['rules', { surface: { page: 'rules' } }],
  ['a profile', { surface: { page: 'profile-editor', profile: 'p-prod' }, strict: true }],
  ['downloads', { surface: { page: 'downloads' }, downloads: true }],
  ['a new profile', { surface: { page: 'profile-editor', profile: null } }],
  ['partitions', { surface: { page: 'partitions' } }],
  ['settings', { surface: { page: 'settings' } }],
  ['the switcher', { tabs: TAB_STATES, drawer: 'switcher', query: 'acme' }],
  ['the switcher with nothing found', { tabs: TAB_STATES, drawer: 'switcher', query: 'zzz' }],
  ['open this page in …', { tabs: TAB_STATES, drawer: 'page-in' }],
  ['find in page', { tabs: TAB_STATES, drawer: 'find', query: 'queue' }],
  ['saved layouts', { tabs: TAB_STATES, drawer: 'layouts', layouts: ['Monday'] }],
  ['no saved layouts', { tabs: TAB_STATES, drawer: 'layouts' }],
  ['shortcuts', { surface: { page: 'shortcuts' } }],
];

describe('axe-core', () => {
  it.each(VIEWS)('finds nothing in %s', async (_, scene) => {
    await openWindow(scene);
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
