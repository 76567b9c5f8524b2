// Where credentials come from, in words, and who is signed in by them before AWS says so. Not the fields.
import type { ProfileView, SourceKind } from '../generated/view';
import { m } from './paraglide/messages';

export const SOURCES: readonly { value: SourceKind; words: () => string; note: () => string }[] = [
  { value: 'access-key', words: m.source_access_key, note: m.source_access_key_note },
  { value: 'role', words: m.source_role, note: m.source_role_note },
  { value: 'identity-center', words: m.source_identity_center, note: m.source_identity_center_note },
  { value: 'config-profile', words: m.source_config_profile, note: m.source_config_profile_note },
  { value: 'page', words: m.source_page, note: m.source_page_note },
];

/** The role that will be assumed, the permission set or the user; null where only AWS knows. */
export function signsInAs(profile: ProfileView): string | null {
  return profile.roleArn?.split(':').at(-1) ?? profile.permissionSet ?? profile.userName;
}
