// What a screen reader says of the tabs in sight: which one shows now, and what has become of it. Not the words for
// the eye. What a page does by itself, such as loading another one, is the page's to say.
import type { TabView } from '../generated/view';
import { m } from './paraglide/messages';
import { tabStateWords } from './sessions';
import { tabTitle } from './tab-groups';

/** These are said of a pane that has not the focus too. */
const ALARMS = ['held', 'expired', 'crashed', 'failed'];

export interface TabNews {
  words: string;
  /** It must not wait. */
  urgent: boolean;
}

/** Begins like the tab's own name: by what tells accounts apart. */
export function tabWords(tab: TabView): string {
  if (tab.isHidden) return m.tab_hidden();
  const state = tab.state === 'live' && tab.held === null && !tab.covered ? null : tabStateWords(tab);
  return [tab.mark.word, tab.profileName, tab.readOnly && m.read_only(), tabTitle(tab), state]
    .filter(Boolean)
    .join(', ');
}

export class TabNewsOf {
  #active: string | null = null;
  #phases = new Map<string, string>();

  /** Null where nothing is new. */
  next(shown: readonly TabView[], active: TabView | null): TabNews | null {
    const before = this.#phases;
    const wasActive = this.#active;
    const phases = shown.map((tab): [TabView, string] => [tab, phaseOf(tab, before.get(tab.id))]);
    this.#phases = new Map(phases.map(([{ id }, phase]) => [id, phase]));
    this.#active = active?.id ?? null;
    const news = phases.filter(([tab, phase]) => {
      const known = before.get(tab.id);
      if (tab.id === active?.id) return tab.id !== wasActive || phase !== known;
      return known !== undefined && phase !== known && ALARMS.includes(phase);
    });
    if (news.length === 0) return null;
    return {
      words: news.map(([tab]) => tabWords(tab)).join('; '),
      urgent: news.some(([tab, phase]) => before.has(tab.id) && phase !== before.get(tab.id) && isBad(phase)),
    };
  }
}

function isBad(phase: string): boolean {
  return phase !== 'held' && ALARMS.includes(phase);
}

/** A page that loads is where it was until it has loaded. */
function phaseOf(tab: TabView, known: string | undefined): string {
  if (tab.isHidden) return 'hidden';
  if (tab.held !== null) return 'held';
  if (tab.covered) return 'covered';
  return tab.state === 'loading' && known !== undefined ? known : tab.state;
}
