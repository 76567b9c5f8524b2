// The editor's drafts: made from a profile, kept while the user looks elsewhere. A kept draft never holds a secret.
import type {
  FieldView,
  PartitionDraft,
  PartitionView,
  ProfileDraft,
  ProfileView,
  SourceKind,
} from '../generated/view';

export function draftOf(profile: ProfileView | null, partition: PartitionView | undefined): ProfileDraft {
  return {
    id: profile?.id ?? null,
    name: profile?.name ?? '',
    group: profile?.group ?? '',
    mark: profile?.givenMark ?? '',
    account: profile?.account ?? '',
    partition: profile?.partition ?? partition?.name ?? 'aws',
    region: profile?.region ?? partition?.regions[0] ?? '',
    accessKeyId: profile?.accessKeyId ?? '',
    secretAccessKey: null,
    roleArn: profile?.roleArn ?? '',
    externalId: profile?.externalId ?? '',
    sessionPolicyArn: profile?.sessionPolicyArn ?? '',
    durationSeconds: profile?.durationSeconds ?? null,
    guards: profile?.ownGuards ?? null,
    sites: profile?.sites ?? [],
    source: profile?.source ?? 'access-key',
    fromProfile: profile?.fromProfile ?? '',
    mfaSerial: profile?.mfaSerial ?? '',
    roleSessionName: profile?.roleSessionName ?? '',
    sourceIdentity: profile?.sourceIdentity ?? '',
    sessionTags: profile?.sessionTags ?? [],
    configProfile: profile?.configProfile ?? '',
    startUrl: profile?.startUrl ?? '',
    ssoRegion: profile?.ssoRegion ?? '',
    permissionSet: profile?.permissionSet ?? '',
    signInAccount: profile?.signInAccount ?? '',
    userName: profile?.userName ?? '',
  };
}

const ROLE = [
  'roleArn',
  'externalId',
  'mfaSerial',
  'roleSessionName',
  'sourceIdentity',
  'sessionTags',
  'durationSeconds',
] as const;

/** Which inputs belong to which source; all others belong to every profile. */
const SOURCE_INPUTS: Record<SourceKind, readonly (keyof ProfileDraft)[]> = {
  'access-key': ['accessKeyId', 'secretAccessKey', 'sessionPolicyArn', ...ROLE],
  role: ['fromProfile', ...ROLE],
  'identity-center': ['startUrl', 'ssoRegion', 'permissionSet'],
  'config-profile': ['configProfile', 'durationSeconds'],
  page: ['signInAccount', 'userName'],
};

/** Without what was typed for another source: it is kept in the form, but not in sight and so not saved. */
export function asShown(draft: ProfileDraft): ProfileDraft {
  const shown = SOURCE_INPUTS[draft.source];
  const blank = draftOf(null, undefined);
  const hidden = Object.values(SOURCE_INPUTS)
    .flat()
    .filter((input) => !shown.includes(input));
  return { ...draft, ...Object.fromEntries(hidden.map((input) => [input, blank[input]])) };
}

/** What a profile signs in as, beside its account: the core's rule (`Book::became_somebody_else`). */
const WHO = [
  'source',
  'partition',
  'accessKeyId',
  'roleArn',
  'sessionPolicyArn',
  'fromProfile',
  'startUrl',
  'ssoRegion',
  'permissionSet',
  'configProfile',
  'signInAccount',
  'userName',
] as const;

export function isSomebodyElse(draft: ProfileDraft, before: ProfileDraft): boolean {
  const [one, other] = [asShown(draft), asShown(before)];
  const accounts = [one.account, other.account].filter(Boolean);
  return new Set(accounts).size > 1 || WHO.some((input) => one[input].trim() !== other[input].trim());
}

/** The profile and those that come through it, at any remove. */
export function throughIt(id: string, profiles: readonly ProfileView[]): ProfileView[] {
  const found = new Set([id]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { id, fromProfile } of profiles) if (fromProfile && found.has(fromProfile)) found.add(id);
  }
  return profiles.filter((profile) => found.has(profile.id));
}

/** A form after the profile has changed behind it: what was not typed over is as the profile is now. */
export function rebased(draft: ProfileDraft, before: ProfileDraft, now: ProfileDraft): ProfileDraft {
  const inputs = Object.keys(now) as (keyof ProfileDraft)[];
  const typed = inputs.filter((input) => JSON.stringify(draft[input]) !== JSON.stringify(before[input]));
  return { ...now, ...Object.fromEntries(typed.map((input) => [input, draft[input]])) };
}

export function sameDraft(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the user typed before looking elsewhere, by profile; the empty id is the new one. */
const kept = new Map<string, ProfileDraft>();

export function keepDraft(draft: ProfileDraft): void {
  kept.set(draft.id ?? '', { ...structuredClone(draft), secretAccessKey: null });
}

export function keptDraft(profile: string | null): ProfileDraft | undefined {
  return kept.get(profile ?? '');
}

export function forgetDraft(profile: string | null): void {
  kept.delete(profile ?? '');
}

/** Which input a field of an error means. */
export const PROFILE_INPUTS: Partial<Record<FieldView, keyof ProfileDraft>> = {
  name: 'name',
  group: 'group',
  mark: 'mark',
  account: 'account',
  partition: 'partition',
  region: 'region',
  'access-key-id': 'accessKeyId',
  'secret-access-key': 'secretAccessKey',
  'role-arn': 'roleArn',
  'external-id': 'externalId',
  'session-policy-arn': 'sessionPolicyArn',
  duration: 'durationSeconds',
  'idle-minutes': 'guards',
  site: 'sites',
  from: 'fromProfile',
  'mfa-serial': 'mfaSerial',
  'role-session-name': 'roleSessionName',
  'source-identity': 'sourceIdentity',
  'session-tag': 'sessionTags',
  'config-profile': 'configProfile',
  'start-url': 'startUrl',
  'permission-set': 'permissionSet',
  'sign-in-account': 'signInAccount',
  'user-name': 'userName',
};

export const PARTITION_INPUTS: Partial<Record<FieldView, keyof PartitionDraft>> = {
  name: 'name',
  partition: 'name',
  sts: 'sts',
  'sign-in': 'signIn',
  console: 'consoles',
  s3: 's3',
  iam: 'iam',
  sso: 'sso',
  'sso-oidc': 'ssoOidc',
  region: 'regions',
};

export function partitionDraftOf(partition: PartitionView | null): PartitionDraft {
  return {
    name: partition?.name ?? '',
    sts: partition?.sts ?? '',
    signIn: partition?.signIn ?? '',
    consoles: partition?.consoles ?? [],
    s3: partition?.s3 ?? '',
    iam: partition?.iam ?? '',
    sso: partition?.sso ?? '',
    ssoOidc: partition?.ssoOidc ?? '',
    regions: partition?.regions ?? [],
  };
}

/** One entry a line, as typed into a text area. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
