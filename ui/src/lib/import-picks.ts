// What of ~/.aws is ticked to begin with, and what can be. Not how ticks are kept (picks.svelte.ts).
import type { ImportRowView } from '../generated/view';
import { keptPicks, Picks } from './picks.svelte';

/** It would do something. */
export function isOffered({ state }: ImportRowView): boolean {
  return state === 'new' || state === 'changed';
}

/** A command is never ticked with others: it must be seen first. */
export function isForAll(row: ImportRowView): boolean {
  return isOffered(row) && row.runsCommand === null;
}

/** Those of before, while the same rows are offered. */
export function picksOf(rows: readonly ImportRowView[]): Picks {
  const of = rows.map(({ key, state }) => `${key} ${state}`).join('\n');
  const isTicked = (row: ImportRowView): boolean => isForAll(row) && row.state === 'new';
  return keptPicks('import', of, () => new Picks(rows.filter(isTicked).map(({ key }) => key)));
}
