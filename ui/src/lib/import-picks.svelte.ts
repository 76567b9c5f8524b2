// What shall be imported, as it is ticked and edited, kept while the user looks elsewhere. Not what can be: Rust says.
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { ImportChoice, ImportRowView, Request } from '../generated/view';

/** Without a mark, the rules give it. */
type Edit = Omit<ImportChoice, 'key'>;

/** It would do something. */
export function isOffered({ state }: ImportRowView): boolean {
  return state === 'new' || state === 'changed';
}

/** A command is never ticked with others: it must be seen first. */
function isForAll(row: ImportRowView): boolean {
  return isOffered(row) && row.runsCommand === null;
}

export class ImportPicks {
  rows: readonly ImportRowView[];
  #ticked: SvelteSet<string>;
  #edits = new SvelteMap<string, Edit>();
  readonly #forAll: string[];

  constructor(rows: readonly ImportRowView[]) {
    this.rows = rows;
    this.#forAll = rows.filter(isForAll).map(({ key }) => key);
    this.#ticked = new SvelteSet(
      rows.filter((row) => isForAll(row) && row.state === 'new').map(({ key }) => key),
    );
  }

  get size(): number {
    return this.#ticked.size;
  }

  get all(): boolean {
    return this.#forAll.length > 0 && this.#forAll.every((key) => this.#ticked.has(key));
  }

  has(key: string): boolean {
    return this.#ticked.has(key);
  }

  tick(key: string, on: boolean): void {
    if (on) this.#ticked.add(key);
    else this.#ticked.delete(key);
  }

  tickAll(on: boolean): void {
    this.#ticked.clear();
    if (on) this.#forAll.forEach((key) => this.#ticked.add(key));
  }

  of({ key, name, group }: ImportRowView): Edit {
    return this.#edits.get(key) ?? { name, group: group ?? '', mark: '', moveKeys: false };
  }

  edit(row: ImportRowView, part: Partial<Edit>): void {
    this.#edits.set(row.key, { ...this.of(row), ...part });
  }

  get request(): Request {
    const rows = this.rows.filter(({ key }) => this.#ticked.has(key));
    return { ask: 'import', rows: rows.map((row) => ({ key: row.key, ...this.of(row) })) };
  }
}

let kept: ImportPicks | null = null;

/** Those of before, while the same rows are offered. */
export function picksOf(rows: readonly ImportRowView[]): ImportPicks {
  const keys = (of: readonly ImportRowView[]): string =>
    of.map(({ key, state }) => `${key} ${state}`).join('\n');
  if (!kept || keys(kept.rows) !== keys(rows)) kept = new ImportPicks(rows);
  return kept;
}

export function forgetPicks(): void {
  kept = null;
}
