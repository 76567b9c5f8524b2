// The click that a browser sends after a drag was let go is none. Not the drag.

function swallow(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}

/** The click that follows at once, if one does, reaches nobody. */
export function swallowNextClick(): void {
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}
