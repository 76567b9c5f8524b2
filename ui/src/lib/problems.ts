// Words for the fields of the forms and for what can be wrong with them, shown at the field itself.
// Not the rules (those are the core's). A new field or problem does not compile here without words.
import type { FieldView, ProblemView } from '../generated/view';
import { MOST_MEGABYTES } from './files';
import { count } from './format';
import { m } from './paraglide/messages';

const FIELDS: Record<FieldView, () => string> = {
  name: m.field_name,
  group: m.field_group,
  mark: m.field_mark,
  account: m.field_account,
  partition: m.field_partition,
  region: m.field_region,
  'access-key-id': m.field_access_key_id,
  'secret-access-key': m.field_secret_access_key,
  'role-arn': m.field_role_arn,
  site: m.field_sites,
  'external-id': m.field_external_id,
  'session-policy-arn': m.field_session_policy_arn,
  duration: m.field_duration,
  sts: m.field_sts,
  'sign-in': m.field_sign_in,
  console: m.field_console,
  s3: m.field_s3,
  iam: m.field_iam,
  sso: m.field_sso,
  'sso-oidc': m.field_sso_oidc,
  service: m.field_service,
  page: m.field_page,
  pattern: m.field_pattern,
  look: m.field_look,
  'idle-minutes': m.field_idle_minutes,
  shortcut: m.field_shortcut,
  link: m.field_link,
  from: m.field_from_profile,
  'mfa-serial': m.field_mfa_serial,
  'mfa-code': m.field_mfa_code,
  'totp-seed': m.field_totp_seed,
  'role-session-name': m.field_role_session_name,
  'source-identity': m.field_source_identity,
  'session-tag': m.field_session_tags,
  'config-profile': m.field_config_profile,
  'start-url': m.field_start_url,
  'permission-set': m.field_permission_set,
  'sign-in-account': m.field_sign_in_account,
  'user-name': m.field_user_name,
  'read-only': m.field_read_only,
  'import-file': m.field_import_file,
  's3-uri': m.field_s3_uri,
  'local-path': m.field_local_path,
};

/** What a well-formed value looks like, where "malformed" or "out of range" alone would not help. */
const FORMS: Partial<Record<FieldView, () => string>> = {
  account: m.form_account,
  region: m.form_region,
  'access-key-id': m.form_access_key_id,
  'role-arn': m.form_role_arn,
  'session-policy-arn': m.form_session_policy_arn,
  sts: m.form_address,
  'sign-in': m.form_address,
  console: m.form_address,
  s3: m.form_address,
  iam: m.form_address,
  sso: m.form_address,
  'sso-oidc': m.form_address,
  pattern: m.form_pattern,
  'idle-minutes': m.form_idle_minutes,
  link: m.form_link,
  'mfa-serial': m.form_mfa_serial,
  'mfa-code': m.form_mfa_code,
  'totp-seed': m.form_totp_seed,
  'role-session-name': m.form_session_words,
  'source-identity': m.form_session_words,
  'session-tag': m.form_session_tag,
  'start-url': m.form_start_url,
  'permission-set': m.form_permission_set,
  'sign-in-account': m.form_sign_in_account,
  'import-file': m.form_import_file,
  's3-uri': m.form_s3_uri,
};

const PROBLEMS: Record<ProblemView, () => string> = {
  missing: m.problem_missing,
  'too-long': m.problem_too_long,
  malformed: m.problem_malformed,
  taken: m.problem_taken,
  unknown: m.problem_unknown,
  'not-secure': m.problem_not_secure,
  'out-of-range': m.problem_out_of_range,
  contradicts: m.problem_contradicts,
  'in-use': m.problem_in_use,
  reserved: m.problem_reserved,
  foreign: m.problem_foreign,
  differs: m.problem_differs,
  'not-a-key': m.problem_not_a_key,
  'kept-for-pages': m.problem_kept_for_pages,
  cycle: m.problem_cycle,
  'gives-nothing': m.problem_gives_nothing,
  'not-activated': m.problem_not_activated,
  'not-with-source': m.problem_not_with_source,
  'not-of-s3': m.problem_not_of_s3,
};

/** What only a picture in a field's stead can have against it. */
const PICTURES: Partial<Record<ProblemView, () => string>> = {
  malformed: m.seed_picture_malformed,
  'too-long': () => m.seed_picture_too_large({ megabytes: count(MOST_MEGABYTES) }),
};

export function fieldName(field: FieldView): string {
  return FIELDS[field]();
}

export function problemWords(field: FieldView, problem: ProblemView): string {
  const form = FORMS[field];
  if (field === 'shortcut' && problem === 'taken') return m.problem_keys_taken();
  return form && (problem === 'malformed' || problem === 'out-of-range') ? form() : PROBLEMS[problem]();
}

/** As `problemWords`, where a picture was given for the field. */
export function pictureWords(field: FieldView, problem: ProblemView): string {
  return PICTURES[problem]?.() ?? problemWords(field, problem);
}
