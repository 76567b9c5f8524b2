// A tab being dragged from the strip onto a pane. By pointer events, since the system's own drag and drop
// belongs to the webview's host. Not what the drop does. `arrange` is told when it begins and ends: meanwhile no
// console covers what is drawn.
import type { TabView } from '../generated/view';
import type { Drop } from './panes';

/** So far may a click tremble, in CSS pixels. */
const TREMBLE = 6;

interface Answers {
  over: (x: number, y: number) => Drop | null;
  arrange: (on: boolean) => void;
  done: (tab: TabView, drop: Drop) => void;
  /** Let go outside of the window. */
  out: (tab: TabView) => void;
}

export class TabDrag {
  dragged: TabView | null = $state.raw(null);
  drop: Drop | null = $state.raw(null);
  /** Where the pointer is, for what follows it. */
  at = $state.raw({ x: 0, y: 0 });
  #begun: { tab: TabView; x: number; y: number } | null = null;
  #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  begin(tab: TabView, event: PointerEvent): void {
    if (event.button === 0) this.#begun = { tab, x: event.clientX, y: event.clientY };
  }

  move({ clientX: x, clientY: y }: PointerEvent): void {
    if (!this.#begun) return;
    if (this.dragged === null) {
      if (Math.hypot(x - this.#begun.x, y - this.#begun.y) < TREMBLE) return;
      this.dragged = this.#begun.tab;
      this.#answers.arrange(true);
    }
    this.at = { x, y };
    this.drop = this.#answers.over(x, y);
  }

  /** True if this was a drag, and so not a click. */
  end(): boolean {
    const { dragged, drop } = this;
    if (dragged !== null && drop !== null) this.#answers.done(dragged, drop);
    else if (dragged !== null && this.#isOutside()) this.#answers.out(dragged);
    return this.cancel();
  }

  #isOutside(): boolean {
    const { x, y } = this.at;
    return x < 0 || y < 0 || x >= innerWidth || y >= innerHeight;
  }

  /** True if there was something to cancel. */
  cancel(): boolean {
    const was = this.dragged !== null;
    this.dragged = null;
    this.drop = null;
    this.#begun = null;
    if (was) this.#answers.arrange(false);
    return was;
  }
}
