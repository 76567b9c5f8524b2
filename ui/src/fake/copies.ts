// Copies from S3 and to it in memory: one of each kind, a page that shows a bucket, and what its actions begin.
// Nothing is copied.
import type { DownloadView, TabView, View, ViewChange } from '../generated/view';
import { errorOf } from './activity';

/** What makes a copy another thing than a download. */
export type Copy = Partial<DownloadView> & Pick<DownloadView, 'state' | 'name' | 'link'>;

const NEWEST = 's3://acme-backups/db/2026/03/01/orders-2026-03-01T0200Z.sql.zst';
const LOGS = 's3://acme-access-logs/eu-central-1/AWSLogs/111122223333/2026/02/';

/** Newest first. The last two are downloads of a page's, for comparison. */
export const COPIES: Copy[] = [
  {
    state: 'running',
    name: 'orders-2026-03-01T0200Z.sql.zst',
    link: NEWEST,
    uploads: true,
    folder: '/home/kim/backups',
    bytes: 2_410_000_000,
    total: 6_120_000_000,
    speed: 22_400_000,
    canPause: true,
  },
  {
    state: 'running',
    name: '02',
    link: LOGS,
    files: { done: 12, all: 345 },
    bytes: 88_300_000,
    total: 2_470_000_000,
    speed: 9_700_000,
    canPause: true,
  },
  {
    state: 'failed',
    name: 'report.csv',
    link: 's3://acme-reports/2026/report.csv',
    uploads: true,
    folder: '/home/kim/work',
    total: 812_000,
    error: errorOf('exists'),
  },
  {
    state: 'failed',
    name: 'site',
    link: 's3://acme-web-eu-central-1/releases/2026-03-01/site/',
    uploads: true,
    folder: '/home/kim/work/web',
    files: { done: 310, all: 1204 },
    bytes: 41_000_000,
    total: 163_000_000,
    error: {
      cause: {
        code: 'exists',
        name: 's3://acme-web-eu-central-1/releases/2026-03-01/site/assets/app-5f1c9e2b.js',
      },
      detail: null,
    },
  },
  {
    state: 'paused',
    name: '2026年度 決算資料 (最終版).zip',
    link: 's3://globex-archive/決算/2026/2026年度 決算資料 (最終版).zip',
    uploads: true,
    folder: '/home/kim/書類',
    bytes: 700_000_000,
    total: 1_900_000_000,
    error: errorOf('keychain-locked', "Sidelight's window is locked: unlock it there"),
  },
  {
    state: 'paused',
    name: 'model-checkpoints',
    link: 's3://acme-ml/checkpoints/model-checkpoints/',
    files: { done: 3, all: 40 },
    bytes: 12_000_000_000,
    total: 160_000_000_000,
    error: errorOf('disk'),
  },
  {
    state: 'queued',
    name: 'invoice-0231.pdf',
    link: 's3://acme-backups/invoices/invoice-0231.pdf',
    uploads: true,
    folder: '/home/kim/work',
    canPause: true,
    place: 1,
  },
  {
    state: 'done',
    name: 'photo-archive',
    link: 's3://own-archive/photo-archive/',
    uploads: true,
    folder: '/home/kim/Pictures',
    files: { done: 2381, all: 2381 },
    bytes: 14_200_000_000,
    total: 14_200_000_000,
  },
  {
    state: 'done',
    name: 'logo.svg',
    link: 's3://acme-web-eu-central-1/assets/logo.svg',
    uploads: true,
    folder: '/home/kim/work',
    bytes: 18_400,
    total: 18_400,
  },
  {
    state: 'failed',
    name: 'export.parquet',
    link: 's3://acme-lake/raw/export.parquet',
    uploads: true,
    folder: '/home/kim/work',
    bytes: 16_000_000,
    total: 90_000_000,
    error: errorOf('disk', 'No such file or directory (os error 2)'),
  },
  {
    state: 'done',
    name: 'summary.csv',
    link: 'https://acme-reports.s3.eu-central-1.amazonaws.com/2026/summary.csv',
    bytes: 214_500,
    total: 214_500,
  },
  {
    state: 'running',
    name: 'inventory-2026-02.csv.gz',
    link: 'https://acme-reports.s3.eu-central-1.amazonaws.com/2026/inventory-2026-02.csv.gz',
    bytes: 1_230_000_000,
    total: 4_100_000_000,
    speed: 11_800_000,
    canPause: true,
  },
];

/** A tab whose page shows a folder of a bucket; that of every second profile shows an object. */
export function inS3(tab: TabView, index: number): TabView {
  const isFolder = index % 4 < 2;
  const key = isFolder ? '2026/02/' : '2026/02/report.csv';
  return {
    ...tab,
    title: isFolder ? 'acme-reports - S3 bucket' : 'report.csv - Object in S3 bucket',
    path: isFolder ? '/s3/buckets/acme-reports' : '/s3/object/acme-reports',
    s3: `s3://acme-reports/${key}`,
  };
}

/** What an action begins, of the tab that has the focus; nothing where its page is none of S3's. */
export function copiesBegun(view: View, action: string, now: number): ViewChange {
  const tab = view.tabs.find(({ id }) => id === view.layout.activeTab);
  if (!tab || tab.s3 === null) return {};
  const folder = tab.s3.slice(0, tab.s3.lastIndexOf('/') + 1);
  const name = tab.s3.split('/').findLast((part) => part !== '') ?? '';
  const begun = {
    's3-download': { name, link: tab.s3, uploads: false, files: tab.s3.endsWith('/') },
    's3-upload': { name: 'chosen.csv', link: `${folder}chosen.csv`, uploads: true, files: false },
    's3-upload-folder': { name: 'chosen', link: `${folder}chosen/`, uploads: true, files: true },
  }[action];
  if (!begun) return {};
  const { profile, profileName, mark } = tab;
  const row: DownloadView = {
    ...begun,
    id: `d-${action}-${view.downloads.length}`,
    profile,
    profileName,
    mark,
    folder: view.layout.downloads.home,
    host: 'acme-reports.s3.eu-central-1.amazonaws.com',
    bytes: 0,
    total: 1_000_000,
    speed: null,
    files: begun.files ? { done: 0, all: 3 } : null,
    hasPage: true,
    canPause: true,
    again: 'onward',
    place: null,
    startedAt: now,
    state: 'running',
    error: null,
  };
  return { downloads: { gone: [], added: [{ place: 0, row }], changed: [] } };
}
