// For which profiles a bookmark is: in words, and as one word for a list to choose from.
import type { BookmarkScopeView, BookmarkView, FieldView, GroupView, ProfileView } from '../generated/view';
import { m } from './paraglide/messages';

export interface BookmarkDraft {
  name: string;
  page: string;
  /** As {@link wordOf} has it. */
  scope: string;
}

/** Which input a field of an error means. */
export const BOOKMARK_INPUTS: Partial<Record<FieldView, keyof BookmarkDraft>> = {
  name: 'name',
  page: 'page',
  group: 'scope',
};

export function bookmarkDraftOf({ name, page, scope }: BookmarkView): BookmarkDraft {
  return { name, page, scope: wordOf(scope) };
}

export function isSameDraft(one: BookmarkDraft, other: BookmarkDraft): boolean {
  return one.name === other.name && one.page === other.page && one.scope === other.scope;
}

export function scopeWords(scope: BookmarkScopeView, profiles: readonly ProfileView[]): string {
  switch (scope.of) {
    case 'every-profile':
      return m.bookmark_for_all();
    case 'group':
      return m.bookmark_for_group({ group: scope.group });
    case 'profile': {
      const profile = profiles.find(({ id }) => id === scope.profile);
      return profile ? m.bookmark_for_profile({ profile: profile.name }) : m.bookmark_for_removed();
    }
  }
}

export function wordOf(scope: BookmarkScopeView): string {
  if (scope.of === 'group') return `group:${scope.group}`;
  return scope.of === 'profile' ? `profile:${scope.profile}` : 'every-profile';
}

export function scopeOf(word: string): BookmarkScopeView {
  const [of, name] = [word.split(':', 1)[0], word.slice(word.indexOf(':') + 1)];
  if (of === 'group') return { of, group: name };
  return of === 'profile' ? { of, profile: name } : { of: 'every-profile' };
}

/** All profiles, each group, and what it is for now. */
export function choicesOf(
  now: BookmarkScopeView,
  groups: readonly GroupView[],
  profiles: readonly ProfileView[],
): { value: string; words: string }[] {
  const named = groups.flatMap(({ name }): BookmarkScopeView[] =>
    name === null ? [] : [{ of: 'group', group: name }],
  );
  const scopes: BookmarkScopeView[] = [{ of: 'every-profile' }, ...named];
  const known = scopes.some((scope) => wordOf(scope) === wordOf(now));
  return [...scopes, ...(known ? [] : [now])].map((scope) => ({
    value: wordOf(scope),
    words: scopeWords(scope, profiles),
  }));
}
