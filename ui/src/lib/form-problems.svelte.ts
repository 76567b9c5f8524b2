// What a form's last attempt met: at a field where the error names one, else for the whole form.
import type { ErrorView, FieldView } from '../generated/view';
import { problemWords } from './problems';

export class FormProblems<Draft> {
  #inputs: Partial<Record<FieldView, keyof Draft>>;
  #error: ErrorView | null = $state.raw(null);

  constructor(inputs: Partial<Record<FieldView, keyof Draft>>) {
    this.#inputs = inputs;
  }

  show(error: ErrorView | null): void {
    this.#error = error;
  }

  at(input: keyof Draft): string | undefined {
    const cause = this.#error?.cause;
    if (cause?.code !== 'input' || this.#inputs[cause.field] !== input) return undefined;
    return problemWords(cause.field, cause.problem);
  }

  /** The error, where it belongs to no input of this form. */
  get whole(): ErrorView | null {
    const cause = this.#error?.cause;
    if (cause?.code === 'input' && this.#inputs[cause.field] !== undefined) return null;
    return this.#error;
  }
}
