// Downloads in memory: one in each state, copies of S3's, or very many, and what wishes do to them. Nothing arrives by
// itself.
import type {
  DownloadPlacesView,
  DownloadView,
  DownloadWish,
  ProfileView,
  Request,
  View,
  ViewChange,
} from '../generated/view';
import { hasEnded } from '../lib/downloads';
import { errorOf } from './activity';
import { COPIES } from './copies';
import { changedRows, keptRows } from './download-changes';

const HOME = '/home/kim/Downloads';
const HOST = 'acme-reports.s3.eu-central-1.amazonaws.com';

export const PLACES: DownloadPlacesView = {
  home: HOME,
  byProfile: false,
  asks: false,
  keepTime: false,
  limit: null,
  folders: { 'p-stg': '/home/kim/Clients/Acme/staging' },
};

type Part = Partial<DownloadView> & Pick<DownloadView, 'state' | 'name'>;

/** Newest first, in every state, with what makes each of them special. */
const EACH: Part[] = [
  {
    state: 'running',
    name: 'inventory-2026-02.csv.gz',
    bytes: 1_230_000_000,
    total: 4_100_000_000,
    speed: 11_800_000,
    canPause: true,
  },
  { state: 'running', name: 'stream.log', bytes: 48_200_000, speed: 900_000, again: 'never', link: null },
  { state: 'queued', name: 'acme-logo.svg', total: 18_400, canPause: true, place: 2 },
  { state: 'queued', name: '2026年度 第3四半期 売上集計.xlsx', total: 8_730_000, canPause: true, place: 1 },
  { state: 'paused', name: 'backup-eu.tar', bytes: 700_000_000, total: 9_000_000_000 },
  {
    state: 'paused',
    name: 'vm-image-eu-central-1-2026-02-28T23-59-59Z-acme-production-web-frontend-blue-green-0001.vmdk',
    bytes: 3_000_000_000,
    total: 40_000_000_000,
    error: { cause: { code: 'disk', path: HOME, freeBytes: 12_400_000 }, detail: null },
  },
  { state: 'done', name: '請求書-2026-02.pdf', bytes: 214_500, total: 214_500 },
  {
    state: 'done',
    name: 'cloudtrail-111122223333-eu-central-1-20260228T2355Z-7bQ4kLmPzXyWvUtS-digest-of-the-whole-month.json.gz',
    bytes: 91_300,
    total: 91_300,
    link: null,
  },
  {
    state: 'done',
    name: '株式会社グローベックス商事_本番環境_アクセスログ_2026年2月分_全リージョン集計済み_最終版（確認用）.csv',
    bytes: 73_400_000,
    total: 73_400_000,
    hasPage: false,
  },
  {
    state: 'failed',
    name: 'backup.tar',
    bytes: 3_000_000,
    total: 9_000_000_000,
    error: errorOf('disk', 'No space left on device (os error 28)'),
  },
  {
    state: 'failed',
    name: 'form-answers.csv',
    bytes: 12_000,
    again: 'never',
    link: null,
    error: { cause: { code: 'network', host: HOST }, detail: 'connection reset by peer' },
  },
  {
    state: 'failed',
    name: 'report.pdf',
    total: 1_200_000,
    again: 'anew',
    error: errorOf('refused'),
  },
  { state: 'cancelled', name: 'photos.zip', total: 80_000_000, again: 'anew' },
];

export function downloadsOf(
  profiles: readonly ProfileView[],
  now: number,
  which: number | 's3' | null = null,
): DownloadView[] {
  const parts =
    which === null ? EACH : which === 's3' ? COPIES : Array.from({ length: which }, (_, at) => oneOfMany(at));
  return parts.flatMap((part, at) => {
    const profile = profiles[at % Math.max(1, profiles.length)];
    return profile ? downloadOf(part, at, profile, now) : [];
  });
}

function oneOfMany(at: number): Part {
  const part = EACH[at < 6 ? at : at % 50 === 0 ? 9 : 6];
  if (!part) throw new Error('nothing in this state');
  return at < 6 ? part : { ...part, name: `report-${String(at).padStart(5, '0')}.csv.gz` };
}

function downloadOf(part: Part, at: number, profile: ProfileView, now: number): DownloadView {
  return {
    id: `d-${at}`,
    profile: profile.id,
    profileName: profile.name,
    mark: profile.mark,
    folder: HOME,
    host: HOST,
    bytes: 0,
    total: null,
    speed: null,
    link: `https://${HOST}/2026/${encodeURIComponent(part.name)}`,
    uploads: false,
    files: null,
    hasPage: true,
    canPause: false,
    again: 'onward',
    place: null,
    startedAt: now - (at + 1) * 420_000,
    error: null,
    ...part,
  };
}

/** What a request changes of downloads and their places; null where it asks nothing of them. */
export function downloadsAnswered(view: View, request: Request): ViewChange | null {
  switch (request.ask) {
    case 'download':
      return wished(view, request.download, request.wish);
    case 'clear-downloads':
      return only(view, ({ state }) => !hasEnded(state));
    case 'set-download-places': {
      const { byProfile, asks, keepTime, limit } = request;
      return placed(view, { byProfile, asks, keepTime, limit });
    }
    case 'choose-download-folder': {
      const folder = `/home/kim/Clients/${request.profile}`;
      return placed(view, { folders: { ...view.layout.downloads.folders, [request.profile]: folder } });
    }
    case 'forget-download-folder': {
      const folders = Object.entries(view.layout.downloads.folders);
      const others = folders.filter(([profile]) => profile !== request.profile);
      return placed(view, { folders: Object.fromEntries(others) });
    }
    default:
      return null;
  }
}

function placed({ layout }: View, part: Partial<DownloadPlacesView>): ViewChange {
  return { layout: { ...layout, downloads: { ...layout.downloads, ...part } } };
}

function only({ downloads }: View, stays: (download: DownloadView) => boolean): ViewChange {
  return { downloads: keptRows(downloads, stays) };
}

function wished(view: View, id: string, wish: DownloadWish): ViewChange {
  const download = view.downloads.find((each) => each.id === id);
  if (!download) return {};
  const stopped = { ...download, speed: null, canPause: false, place: null };
  const row = (now: DownloadView): ViewChange => ({ downloads: changedRows([now]) });
  switch (wish) {
    case 'cancel':
      return row({ ...stopped, state: 'cancelled', bytes: 0, error: null });
    case 'pause':
      return row({ ...stopped, state: 'paused' });
    case 'again':
    case 'replace': {
      const isOnward = download.again === 'onward';
      const bytes = isOnward ? download.bytes : 0;
      return row({ ...download, state: 'running', bytes, canPause: isOnward, error: null });
    }
    case 'remove':
      return only(view, (each) => each.id !== id);
    case 'open':
    case 'show':
    case 'copy-link':
    case 'open-page':
      return {};
  }
}
