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

/** The area of a pane, as a link is dropped on it. */
export function paneArea(pane: PaneView): string {
  return `pane-${pane.id}`;
}

/** Opens what was dropped, in the pane where it was; what is no link is not passed on. */
export async function openDropped(mirror: Mirror, area: string, link: string | null): Promise<void> {
  if (link === null) return mirror.refuse({ cause: { code: 'link' }, detail: null });
  const request: Request = { ask: 'open-link', text: link };
  const pane = mirror.layout.panes.find((each) => paneArea(each) === area);
  await (pane ? askIn(mirror, pane, request) : mirror.ask(request));
}

/** For requests that mean the focused pane: focuses this one before, where it is not. */
export async function askIn(mirror: Mirror, pane: PaneView, request: Request): Promise<void> {
  if (pane.id !== mirror.layout.focusedPane) await mirror.ask({ ask: 'focus-pane', pane: pane.id });
  await mirror.ask(request);
}
