// What shall become a profile of a list of what can: as it is ticked and edited, kept while the user looks elsewhere.
// Not what can be: Rust says.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { ImportChoice, MarkView } from '../generated/view';

/** What can become a profile. */
export interface Offer {
  key: string;
  name: string;
  group: string | null;
  /** What the rules give it. */
  mark: MarkView;
}

/** Without a mark, the rules give it. */
type Edit = Omit<ImportChoice, 'key'>;

export class Picks {
  #ticked: SvelteSet<string>;
  #edits = new SvelteMap<string, Edit>();

  constructor(ticked: Iterable<string> = []) {
    this.#ticked = new SvelteSet(ticked);
  }

  has({ key }: Offer): boolean {
    return this.#ticked.has(key);
  }

  hasAll(offers: readonly Offer[]): boolean {
    return offers.length > 0 && offers.every((offer) => this.has(offer));
  }

  tick(offers: readonly Offer[], on: boolean): void {
    for (const { key } of offers) {
      if (on) this.#ticked.add(key);
      else this.#ticked.delete(key);
    }
  }

  tickOnly(offers: readonly Offer[]): void {
    this.#ticked.clear();
    this.tick(offers, true);
  }

  of({ key, name, group }: Offer): Edit {
    return this.#edits.get(key) ?? { name, group: group ?? '', mark: '', moveKeys: false };
  }

  edit(offer: Offer, part: Partial<Edit>): void {
    this.#edits.set(offer.key, { ...this.of(offer), ...part });
  }

  choices(offers: readonly Offer[]): ImportChoice[] {
    return offers.filter((offer) => this.has(offer)).map((offer) => ({ key: offer.key, ...this.of(offer) }));
  }
}

/** Where there is something to pick. */
type Place = 'import' | 'portal';

const kept: Record<Place, { of: string; picks: Picks } | null> = { import: null, portal: null };

/** Those of before, while it is about the same; else new ones. */
export function keptPicks(place: Place, of: string, begin: () => Picks): Picks {
  const before = kept[place];
  if (before?.of === of) return before.picks;
  const picks = begin();
  kept[place] = { of, picks };
  return picks;
}

export function forgetPicks(place: Place): void {
  kept[place] = null;
}
