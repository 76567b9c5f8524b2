// A limit on bandwidth as one types it, in megabytes a second, and as Rust takes it, in bytes. Not who keeps to it.

/** As Rust has them: `Bandwidth`. */
export const LEAST_LIMIT = 0.01;
export const MOST_LIMIT = 4000;

const MEGABYTE = 1_000_000;
/** With a point or a comma. More decimals are none: "1,000" may be meant as a thousand. */
const NUMBER = /^(\d+)(?:[.,](\d{0,2}))?$/;

/** Null where it is no such number. */
export function limitOf(text: string): number | null {
  const [, whole, part] = NUMBER.exec(text.normalize('NFKC').trim()) ?? [];
  const megabytes = Number(`${whole}.${part || '0'}`);
  const isPossible = megabytes >= LEAST_LIMIT && megabytes <= MOST_LIMIT;
  return isPossible ? Math.round(megabytes * MEGABYTE) : null;
}

/** As it can be typed again. */
export function limitText(limit: number): string {
  return String(Math.round((limit / MEGABYTE) * 100) / 100);
}
