// What becomes of a draft of a profile or partition. It knows a few wrong inputs, so that forms can be seen failing.
import type {
  ErrorView,
  FieldView,
  PartitionDraft,
  PartitionView,
  ProfileDraft,
  ProfileView,
} from '../generated/view';
import { markOf, profileOf } from './profiles';
import { refused } from './refusals';

/** The profile as the book has it afterwards. */
export function saved(draft: ProfileDraft, all: readonly ProfileView[], id: string): ProfileView | ErrorView {
  const name = draft.name.trim();
  if (name === '') return refused('name', 'missing');
  if (all.some((other) => other.name === name && other.id !== draft.id)) return refused('name', 'taken');
  if (draft.guards?.coverAfterMinutes === 0) return refused('idle-minutes', 'out-of-range');
  const wrong = wrongSource(draft, all);
  if (wrong) return wrong;
  const mark = draft.mark.trim() || null;
  return profileOf({
    ...all.find((other) => other.id === id),
    id,
    name,
    group: draft.group.trim() || null,
    account: draft.account || null,
    partition: draft.partition,
    region: draft.region,
    mark: markOf(mark, all.length),
    givenMark: mark,
    reason: mark ? { why: 'given' } : { why: 'no-rule' },
    ownGuards: draft.guards,
    sites: draft.sites,
    sessionPolicyArn: draft.sessionPolicyArn || null,
    durationSeconds: draft.durationSeconds,
    source: draft.source,
    accessKeyId: draft.accessKeyId || null,
    roleArn: draft.roleArn || null,
    externalId: draft.externalId || null,
    fromProfile: draft.fromProfile || null,
    mfaSerial: draft.mfaSerial || null,
    roleSessionName: draft.roleSessionName || null,
    sourceIdentity: draft.sourceIdentity || null,
    sessionTags: draft.sessionTags,
    configProfile: draft.configProfile || null,
    startUrl: draft.startUrl || null,
    ssoRegion: draft.ssoRegion || null,
    permissionSet: draft.permissionSet || null,
    signInAccount: draft.signInAccount || null,
    userName: draft.userName || null,
  });
}

function wrongSource(draft: ProfileDraft, all: readonly ProfileView[]): ErrorView | null {
  switch (draft.source) {
    case 'access-key':
      return /^AKIA\w{16}$/.test(draft.accessKeyId) ? null : refused('access-key-id', 'malformed');
    case 'role':
      if (draft.fromProfile === '') return refused('from', 'missing');
      if (comesBack(draft, all)) return refused('from', 'cycle');
      if (draft.sessionTags.some(({ key }) => key.trim() === '')) return refused('session-tag', 'malformed');
      return draft.roleArn.startsWith('arn:') ? null : refused('role-arn', 'malformed');
    case 'identity-center':
      return draft.startUrl.startsWith('https://') ? null : refused('start-url', 'malformed');
    case 'config-profile':
      return draft.configProfile === '' ? refused('config-profile', 'missing') : null;
    case 'page':
      return draft.signInAccount === '' ? refused('sign-in-account', 'missing') : null;
  }
}

function comesBack(draft: ProfileDraft, all: readonly ProfileView[]): boolean {
  const seen = new Set<string>();
  let at: string | null = draft.fromProfile;
  while (at !== null && !seen.has(at)) {
    if (at === draft.id) return true;
    seen.add(at);
    at = all.find(({ id }) => id === at)?.fromProfile ?? null;
  }
  return false;
}

/** The partition as the book has it afterwards. */
export function savedPartition(draft: PartitionDraft): PartitionView | ErrorView {
  const addresses: [FieldView, string][] = [
    ['sts', draft.sts],
    ['iam', draft.iam],
    ['sso', draft.sso],
    ['sso-oidc', draft.ssoOidc],
  ];
  const wrong = addresses.find(([, address]) => /^http:\/\/(?!127\.|localhost|\[::1\])/.test(address));
  if (wrong) return refused(wrong[0], 'not-secure');
  const [iam, sso, ssoOidc] = [draft.iam || null, draft.sso || null, draft.ssoOidc || null];
  return { ...draft, builtIn: false, iam, sso, ssoOidc };
}
