// Why a profile or a page has its mark, and what a rule looks at, in words. Not the deciding: the core does that.
import type { MarkView, ReasonView, SubjectView } from '../generated/view';
import { COLOUR_NAMES, SHAPE_NAMES } from './colours';
import { m } from './paraglide/messages';

export const SUBJECT_NAMES: Record<SubjectView, () => string> = {
  name: m.subject_name,
  group: m.subject_group,
  account: m.subject_account,
  role: m.subject_role,
  page: m.subject_page,
};

type Found = { number: number; found: string };

const BY_RULE: Record<SubjectView, (by: Found) => string> = {
  name: m.reason_rule_name,
  group: m.reason_rule_group,
  account: m.reason_rule_account,
  role: m.reason_rule_role,
  page: m.reason_rule_page,
};

/** "by rule 1: name contains “prod”" */
export function reasonWords(reason: ReasonView): string {
  switch (reason.why) {
    case 'given':
      return m.reason_given();
    case 'rule':
      return BY_RULE[reason.on]({ number: reason.number, found: reason.found });
    case 'no-rule':
      return m.reason_no_rule();
  }
}

/** Its word, or without one how it looks. */
export function markWords({ word, colour, shape }: MarkView): string {
  return word ?? m.mark_without_word({ colour: COLOUR_NAMES[colour](), shape: SHAPE_NAMES[shape]() });
}

/** "PROD, by rule 1: name contains “prod”" */
export function markedBecause(mark: MarkView, reason: ReasonView): string {
  return m.marked_because({ mark: markWords(mark), reason: reasonWords(reason) });
}
