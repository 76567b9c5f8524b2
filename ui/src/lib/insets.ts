// Tells Rust how much of the edges is the UI's, of the window around all panes and of each pane around its
// console, whenever that changes. Not a layout.
import type { InsetsView } from '../generated/view';

interface Box {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** What lies between an outer box and an inner one, in CSS pixels. */
export function insetsOf(inner: Box, outer: Box): InsetsView {
  return {
    top: round(inner.top - outer.top),
    right: round(outer.right - inner.right),
    bottom: round(outer.bottom - inner.bottom),
    left: round(inner.left - outer.left),
  };
}

export function windowBox(): Box {
  return { top: 0, right: window.innerWidth, bottom: window.innerHeight, left: 0 };
}

/** Halves of a pixel are enough, and keep rounding noise from being reported. */
export function round(length: number): number {
  return Math.round(length * 2) / 2;
}

/** False while an element is not laid out. */
export function hasBox({ width, height, top, left }: DOMRect): boolean {
  return width !== 0 || height !== 0 || top !== 0 || left !== 0;
}

/** Passes on only what differs from what was passed on before. */
export function onChange<T>(report: (now: T) => void): (now: T) => void {
  let last = '';
  return (now) => {
    const key = JSON.stringify(now);
    if (key === last) return;
    last = key;
    report(now);
  };
}

/** Measures at once and whenever an element or the window changes its size; returns what stops it. */
export function measured(elements: readonly Element[], measure: () => void): () => void {
  const observer = new ResizeObserver(measure);
  elements.forEach((element) => observer.observe(element));
  window.addEventListener('resize', measure);
  measure();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', measure);
  };
}
