// Gives an element the keyboard when it appears, where its pane has it and nothing else of the app's is in use.
import { untrack } from 'svelte';
import type { TabView } from '../generated/view';
import type { Mirror } from './mirror.svelte';

/** For `{@attach}`: once, whatever the tab or the layout become afterwards. */
export function takeFocus(mirror: Mirror, tab: () => TabView, element: HTMLElement): void {
  untrack(() => {
    const { focusedPane } = mirror.layout;
    if (tab().pane === focusedPane && mirror.drawer.kind === 'closed') element.focus({ preventScroll: true });
  });
}
