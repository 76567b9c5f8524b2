// Requests that several components ask alike. Not what becomes of them.
import type { PaneView, Request } from '../generated/view';
import type { Mirror } from './mirror.svelte';

/** A new tab in the focused pane, with the rights that the profile's guards say, unless told otherwise. */
export function openTab(
  profile: string,
  service: string | null = null,
  { readOnly = null, beside = false }: { readOnly?: boolean | null; beside?: boolean } = {},
): Request {
  return { ask: 'open-tab', profile, service, region: null, readOnly, beside };
}

/** For requests that mean the focused pane: focuses this one before, where it is not. */
export async function askIn(mirror: Mirror, pane: PaneView, request: Request): Promise<void> {
  if (pane.id !== mirror.layout.focusedPane) await mirror.ask({ ask: 'focus-pane', pane: pane.id });
  await mirror.ask(request);
}
