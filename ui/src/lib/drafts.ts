// The editor's drafts: made from a profile, kept while the user looks elsewhere. A kept draft never holds a secret.
import type { FieldView, PartitionDraft, PartitionView, ProfileDraft, ProfileView } from '../generated/view';

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
  };
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
};

export const PARTITION_INPUTS: Partial<Record<FieldView, keyof PartitionDraft>> = {
  name: 'name',
  partition: 'name',
  sts: 'sts',
  'sign-in': 'signIn',
  console: 'consoles',
  s3: 's3',
  region: 'regions',
};

export function partitionDraftOf(partition: PartitionView | null): PartitionDraft {
  return {
    name: partition?.name ?? '',
    sts: partition?.sts ?? '',
    signIn: partition?.signIn ?? '',
    consoles: partition?.consoles ?? [],
    s3: partition?.s3 ?? '',
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
