// The list of downloads, kept up by what Rust says of it. Not what a row means.
// It may be ten thousand rows long, and changes several times a second: a row that is as it was stays the same object,
// by which the UI sees that there is nothing to draw.
import type { DownloadsChange, DownloadView } from '../generated/view';

export class DownloadList {
  rows: DownloadView[];
  #places = new Map<string, number>();

  constructor(rows: DownloadView[] = []) {
    this.rows = rows;
    this.#index();
  }

  merge({ order, rows }: DownloadsChange): DownloadView[] {
    if (order === null) {
      this.rows = this.rows.slice();
      for (const row of rows) {
        const at = this.#places.get(row.id);
        if (at !== undefined) this.rows[at] = row;
      }
    } else {
      const fresh = new Map(rows.map((row) => [row.id, row]));
      this.rows = order.flatMap((id) => fresh.get(id) ?? this.#known(id) ?? []);
      this.#index();
    }
    return this.rows;
  }

  #known(id: string): DownloadView | undefined {
    const at = this.#places.get(id);
    return at === undefined ? undefined : this.rows[at];
  }

  #index(): void {
    this.#places = new Map(this.rows.map(({ id }, at) => [id, at]));
  }
}
