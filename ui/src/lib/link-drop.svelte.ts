// A link dragged into the window from elsewhere: over which area it is, and what is in it when it is let go. By the
// system's own drag and drop, which tabs and profiles do not use. Not what opens: that is Rust's to say. Whatever is
// let go where nothing takes it does nothing, and never leads the window itself anywhere.

/** Until it is let go, only the kinds of what is dragged are told. */
const KINDS = ['text/uri-list', 'text/plain'];
/** What `domain::link` reads. */
const LINK = /^(?:https?:\/\/|s3:\/\/|arn:|sidelight:)\S+$/i;

/** On an element that takes a link: the area's name. */
export const AREA = 'data-link-area';

export class LinkDrop {
  /** The area that a link is dragged over. */
  over: string | null = $state(null);
  #done: (area: string, link: string | null) => void;

  /** `done` gets null where what was let go is no link. */
  constructor(done: (area: string, link: string | null) => void) {
    this.#done = done;
  }

  /** For `dragenter` and `dragover`. */
  move(event: DragEvent): void {
    this.over = null;
    if (isTaken(event)) return;
    event.preventDefault();
    this.over = areaOf(event);
    if (event.dataTransfer) event.dataTransfer.dropEffect = this.over === null ? 'none' : 'copy';
  }

  leave(event: DragEvent): void {
    if (event.relatedTarget === null) this.over = null;
  }

  drop(event: DragEvent): void {
    this.over = null;
    if (isTaken(event)) return;
    event.preventDefault();
    const area = areaOf(event);
    if (area !== null) this.#done(area, linkIn(event.dataTransfer));
  }
}

/** The first link of a list, else the text itself. */
export function linkIn(data: DataTransfer | null): string | null {
  const lines = (data?.getData('text/uri-list') ?? '').split(/\r?\n/).filter((line) => !line.startsWith('#'));
  const texts = [...lines, data?.getData('text/plain') ?? ''].map((text) => text.trim());
  return texts.find((text) => LINK.test(text)) ?? null;
}

function areaOf({ target, dataTransfer }: DragEvent): string | null {
  const types = [...(dataTransfer?.types ?? [])];
  if (types.includes('Files') || !KINDS.some((kind) => types.includes(kind))) return null;
  return target instanceof Element ? (target.closest(`[${AREA}]`)?.getAttribute(AREA) ?? null) : null;
}

/** An element in between may have use for it. */
function isTaken(event: DragEvent): boolean {
  return event.defaultPrevented || isForField(event);
}

/** Text may be dragged into what takes text, which writes it there. */
function isForField({ target, dataTransfer }: DragEvent): boolean {
  const isText =
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && isTyped(target));
  return isText && !target.readOnly && !target.disabled && !dataTransfer?.types.includes('Files');
}

function isTyped({ type }: HTMLInputElement): boolean {
  return ['text', 'search', 'password', 'number'].includes(type);
}
