// A profile being dragged by mouse to another place of the list. By pointer events, since the system's own
// drag and drop belongs to the webview's host. Not the moving itself.
import type { Row } from './profile-rows';

interface Drop {
  target: string;
  side: 'above' | 'below';
}

/** So far may a click tremble. */
const TREMBLE = 5;

export class ProfileDrag {
  dragged: string | null = $state(null);
  drop: Drop | null = $state(null);
  #begun: { profile: string; y: number } | null = null;
  #over: (y: number) => { row: Row; upper: boolean } | null;
  #done: (dragged: string, drop: Drop) => void;

  constructor(
    over: (y: number) => { row: Row; upper: boolean } | null,
    done: (dragged: string, drop: Drop) => void,
  ) {
    this.#over = over;
    this.#done = done;
  }

  begin(profile: string, event: PointerEvent): void {
    if (event.button === 0) this.#begun = { profile, y: event.clientY };
  }

  move(event: PointerEvent): void {
    if (!this.#begun) return;
    if (this.dragged === null && Math.abs(event.clientY - this.#begun.y) < TREMBLE) return;
    this.dragged = this.#begun.profile;
    const over = this.#over(event.clientY);
    this.drop =
      over?.row.kind === 'profile'
        ? { target: over.row.profile.id, side: over.upper ? 'above' : 'below' }
        : null;
  }

  /** True if this was a drag, and so not a click. */
  end(): boolean {
    const { dragged, drop } = this;
    this.cancel();
    if (dragged !== null && drop !== null) this.#done(dragged, drop);
    return dragged !== null;
  }

  cancel(): void {
    this.dragged = null;
    this.drop = null;
    this.#begun = null;
  }
}
