// What a screen reader says of downloads: that one is whole, has failed, or is held up. Not its progress, and not what
// the user did to it.
import type { DownloadView } from '../generated/view';
import { count } from './format';
import { hasEnded, isHeldUp, stateWords } from './downloads';
import { m } from './paraglide/messages';

/** More names at once are only counted. */
const MOST = 3;

export class DownloadNewsOf {
  /** Those that were on their way; whether something held them up. */
  #before = new Map<string, boolean>();

  /** Null where nothing is new. */
  next(downloads: readonly DownloadView[]): string | null {
    const before = this.#before;
    this.#before = new Map();
    const news: DownloadView[] = [];
    for (const download of downloads) {
      if (hasEnded(download.state)) {
        if (download.state !== 'cancelled' && before.has(download.id)) news.push(download);
        continue;
      }
      const isHeld = isHeldUp(download);
      if (isHeld && before.get(download.id) === false) news.push(download);
      this.#before.set(download.id, isHeld);
    }
    if (news.length === 0) return null;
    const said = news.slice(0, MOST).map((download) => `${download.name}: ${stateWords(download)}`);
    if (news.length > MOST) said.push(m.and_more({ count: count(news.length - MOST) }));
    return said.join('; ');
  }
}
