// Downloads in words: state, numbers, time left. Not the list.
import type { DownloadState, DownloadView } from '../generated/view';
import { bytes, duration, percent, speed } from './format';
import { m } from './paraglide/messages';

const STATES: Record<DownloadState, () => string> = {
  queued: m.download_queued,
  running: m.download_running,
  paused: m.download_paused,
  done: m.download_done,
  failed: m.download_failed,
  cancelled: m.download_cancelled,
};

export function hasEnded(state: DownloadState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

export function stateWords(state: DownloadState): string {
  return STATES[state]();
}

/** 0 to 1, or null where the server does not say how long the file is. */
export function shareOf({ bytes: arrived, total }: DownloadView): number | null {
  return total === null || total <= 0 ? null : Math.min(1, arrived / total);
}

/** "Running · 1.2 GB of 4 GB (30 %) · 12 MB/s · 4 min left", as far as known. */
export function progressWords(download: DownloadView): string {
  const share = shareOf(download);
  const parts = [stateWords(download.state)];
  if (download.state === 'done') parts.push(bytes(download.bytes));
  else if (download.total === null || share === null) parts.push(bytes(download.bytes));
  else {
    const arrived = { arrived: bytes(download.bytes), total: bytes(download.total) };
    parts.push(m.download_of({ ...arrived, share: percent(share) }));
  }
  if (download.state === 'running' && download.speed !== null) {
    parts.push(speed(download.speed));
    if (download.total !== null && download.speed > 0) {
      const left = (download.total - download.bytes) / download.speed;
      parts.push(m.time_left({ left: duration(Math.max(1, left)) }));
    }
  }
  return parts.join(' · ');
}
