// Which rows of a long list are in sight, so that only those are drawn. Not what a row is.

/** Where each row begins; one more entry at the end says where the list ends. */
export function sums(heights: readonly number[]): number[] {
  const offsets = [0];
  let end = 0;
  for (const height of heights) offsets.push((end += height));
  return offsets;
}

/** How high rows were when they were drawn, by key. Thousands are looked up at once: a signal for each would be slow. */
export class DrawnHeights {
  #heights = new Map<string, number>();

  of(key: string): number | undefined {
    return this.#heights.get(key);
  }

  /** Whether that is new. */
  note(key: string, height: number): boolean {
    if (height <= 0 || this.#heights.get(key) === height) return false;
    this.#heights.set(key, height);
    return true;
  }
}

/** The rows that a scroll position shows, with some to spare on both sides. */
export function rangeShown(
  offsets: readonly number[],
  top: number,
  height: number,
  spare = 8,
): { from: number; to: number } {
  const rows = offsets.length - 1;
  const from = Math.max(0, rowAt(offsets, top) - spare);
  const to = Math.min(rows, rowAt(offsets, top + height) + 1 + spare);
  return { from, to };
}

/** The row at a height: the last one that begins at or above it. */
export function rowAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
