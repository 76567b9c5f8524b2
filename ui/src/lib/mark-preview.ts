// What a mark will look like, for the editor: as far as the view already shows it, or the word is one of the
// five suggested. Not the rule that gives a mark its look: the core decides that on saving.
import type { MarkView, ProfileView, RuleView } from '../generated/view';

export const SUGGESTED_MARKS: readonly (MarkView & { word: string })[] = [
  { word: 'PROD', colour: 'red', shape: 'octagon' },
  { word: 'STG', colour: 'amber', shape: 'triangle' },
  { word: 'DEV', colour: 'green', shape: 'circle' },
  { word: 'TEST', colour: 'blue', shape: 'square' },
  { word: 'SANDBOX', colour: 'teal', shape: 'hexagon' },
];

/** Null where only the core knows. */
export function previewOf(typed: string, profiles: readonly ProfileView[]): MarkView | null {
  const word = typed.trim();
  if (word === '') return null;
  const same = (mark: MarkView): boolean => mark.word?.toLowerCase() === word.toLowerCase();
  const known = SUGGESTED_MARKS.find(same) ?? profiles.find(({ mark }) => same(mark))?.mark;
  return known ? { ...known, word } : null;
}

/** What a rule gives: as it says, else as far as its word is known here. */
export function lookOf(
  { word, colour, shape }: Pick<RuleView, 'word' | 'colour' | 'shape'>,
  profiles: readonly ProfileView[],
): MarkView | null {
  if (word.trim() === '') return null;
  return colour && shape ? { word, colour, shape } : previewOf(word, profiles);
}
