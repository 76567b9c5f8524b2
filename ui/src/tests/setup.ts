// What jsdom lacks and the UI uses. Not a test.
import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

/** Observers that were made, so that a test can tell them that something changed. */
export const observers = new Set<() => void>();

class QuietResizeObserver implements ResizeObserver {
  #tell: () => void;
  constructor(callback: ResizeObserverCallback) {
    this.#tell = () => callback([], this);
  }
  observe(): void {
    observers.add(this.#tell);
  }
  unobserve(): void {
    observers.delete(this.#tell);
  }
  disconnect(): void {
    observers.delete(this.#tell);
  }
}

globalThis.ResizeObserver = QuietResizeObserver;
globalThis.CSS ??= {} as typeof CSS;
CSS.escape ??= (text) => text.replace(/[^\w-]/g, '\\$&');
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.setPointerCapture ??= () => undefined;

afterEach(() => {
  cleanup();
  observers.clear();
});
