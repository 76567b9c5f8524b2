// Downloads: their states and numbers in words, what can be done with one, and which of them are looked for.
// Not the list as it is kept (`download-list.ts`), nor how a row looks.
import type { CauseView, DownloadState, DownloadView, DownloadWish } from '../generated/view';
import { bytes, count, duration, percent, speed } from './format';
import { m } from './paraglide/messages';
import { filterWords } from './profile-rows';
import { isS3, s3FolderOf } from './s3';

const STATES: Record<DownloadState, () => string> = {
  queued: m.download_queued,
  running: m.download_running,
  paused: m.download_paused,
  done: m.download_done,
  failed: m.download_failed,
  cancelled: m.download_cancelled,
};

/** Where something is sent, and does not arrive. */
const STATES_OF_UPLOADS: Partial<Record<DownloadState, () => string>> = {
  running: m.upload_running,
  done: m.upload_done,
};

export function hasEnded(state: DownloadState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** Something else than the user has stopped it for a while. */
export function isHeldUp({ state, error }: DownloadView): boolean {
  return state === 'paused' && error !== null;
}

interface Wait {
  state: () => string;
  /** When it goes on by itself. */
  until: () => string;
}

const WAITS: Partial<Record<CauseView['code'], Wait>> = {
  disk: { state: m.download_waits_for_room, until: m.download_goes_on },
  network: { state: m.download_waits_for_network, until: m.download_goes_on_network },
};

/** What holds it up and passes without the user; null where nothing does. */
export function waitOf(download: DownloadView): Wait | null {
  return (isHeldUp(download) && WAITS[download.error?.cause.code ?? 'bug']) || null;
}

/** An upload that did not begin, since another object is in its place. */
export function foundAnother({ state, uploads, error }: DownloadView): boolean {
  return uploads && state === 'failed' && error?.cause.code === 'exists';
}

export function stateWords(download: DownloadView): string {
  const wait = waitOf(download);
  if (wait !== null) return wait.state();
  if (download.place !== null) return m.download_in_line({ place: download.place });
  const ofUpload = download.uploads ? STATES_OF_UPLOADS[download.state] : undefined;
  return (ofUpload ?? STATES[download.state])();
}

/** A copy from S3 or to it. */
function isOfS3({ link }: DownloadView): boolean {
  return link !== null && isS3(link);
}

/** Where it comes from: a host, or an address in S3, which is also where an upload goes. */
export function placeWords(download: DownloadView): string {
  const { link, uploads, host } = download;
  if (link === null || !isS3(link)) return host;
  return uploads ? m.upload_to({ address: link }) : link;
}

/** The same without the file's name, where its row begins with it. */
export function shortPlaceWords(download: DownloadView): string {
  const { link, name } = download;
  const isSaid = isOfS3(download) && link?.endsWith(`/${name}`);
  return placeWords(isSaid ? { ...download, link: s3FolderOf(link ?? '') } : download);
}

/** 0 to 1, or null where the server does not say how long the file is. */
export function shareOf(download: DownloadView): number | null {
  return shareOfAll([download]);
}

/** How far they are together, as far as it is known how long they are. */
export function shareOfAll(downloads: readonly DownloadView[]): number | null {
  let [arrived, whole] = [0, 0];
  for (const { bytes: its, total } of downloads) {
    if (total === null) continue;
    arrived += Math.min(its, total);
    whole += total;
  }
  return whole > 0 ? arrived / whole : null;
}

/** Only what is whole is 100 %. */
export function shareWords(share: number): string {
  return percent(share < 1 ? Math.min(share, 0.99) : 1);
}

/** "Downloading", "12 of 345 files", "1.2 GB of 4 GB (30 %)", "12 MB/s" and "4 min left", as far as known. */
export function progressParts(download: DownloadView): string[] {
  const { state, total } = download;
  const parts = [stateWords(download), filesWords(download), amountWords(download)];
  if (state === 'running' && download.speed !== null) {
    parts.push(speed(download.speed));
    if (total !== null && download.speed > 0) {
      const left = (total - download.bytes) / download.speed;
      parts.push(m.time_left({ left: duration(Math.max(1, left)) }));
    }
  }
  return parts.filter((part) => part !== null);
}

function filesWords({ state, files }: DownloadView): string | null {
  if (files === null || files.all === 0 || state === 'cancelled') return null;
  const all = { number: files.all, count: count(files.all) };
  if (state === 'done') return m.download_files_all(all);
  const hasBegun = files.done > 0 || state === 'running';
  return hasBegun ? m.download_files({ ...all, done: count(files.done) }) : null;
}

/** Nothing has arrived of what has not begun or was given up: that need not be said. */
function amountWords(download: DownloadView): string | null {
  const { state, bytes: arrived, total } = download;
  if (state === 'cancelled' || (state === 'failed' && arrived === 0)) return null;
  if (state === 'queued' && arrived === 0) return total === null ? null : bytes(total);
  const share = shareOf(download);
  if (state === 'done' || total === null || share === null) return bytes(arrived);
  return m.download_of({ arrived: bytes(arrived), total: bytes(total), share: shareWords(share) });
}

/** What is to be known of one that cannot be asked for again; null where there is nothing. */
export function onceWords({ state, again }: DownloadView): string | null {
  if (again !== 'never') return null;
  if (state === 'running') return m.download_once();
  return state === 'failed' || state === 'cancelled' ? m.download_once_over() : null;
}

/** Whose; the profile may be gone since. */
export function ownerWords({ profileName }: DownloadView): string {
  return profileName || m.download_profile_gone();
}

export type Way =
  | 'pause'
  | 'resume'
  | 'again'
  | 'replace'
  | 'cancel'
  | 'open'
  | 'show'
  | 'copy-link'
  | 'open-page'
  | 'remove';

export interface Ways {
  /** At hand on its row, at most two. */
  near: Way[];
  /** In its menu only. */
  more: Way[];
}

/** What can be done with a download. */
export function waysOf(download: DownloadView): Ways {
  const { state, link, hasPage } = download;
  const isOver = state === 'failed' || state === 'cancelled';
  const near: Way[] = [];
  const rare: Way[] = [];
  if (state === 'done') near.push('open', 'show');
  else {
    const on = wayOn(download);
    if (foundAnother(download)) {
      near.push('replace');
      // The other one may be gone meanwhile.
      if (on !== null) rare.push(on);
    } else if (on !== null) near.push(on);
    else if (isOver && hasPage) near.push('open-page');
    near.push(isOver ? 'remove' : 'cancel');
  }
  if (link !== null) rare.push('copy-link');
  if (hasPage) rare.push('open-page');
  if (state === 'done') rare.push('remove');
  return { near, more: rare.filter((way) => !near.includes(way)) };
}

/** How one that is not whole is held, or goes on. */
function wayOn({ state, canPause, again, bytes: arrived }: DownloadView): Way | null {
  if (state === 'queued' || state === 'running') return canPause ? 'pause' : null;
  if (again === 'never') return null;
  return again === 'onward' && (state === 'paused' || arrived > 0) ? 'resume' : 'again';
}

/** As Rust calls it. */
export function wishOf(way: Way): DownloadWish {
  return way === 'resume' ? 'again' : way;
}

const WAYS: Record<Way, () => string> = {
  pause: m.download_pause,
  resume: m.download_resume,
  again: m.download_again,
  replace: m.upload_replace,
  cancel: m.cancel,
  open: m.download_open,
  show: m.download_show,
  'copy-link': m.copy_link,
  'open-page': m.download_open_page,
  remove: m.download_remove,
};

/** Of what was sent, both ends are there: which one is meant is said. */
const WAYS_OF_UPLOADS: Partial<Record<Way, () => string>> = {
  again: m.upload_again,
  open: m.upload_open,
  show: m.upload_show,
};

export function wayWords(way: Way, download: DownloadView): string {
  const { state, uploads, files } = download;
  const isFolder = files !== null;
  if (way === 'remove' && state === 'done')
    return uploads || isFolder ? m.download_remove_row() : m.download_remove_done();
  if (way === 'copy-link' && isOfS3(download)) return m.copy_s3_address();
  if (isFolder && way === 'replace') return m.upload_replace_folder();
  if (isFolder && uploads && way === 'open') return m.upload_open_folder();
  return ((uploads && WAYS_OF_UPLOADS[way]) || WAYS[way])();
}

/** What a key of the list does: Enter opens, Space holds or lets go on, Delete takes off what has ended. */
export function wayOfKey(key: string, download: DownloadView): Way | null {
  const wanted: Partial<Record<string, Way[]>> = {
    Enter: ['open'],
    ' ': ['pause', 'resume'],
    Delete: ['remove'],
  };
  const { near, more } = waysOf(download);
  return wanted[key]?.find((way) => near.includes(way) || more.includes(way)) ?? null;
}

/** Of one profile or of all, with every word of the text in the file's name, its host or its address. */
export function narrowed(
  downloads: readonly DownloadView[],
  profile: string | null,
  text: string,
): readonly DownloadView[] {
  const words = filterWords(text);
  if (profile === null && words.length === 0) return downloads;
  return downloads.filter((download) => {
    if (profile !== null && download.profile !== profile) return false;
    const looked = `${download.name}\n${download.host}\n${download.link ?? ''}`.toLocaleLowerCase();
    return words.every((word) => looked.includes(word));
  });
}

export interface Owner {
  id: string;
  name: string;
}

/** The profiles that have downloads, by name. */
export function ownersOf(downloads: readonly DownloadView[]): Owner[] {
  const names = new Map<string, string>();
  for (const download of downloads)
    if (!names.has(download.profile)) names.set(download.profile, ownerWords(download));
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Some go the other way: together they are called transfers. */
export function hasUploads(downloads: readonly DownloadView[]): boolean {
  return downloads.some(({ uploads }) => uploads);
}

/** How many run, and how far they are together, where that is known. */
export interface Running {
  all: number;
  uploads: number;
  share: number | null;
}

/** By profile; nothing of those that have none. */
export function runningOf(downloads: readonly DownloadView[]): ReadonlyMap<string, Running> {
  const byProfile = new Map<string, DownloadView[]>();
  for (const download of downloads) {
    if (download.state !== 'running') continue;
    byProfile.set(download.profile, [...(byProfile.get(download.profile) ?? []), download]);
  }
  return new Map([...byProfile].map(([profile, its]): [string, Running] => [profile, together(its)]));
}

export function together(running: readonly DownloadView[]): Running {
  const uploads = running.filter((download) => download.uploads).length;
  return { all: running.length, uploads, share: shareOfAll(running) };
}

export function runningWords({ all, uploads, share }: Running): string {
  const number = { number: all, count: count(all) };
  const many = uploads === 0 ? m.tab_downloads(number) : uploads === all ? m.tab_uploads(number) : null;
  const words = many ?? m.tab_transfers({ count: count(all) });
  return share === null ? words : m.tab_share({ words, share: shareWords(share) });
}
