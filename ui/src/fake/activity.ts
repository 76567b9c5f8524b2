// Invented tabs, notices and errors, in every state there is.
import type { CauseView, ErrorView, NoticeView, ProfileView, TabState, TabView } from '../generated/view';
import { HOUR } from './signed-in';

export const TAB_STATES: TabState[] = [
  'live',
  'loading',
  'signing-in',
  'asleep',
  'expired',
  'crashed',
  'failed',
];

/** One of each error, by code, so that a new code is missed here. */
const CAUSES: { [C in CauseView['code']]: Extract<CauseView, { code: C }> } = {
  network: { code: 'network', host: 'sts.eu-central-1.amazonaws.com' },
  certificate: { code: 'certificate', host: 'sts.amazonaws.com', issuer: 'Example Proxy CA' },
  auth: { code: 'auth', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  denied: {
    code: 'denied',
    action: 'sts:AssumeRole',
    resource: 'arn:aws:iam::111122223333:role/Admin',
  },
  'mfa-needed': { code: 'mfa-needed' },
  'mfa-wrong': { code: 'mfa-wrong' },
  'mfa-reused': { code: 'mfa-reused', seconds: 17 },
  expired: { code: 'expired' },
  throttled: { code: 'throttled' },
  'clock-skew': { code: 'clock-skew', minutes: 12 },
  'keychain-locked': { code: 'keychain-locked' },
  'keychain-missing': { code: 'keychain-missing' },
  'keychain-unavailable': { code: 'keychain-unavailable' },
  'keychain-denied': { code: 'keychain-denied' },
  disk: { code: 'disk', path: '/home/kim/Downloads/backup.tar', freeBytes: 12_400_000 },
  corrupt: {
    code: 'corrupt',
    file: 'profiles.toml',
    restoredFrom: '2026-03-01 09:12',
    movedTo: 'profiles.toml.damaged',
  },
  policy: { code: 'policy', host: 'example.com' },
  engine: { code: 'engine' },
  'no-display': { code: 'no-display' },
  'no-handler': { code: 'no-handler' },
  'link-expired': { code: 'link-expired' },
  refused: { code: 'refused', host: 'reports.s3.eu-central-1.amazonaws.com', status: 404 },
  damaged: { code: 'damaged' },
  exists: { code: 'exists', name: 's3://acme-reports/2026/report.csv' },
  'wrong-account': { code: 'wrong-account', expected: '111122223333', found: '444455556666' },
  conflict: { code: 'conflict' },
  link: { code: 'link' },
  input: { code: 'input', field: 'name', problem: 'taken' },
  bug: { code: 'bug' },
};

export const ALL_CAUSES: CauseView[] = Object.values(CAUSES);

export function errorOf(code: CauseView['code'], detail: string | null = null): ErrorView {
  return { cause: CAUSES[code], detail };
}

const PAGES: [title: string, path: string][] = [
  ['S3 buckets', '/s3/buckets'],
  ['Instances | EC2', '/ec2/home'],
  ['Stacks | CloudFormation', '/cloudformation/home'],
];

/** A square in AWS's orange, as the app would make it of a page's icon. */
const FAVICON =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAxNiAxNiI+PHJlY3Qgd2lkdGg9IjE2IiBoZWlnaHQ9IjE2IiByeD0iMyIgZmlsbD0iIzdhYTExNiIvPjxwYXRoIGQ9Ik00IDRoOGwtMSA4SDV6IiBmaWxsPSIjZmZmIi8+PC9zdmc+';

export function tabOf(profile: ProfileView, number: number, state: TabState, now: number): TabView {
  const [title, path] = PAGES[number % PAGES.length] ?? ['', '/'];
  const known = state !== 'signing-in' && state !== 'failed';
  const session = profile.session;
  return {
    id: `t-${profile.id}-${number}`,
    profile: profile.id,
    profileName: profile.name,
    group: profile.group,
    mark: profile.mark,
    reason: profile.reason,
    isHidden: false,
    account: profile.account,
    identity: known ? 'role/Admin' : null,
    region: profile.region,
    title: known ? title : '',
    favicon: known ? FAVICON : null,
    host: `${profile.region}.console.aws.amazon.com`,
    path: known ? path : '/console/home',
    readOnly: false,
    ownWindow: false,
    pane: null,
    state,
    held: null,
    covered: false,
    bookmarked: false,
    s3: null,
    losses: [],
    keptAwake: null,
    progress: state === 'loading' ? 0.6 : 0,
    canGoBack: state === 'live',
    canGoForward: false,
    zoom: 1,
    endsAt: session.state === 'signed-in' ? session.endsAt : known ? now + 5 * HOUR : null,
    end: session.state === 'signed-in' ? session.end : known ? 'console-maximum' : null,
    error:
      state === 'failed'
        ? errorOf('denied', 'AccessDenied: User is not authorized to perform: sts:AssumeRole')
        : state === 'crashed'
          ? errorOf('engine', 'terminated by signal 9')
          : null,
  };
}

export function noticesOf(now: number): NoticeView[] {
  return [
    {
      id: 'n-1',
      body: { kind: 'removed', profile: 'p-gone', profileName: 'initech legacy', until: now + 25_000 },
    },
    { id: 'n-2', body: { kind: 'opened-outside', host: 'docs.aws.amazon.com' } },
    {
      id: 'n-3',
      body: {
        kind: 'failed',
        about: 'acme development',
        error: errorOf('network', 'dns error: failed to lookup address information'),
      },
    },
    { id: 'n-7', body: { kind: 'unsaved-input', profileName: 'acme staging' } },
  ];
}

/** What links and linked panes have to say. */
export const LINK_NOTICES: NoticeView[] = [
  { id: 'n-4', body: { kind: 'copied', host: 'eu-central-1.console.aws.amazon.com' } },
  { id: 'n-5', body: { kind: 'not-followed', tab: 't-p-prod-0', profileName: 'acme production' } },
  {
    id: 'n-6',
    body: {
      kind: 'no-profile-for-link',
      account: '999988887777',
      link: 'https://eu-west-1.console.aws.amazon.com/sqs/v3/home?region=eu-west-1',
    },
  },
];
