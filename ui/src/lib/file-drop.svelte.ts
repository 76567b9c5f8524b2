// A part of the window onto which a file can be dropped.

export class FileDrop {
  /** A file is over it. */
  isOver = $state(false);
  readonly #onfile: (file: File) => void;

  constructor(onfile: (file: File) => void) {
    this.#onfile = onfile;
  }

  /** For the element. */
  readonly handlers = {
    ondragenter: (event: DragEvent) => this.#drag(event),
    ondragover: (event: DragEvent) => this.#drag(event),
    ondragleave: () => (this.isOver = false),
    ondrop: (event: DragEvent) => this.#drop(event),
  };

  #drag(event: DragEvent): void {
    // Until it is let go, only that it is a file is told.
    this.isOver = event.dataTransfer?.types.includes('Files') ?? false;
    if (!this.isOver) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  }

  #drop(event: DragEvent): void {
    this.isOver = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.#onfile(file);
  }
}
