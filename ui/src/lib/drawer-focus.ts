// The drawer's field gets the keyboard when the drawer opens, and again whenever its keys are pressed.
import { onMount } from 'svelte';
import type { Mirror } from './mirror.svelte';

/** `again` is called where the drawer was open already: Rust has begun anew, while the field keeps its text. */
export function takesFocus(mirror: Mirror, field: () => HTMLElement | undefined, again?: () => void): void {
  onMount(() => {
    field()?.focus();
    return mirror.onCue((cue) => {
      if (cue !== 'drawer') return;
      const element = field();
      element?.focus();
      if (element instanceof HTMLInputElement) element.select();
      again?.();
    });
  });
}
