// Tells Rust how much of the window's edges is the UI's, whenever that changes. Not a layout.
import type { Request } from '../generated/view';

type Insets = Omit<Extract<Request, { ask: 'set-insets' }>, 'ask'>;

/** Reports at once and whenever the area or the window changes; returns what stops it. */
export function reportInsets(area: HTMLElement, report: (insets: Insets) => void): () => void {
  let last = '';
  const measure = (): void => {
    const box = area.getBoundingClientRect();
    if (box.width === 0 && box.height === 0 && box.top === 0 && box.left === 0) return;
    const insets: Insets = {
      top: round(box.top),
      right: round(window.innerWidth - box.right),
      bottom: round(window.innerHeight - box.bottom),
      left: round(box.left),
    };
    const now = JSON.stringify(insets);
    if (now === last) return;
    last = now;
    report(insets);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(area);
  window.addEventListener('resize', measure);
  measure();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', measure);
  };
}

/** Halves of a pixel are enough, and keep rounding noise from being reported. */
function round(length: number): number {
  return Math.round(length * 2) / 2;
}
