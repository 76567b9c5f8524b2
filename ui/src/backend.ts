// The one door to the app: what the UI may ask, and what it is told.
// Not the state (that is `lib/mirror.svelte.ts`). Nothing else imports `@tauri-apps/api`.
// Grows only when Rust offers another command or event.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Cue, ErrorView, Request, View, ViewChange } from './generated/view';

export interface Listener {
  /** At the start. */
  whole(view: View): void;
  /** Afterwards: the sections that differ. */
  change(change: ViewChange): void;
  cue(cue: Cue): void;
}

export interface Backend {
  /** Resolves once the first whole view was delivered. */
  subscribe(listener: Listener): Promise<void>;
  /** Rejects with an `ErrorView`. */
  request(request: Request): Promise<void>;
}

const tauri: Backend = {
  async subscribe(listener) {
    // Changes can overtake the answer to `subscribe`; they are newer than it, so they wait for it.
    const early: ViewChange[] = [];
    let whole = false;
    await listen<ViewChange>('view', ({ payload }) => {
      if (whole) listener.change(payload);
      else early.push(payload);
    });
    await listen<Cue>('cue', ({ payload }) => listener.cue(payload));
    listener.whole(await invoke<View>('subscribe'));
    whole = true;
    early.forEach((change) => listener.change(change));
  },
  async request(request) {
    try {
      await invoke('request', { request });
    } catch (rejection) {
      throw asError(rejection);
    }
  },
};

/** The app itself, or in a plain browser (development only) the one in memory. */
export async function openBackend(): Promise<Backend> {
  if (import.meta.env.DEV || import.meta.env.MODE === 'fake') {
    if (!('__TAURI_INTERNALS__' in window)) {
      const { fakeFromAddress } = await import('./backend.fake');
      return fakeFromAddress(window.location.search);
    }
  }
  return tauri;
}

export function isError(value: unknown): value is ErrorView {
  return typeof value === 'object' && value !== null && 'cause' in value;
}

/** What Tauri itself refuses comes as a text: for the user that is a fault of ours. */
export function asError(rejection: unknown): ErrorView {
  return isError(rejection) ? rejection : { cause: { code: 'bug' }, detail: String(rejection) };
}
