// How areas of the window learn whether a link is dragged over them.
import { getContext, setContext } from 'svelte';
import type { LinkDrop } from './link-drop.svelte';

const KEY = Symbol('link drop');

export function provideLinkDrop(drop: LinkDrop): void {
  setContext(KEY, drop);
}

export function useLinkDrop(): LinkDrop {
  return getContext(KEY);
}
