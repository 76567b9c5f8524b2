// Gives an element the keyboard when it appears in place of what had it. Not where something else has it.
import { tick } from 'svelte';

/** For `{@attach}`. */
export function takeLostFocus(element: HTMLElement): void {
  void tick().then(() => {
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
  });
}
