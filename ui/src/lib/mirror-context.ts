// How components reach the mirror without handing it through every level.
import { getContext, setContext } from 'svelte';
import type { Mirror } from './mirror.svelte';

const KEY = Symbol('mirror');

export function provideMirror(mirror: Mirror): void {
  setContext(KEY, mirror);
}

export function useMirror(): Mirror {
  return getContext<Mirror>(KEY);
}
