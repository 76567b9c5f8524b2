// The rules while they are edited: rows with keys of their own, and which of them an error means.
// Not the deciding which rule fits: the core does that once they are saved.
import type { ErrorView, FieldView, RuleView } from '../generated/view';
import { NO_GUARDS } from './guards';
import { problemWords } from './problems';

export interface RuleRow {
  /** For the list on the screen only. */
  key: number;
  rule: RuleView;
}

/** The inputs of a rule's form. */
export type RuleInput = 'pattern' | 'word' | 'look' | 'idleMinutes';

const INPUTS: Partial<Record<FieldView, RuleInput>> = {
  pattern: 'pattern',
  mark: 'word',
  look: 'look',
  'idle-minutes': 'idleMinutes',
};

interface Problem {
  key: number;
  input: RuleInput;
  words: string;
}

/** What was typed before the user looked elsewhere. */
let kept: RuleView[] | null = null;

export class RuleDrafts {
  rows: RuleRow[] = $state([]);
  /** The row whose form is open. */
  open: number | null = $state(null);
  #saved: RuleView[] = $state.raw([]);
  /** What was refused, where it belongs to no input of one row. */
  whole: ErrorView | null = $state.raw(null);
  #problem: Problem | null = $state.raw(null);
  #next = 0;

  /** Whether anything differs from what holds. */
  changed = $derived(JSON.stringify(this.rows.map(({ rule }) => rule)) !== JSON.stringify(this.#saved));

  constructor(saved: readonly RuleView[]) {
    this.#saved = [...saved];
    this.rows = this.#rowsOf(kept ?? saved);
  }

  /** The rules as they would be saved. */
  get rules(): RuleView[] {
    return this.rows.map(({ rule }) => $state.snapshot(rule));
  }

  /** What holds is this now. */
  reset(saved: readonly RuleView[]): void {
    this.#saved = [...saved];
    this.rows = this.#rowsOf(saved);
    this.open = null;
    this.show(null);
  }

  /** At the end, where it takes nothing from the others; its form opens. */
  add(): void {
    const guards = { ...NO_GUARDS };
    const rule: RuleView = { on: 'name', pattern: '', word: '', colour: null, shape: null, guards };
    const [row] = this.#rowsOf([rule]);
    if (!row) return;
    this.rows.push(row);
    this.open = row.key;
  }

  remove(key: number): void {
    this.rows = this.rows.filter((row) => row.key !== key);
  }

  /** False where there is no place to go. */
  move(key: number, step: -1 | 1): boolean {
    const at = this.rows.findIndex((row) => row.key === key);
    const row = this.rows[at];
    const other = this.rows[at + step];
    if (!row || !other) return false;
    this.rows[at] = other;
    this.rows[at + step] = row;
    return true;
  }

  /** Opens the row that is meant, where it can be told. */
  show(error: ErrorView | null): void {
    this.#problem = error && this.#problemOf(error);
    this.whole = this.#problem ? null : error;
    if (this.#problem) this.open = this.#problem.key;
  }

  problemAt(key: number, input: RuleInput): string | undefined {
    return this.#problem?.key === key && this.#problem.input === input ? this.#problem.words : undefined;
  }

  keep(): void {
    kept = this.changed ? this.rules : null;
  }

  #rowsOf(rules: readonly RuleView[]): RuleRow[] {
    return rules.map((rule) => ({ key: (this.#next += 1), rule: structuredClone(rule) }));
  }

  /** Rust names the field of the first rule that it refuses, not the rule. One that holds already is none of them. */
  #problemOf({ cause }: ErrorView): Problem | null {
    const input = cause.code === 'input' ? INPUTS[cause.field] : undefined;
    if (cause.code !== 'input' || !input) return null;
    const held = this.#saved.map((rule) => JSON.stringify(rule));
    const suspects = this.rows.filter(({ rule }) => !held.includes(JSON.stringify(rule)));
    const typed = ({ rule }: RuleRow): string => (input === 'word' ? rule.word : rule.pattern).trim();
    const blank = suspects.filter((row) => typed(row) === '').slice(0, 1);
    const [row, another] = cause.problem === 'missing' ? blank : suspects;
    return row && !another ? { key: row.key, input, words: problemWords(cause.field, cause.problem) } : null;
  }
}

/** For tests, which start without what another one typed. */
export function forgetRules(): void {
  kept = null;
}
