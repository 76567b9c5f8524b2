// How each error reads: what happened, what to do, and what was not changed. The one place for it.
// Not where errors are found. A new code of `CauseView` does not compile here without words.
import type { CauseView } from '../generated/view';
import { bytes } from './format';
import { m } from './paraglide/messages';
import { fieldName, problemWords } from './problems';

export interface ErrorWords {
  what: string;
  next: string;
  kept: string;
}

type Code = CauseView['code'];
type Table = { readonly [C in Code]: (cause: Extract<CauseView, { code: C }>) => ErrorWords };

const TABLE: Table = {
  network: ({ host }) => ({
    what: m.error_network({ host }),
    next: m.error_network_next(),
    kept: m.kept_session_and_profile(),
  }),
  certificate: ({ host, issuer }) => ({
    what: issuer === null ? m.error_certificate({ host }) : m.error_certificate_issuer({ host, issuer }),
    next: m.error_certificate_next(),
    kept: m.kept_nothing_sent(),
  }),
  auth: ({ accessKeyId }) => ({
    what: m.error_auth({ accessKeyId }),
    next: m.error_auth_next(),
    kept: m.kept_keychain(),
  }),
  denied: ({ action, resource }) => ({
    what: resource === null ? m.error_denied({ action }) : m.error_denied_resource({ action, resource }),
    next: m.error_denied_next(),
    kept: m.kept_aws_and_profile(),
  }),
  'mfa-needed': () => ({
    what: m.error_mfa_needed(),
    next: m.error_mfa_needed_next(),
    kept: m.kept_aws_and_profile(),
  }),
  'mfa-wrong': () => ({
    what: m.error_mfa_wrong(),
    next: m.error_mfa_wrong_next(),
    kept: m.kept_aws_and_profile(),
  }),
  'mfa-reused': ({ seconds }) => ({
    what: m.error_mfa_reused(),
    next: m.error_mfa_reused_next({ seconds }),
    kept: m.kept_aws_and_profile(),
  }),
  expired: () => ({ what: m.error_expired(), next: m.error_expired_next(), kept: m.kept_tab_page() }),
  throttled: () => ({
    what: m.error_throttled(),
    next: m.error_throttled_next(),
    kept: m.kept_session_and_profile(),
  }),
  'clock-skew': ({ minutes }) => ({
    what: m.error_clock_skew({ minutes }),
    next: m.error_clock_skew_next(),
    kept: m.kept_session_and_profile(),
  }),
  'keychain-locked': () => ({
    what: m.error_keychain_locked(),
    next: m.error_keychain_locked_next(),
    kept: m.kept_keychain(),
  }),
  'keychain-missing': () => ({
    what: m.error_keychain_missing(),
    next: m.error_keychain_missing_next(),
    kept: m.kept_profile(),
  }),
  'keychain-unavailable': () => ({
    what: m.error_keychain_unavailable(),
    next: m.error_keychain_unavailable_next(),
    kept: m.kept_profile(),
  }),
  'keychain-denied': () => ({
    what: m.error_keychain_denied(),
    next: m.error_keychain_denied_next(),
    kept: m.kept_keychain(),
  }),
  disk: ({ path, freeBytes }) => ({
    what: freeBytes === null ? m.error_disk({ path }) : m.error_disk_free({ path, free: bytes(freeBytes) }),
    next: m.error_disk_next(),
    kept: m.kept_files(),
  }),
  corrupt: ({ file, restoredFrom, movedTo }) => ({
    what:
      restoredFrom === null ? m.error_corrupt({ file }) : m.error_corrupt_restored({ file, restoredFrom }),
    next: movedTo === null ? m.error_corrupt_next() : m.error_corrupt_moved_next({ movedTo }),
    kept: m.kept_damaged_file(),
  }),
  policy: ({ host }) => ({
    what: m.error_policy({ host }),
    next: m.error_policy_next(),
    kept: m.kept_nothing_opened(),
  }),
  'link-expired': () => ({
    what: m.error_link_expired(),
    next: m.error_link_expired_next(),
    kept: m.kept_what_arrived(),
  }),
  refused: ({ host, status }) => ({
    what: m.error_refused({ host, status }),
    next: m.error_refused_next(),
    kept: m.kept_no_file(),
  }),
  damaged: () => ({ what: m.error_damaged(), next: m.error_damaged_next(), kept: m.kept_no_file() }),
  exists: ({ name }) => ({
    what: m.error_exists({ name }),
    next: m.error_exists_next(),
    kept: m.kept_object(),
  }),
  engine: () => ({ what: m.error_engine(), next: m.error_engine_next(), kept: m.kept_other_tabs() }),
  'no-display': () => ({ what: m.error_no_display(), next: m.error_no_display_next(), kept: m.kept_files() }),
  'no-handler': () => ({ what: m.error_no_handler(), next: m.error_no_handler_next(), kept: m.kept_files() }),
  'wrong-account': ({ expected, found }) => ({
    what: m.error_wrong_account({ expected, found }),
    next: m.error_wrong_account_next(),
    kept: m.kept_nothing_opened(),
  }),
  conflict: () => ({ what: m.error_conflict(), next: m.error_conflict_next(), kept: m.kept_files() }),
  link: () => ({ what: m.error_link(), next: m.error_link_next(), kept: m.kept_nothing_opened() }),
  input: ({ field, problem }) => ({
    what: m.error_input({ field: fieldName(field), problem: problemWords(field, problem) }),
    next: m.error_input_next(),
    kept: m.kept_nothing_saved(),
  }),
  bug: () => ({ what: m.error_bug(), next: m.error_bug_next(), kept: m.kept_session_and_profile() }),
};

/** Where a file goes to S3 and comes from here, what the table says of one that arrives is wrong. */
const OF_UPLOADS: Partial<Table> = {
  disk: ({ path }) => ({
    what: m.error_unread({ path }),
    next: m.error_unread_next(),
    kept: m.kept_object(),
  }),
  refused: ({ host, status }) => ({
    what: m.error_not_taken({ host, status }),
    next: m.error_not_taken_next(),
    kept: m.kept_object(),
  }),
  damaged: () => ({ what: m.error_changed(), next: m.error_changed_next(), kept: m.kept_object() }),
  input: (cause) =>
    cause.field === 'local-path' && cause.problem === 'unknown'
      ? { what: m.error_gone(), next: m.error_gone_next(), kept: m.kept_object() }
      : TABLE.input(cause),
};

export function errorWords(cause: CauseView, ofUpload = false): ErrorWords {
  // The table is complete by its type; TypeScript cannot follow that the code picks the matching entry.
  const words = ((ofUpload && OF_UPLOADS[cause.code]) || TABLE[cause.code]) as (
    cause: CauseView,
  ) => ErrorWords;
  return words(cause);
}

/** For tests: every code that has words. */
export const ERROR_CODES = Object.keys(TABLE) as Code[];
