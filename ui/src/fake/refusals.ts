// How the app in memory refuses an input, as the core does.
import type { ErrorView, FieldView, ProblemView, ViewChange } from '../generated/view';

export function refused(field: FieldView, problem: ProblemView): ErrorView {
  return { cause: { code: 'input', field, problem }, detail: null };
}

export function isRefusal(answer: ViewChange | ErrorView): answer is ErrorView {
  return 'cause' in answer;
}
