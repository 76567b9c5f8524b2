// Changes of the list of downloads, as Rust says them.
import type { DownloadsChange, DownloadView } from '../generated/view';

/** These differ. */
export function changedRows(changed: DownloadView[]): DownloadsChange {
  return { gone: [], added: [], changed };
}

/** Some of them stay. */
export function keptRows(rows: DownloadView[], stays: (row: DownloadView) => boolean): DownloadsChange {
  return { gone: rows.filter((row) => !stays(row)).map(({ id }) => id), added: [], changed: [] };
}

/** All of it is another one. */
export function otherRows(before: DownloadView[], now: DownloadView[]): DownloadsChange {
  return { gone: before.map(({ id }) => id), added: now.map((row, place) => ({ place, row })), changed: [] };
}
