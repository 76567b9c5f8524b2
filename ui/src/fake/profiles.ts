// Invented profiles and partitions, for a plain browser and for tests. Nothing here is anybody's.
import type {
  ColourView,
  GroupView,
  MarkView,
  PartitionView,
  ProfileView,
  ReasonView,
  ShapeView,
} from '../generated/view';
import { NO_GUARDS } from '../lib/guards';
import { HOUR, signedIn } from './signed-in';

const LOOKS: Record<string, [ColourView, ShapeView]> = {
  PROD: ['red', 'octagon'],
  本番: ['red', 'octagon'],
  STG: ['amber', 'triangle'],
  DEV: ['green', 'circle'],
  TEST: ['blue', 'square'],
  SANDBOX: ['teal', 'hexagon'],
};

const FREE: [ColourView, ShapeView][] = [
  ['violet', 'diamond'],
  ['pink', 'hexagon'],
  ['slate', 'square'],
  ['blue', 'circle'],
];

export function markOf(word: string | null, seed = 0): MarkView {
  const [colour, shape] = LOOKS[word ?? ''] ?? FREE[seed % FREE.length] ?? ['slate', 'square'];
  return { word, colour, shape };
}

/** A mark by one of the rules on names, and the guards that it brings. */
function byRule(
  word: string,
  number: number,
  found: string,
): Pick<ProfileView, 'mark' | 'reason' | 'guards'> {
  const reason: ReasonView = { why: 'rule', number, on: 'name', found };
  return { mark: markOf(word), reason, guards: { ...NO_GUARDS, confirmLinked: number === 1 } };
}

export function profileOf(part: Partial<ProfileView> & { id: string; name: string }): ProfileView {
  return {
    group: null,
    account: '111122223333',
    partition: 'aws',
    region: 'eu-central-1',
    mark: markOf(null),
    reason: { why: 'no-rule' },
    givenMark: null,
    ownGuards: null,
    guards: NO_GUARDS,
    source: 'access-key',
    fromProfile: null,
    mfaSerial: null,
    roleSessionName: null,
    sourceIdentity: null,
    sessionTags: [],
    configProfile: null,
    startUrl: null,
    ssoRegion: null,
    permissionSet: null,
    signInAccount: null,
    userName: null,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    roleArn: 'arn:aws:iam::111122223333:role/Admin',
    externalId: null,
    sites: [],
    sessionPolicyArn: null,
    durationSeconds: null,
    session: { state: 'signed-out' },
    test: null,
    recent: [{ title: 'S3 buckets | eu-central-1', page: '/s3/buckets?region=eu-central-1' }],
    ...part,
  };
}

/** A freelancer's day: a few clients, production beside staging. */
function seven(now: number): GroupView[] {
  const own = profileOf({
    id: 'p-own',
    name: 'own account',
    account: '777788889999',
    mark: markOf(null, 2),
    roleArn: null,
  });
  const acme = [
    profileOf({
      id: 'p-prod',
      name: 'acme production',
      group: 'Acme',
      ...byRule('PROD', 1, 'production'),
      session: signedIn(now, 0.33 * HOUR, 11.67 * HOUR),
    }),
    profileOf({
      id: 'p-stg',
      name: 'acme staging',
      group: 'Acme',
      account: '111122224444',
      ...byRule('STG', 2, 'staging'),
      session: signedIn(now, 52 * 60_000, 8 * 60_000, 'role-maximum'),
    }),
    profileOf({
      id: 'p-dev',
      name: 'acme development',
      group: 'Acme',
      account: '111122225555',
      ...byRule('DEV', 4, 'development'),
      session: { state: 'signing-in' },
    }),
  ];
  const globex = [
    profileOf({
      id: 'p-gprod',
      name: 'globex 本番',
      group: 'Globex 商事',
      account: '444455556666',
      region: 'ap-northeast-1',
      ...byRule('本番', 1, '本番'),
      session: { state: 'ended', endedAt: now - HOUR },
    }),
    profileOf({
      id: 'p-gtest',
      name: 'globex test',
      group: 'Globex 商事',
      account: null,
      region: 'ap-northeast-1',
      source: 'role',
      accessKeyId: null,
      fromProfile: 'p-own',
      roleArn: 'arn:aws:iam::444455557777:role/Test',
      mfaSerial: 'arn:aws:iam::777788889999:mfa/kim',
      sessionTags: [{ key: 'team', value: 'platform', transitive: true }],
      ...byRule('TEST', 3, 'test'),
    }),
    profileOf({
      id: 'p-gsand',
      name: 'globex playground with a rather long name',
      group: 'Globex 商事',
      account: '444455558888',
      source: 'identity-center',
      accessKeyId: null,
      roleArn: null,
      startUrl: 'https://globex.awsapps.com/start',
      ssoRegion: 'ap-northeast-1',
      permissionSet: 'PowerUserAccess',
      mark: markOf('SANDBOX'),
      givenMark: 'SANDBOX',
      reason: { why: 'given' },
    }),
  ];
  return [
    { name: null, profiles: [own] },
    { name: 'Acme', profiles: acme },
    { name: 'Globex 商事', profiles: globex },
  ];
}

function many(count: number): GroupView[] {
  const words = ['PROD', 'STG', 'DEV', 'TEST', 'SANDBOX', null];
  const groups: GroupView[] = [];
  for (let number = 0; number < count; number += 1) {
    const client = `Client ${String(Math.floor(number / 6) + 1).padStart(2, '0')}`;
    const last = groups.at(-1);
    const group = last?.name === client ? last : { name: client, profiles: [] };
    if (group !== last) groups.push(group);
    const word = words[number % words.length] ?? null;
    group.profiles.push(
      profileOf({
        id: `p-${number}`,
        name: `${client.toLowerCase()} ${(word ?? 'tools').toLowerCase()}`,
        group: client,
        account: String(100_000_000_000 + number * 7919),
        mark: markOf(word, number),
      }),
    );
  }
  return groups;
}

export function groupsOf(count: number, now: number): GroupView[] {
  if (count === 0) return [];
  if (count === 1) return [{ name: 'Acme', profiles: seven(now)[1]?.profiles.slice(0, 1) ?? [] }];
  return count === 7 ? seven(now) : many(count);
}

export const PARTITIONS: PartitionView[] = [
  builtIn('aws', ['us-east-1', 'us-west-2', 'eu-central-1', 'eu-west-1', 'ap-northeast-1']),
  builtIn('aws-cn', ['cn-north-1', 'cn-northwest-1']),
  builtIn('aws-us-gov', ['us-gov-west-1', 'us-gov-east-1']),
  builtIn('aws-eusc', ['eusc-de-east-1']),
  {
    name: 'emulator',
    builtIn: false,
    regions: ['us-east-1'],
    sts: 'http://127.0.0.1:4566/',
    signIn: 'http://127.0.0.1:4567/federation',
    consoles: ['http://127.0.0.1:4567'],
    s3: 'http://127.0.0.1:4566/',
    iam: 'http://127.0.0.1:4566/',
    sso: null,
    ssoOidc: null,
  },
];

function builtIn(name: string, regions: string[]): PartitionView {
  const none = { sts: null, signIn: null, consoles: [], s3: null, iam: null, sso: null, ssoOidc: null };
  return { name, builtIn: true, regions, ...none };
}
