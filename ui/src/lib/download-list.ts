// The list of downloads, kept up by what Rust says of it. Not what a row means.
// It may be ten thousand rows long, and changes several times a second: a row that is as it was stays the same object,
// by which the UI sees that there is nothing to draw.
import type { DownloadsChange, DownloadView } from '../generated/view';

/** The list after a change, which may be of rows that are there already, or not any more. */
export function merged(rows: DownloadView[], { gone, added, changed }: DownloadsChange): DownloadView[] {
  const fresh = new Map(changed.map((row) => [row.id, row]));
  const news = new Map(added.map(({ row }) => [row.id, row]));
  const left = new Set(gone);
  const result: DownloadView[] = [];
  const stay = rows.filter(({ id }) => !left.has(id));
  // A change may have overtaken the whole list: what is there already is not put in again.
  for (const { id } of stay) {
    const row = news.get(id);
    if (row && news.delete(id)) fresh.set(id, row);
  }
  const waiting = added.filter(({ row }) => news.has(row.id)).values();
  let next = waiting.next().value;
  for (const row of stay) {
    for (; next && next.place <= result.length; next = waiting.next().value) result.push(next.row);
    result.push(fresh.get(row.id) ?? row);
  }
  for (; next; next = waiting.next().value) result.push(next.row);
  return result;
}
