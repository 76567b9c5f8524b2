// What cannot be read or reached in a page as it is laid out. Runs in the page, so each function stands alone.

/** Texts that are cut off, without an ellipsis whose whole can be had, or that something else lies over. */
export function hiddenTexts(): string[] {
  const found: string[] = [];
  const HAIR = 1.5;
  const whole = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };

  /** A tooltip or another name has all of it, also of what we cut in the middle ourselves. */
  function isTold(element: Element, text: string): boolean {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const told = `${at.getAttribute('title')} ${at.getAttribute('aria-label')}`;
      if (text.split('…').every((part) => told.includes(part))) return true;
    }
    return false;
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || element.closest('option, .unseen')) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rect = range.getBoundingClientRect();
    if (rect.width === 0) continue;

    const seen = { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
    let scrolls = { x: false, y: false };
    let isCut = false;
    let isElided = false;
    let isUnseen = false;
    for (let box: Element | null = element; box && !isUnseen; box = box.parentElement) {
      const style = getComputedStyle(box);
      // Given only to who hears it.
      if (style.clipPath !== 'none') isUnseen = true;
      const isRoot = box === document.body || box === document.documentElement;
      const inside = isRoot ? whole : box.getBoundingClientRect();
      const cutsX = style.overflowX !== 'visible' && style.display !== 'inline';
      const cutsY = style.overflowY !== 'visible' && style.display !== 'inline';
      const scrollsX = ['auto', 'scroll'].includes(style.overflowX);
      const scrollsY = ['auto', 'scroll'].includes(style.overflowY);
      const beyondX = seen.left < inside.left - HAIR || seen.right > inside.right + HAIR;
      const beyondY = seen.top < inside.top - HAIR || seen.bottom > inside.bottom + HAIR;
      if (cutsX && beyondX && !scrollsX && !scrolls.x) {
        if (style.textOverflow === 'ellipsis' && isTold(element, text)) isElided = true;
        else isCut = true;
      }
      if (cutsY && beyondY && !scrollsY && !scrolls.y) isCut = true;
      if (cutsX || isRoot) {
        seen.left = Math.max(seen.left, inside.left);
        seen.right = Math.min(seen.right, inside.right);
      }
      if (cutsY || isRoot) {
        seen.top = Math.max(seen.top, inside.top);
        seen.bottom = Math.min(seen.bottom, inside.bottom);
      }
      scrolls = { x: scrolls.x || scrollsX, y: scrolls.y || scrollsY };
      if (getComputedStyle(box).position === 'fixed') break;
    }
    if (isUnseen) continue;
    const where = `“${text.slice(0, 40)}” (${element.localName}.${element.className} ${element.parentElement?.className})`;
    if (isCut) found.push(`cut: ${where}`);
    else if (!isElided && seen.right - seen.left > 2 && seen.bottom - seen.top > 2) {
      if (getComputedStyle(element).pointerEvents === 'none') continue;
      const at = document.elementFromPoint((seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2);
      const isCovered = at && !at.contains(element) && !element.contains(at);
      // What is laid over the rest on purpose has a face of its own.
      if (isCovered && !at.closest('[role="menu"], [data-testid="drop-zones"], footer'))
        found.push(`under ${at.localName}.${at.className.toString()}: ${where}`);
    }
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth + HAIR) found.push(`the page is ${scrollWidth} wide`);
  return found;
}

/** Controls that stay out of sight, or under something else, when the keyboard comes to them. */
export function lostControls(): string[] {
  const found: string[] = [];
  /** Less than this of it does not show where one is. */
  const LEAST = 8;

  /** What is left of it within everything that scrolls or cuts. */
  function shownOf(control: HTMLElement): DOMRect {
    const box = control.getBoundingClientRect();
    const shown = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
    for (let outer = control.parentElement; outer; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflow === 'visible') continue;
      const { left, top, right, bottom } = outer.getBoundingClientRect();
      shown.left = Math.max(shown.left, left);
      shown.top = Math.max(shown.top, top);
      shown.right = Math.min(shown.right, right);
      shown.bottom = Math.min(shown.bottom, bottom);
    }
    return new DOMRect(shown.left, shown.top, shown.right - shown.left, shown.bottom - shown.top);
  }

  const controls = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, summary, a[href], [tabindex="0"]',
  );
  const focused = document.activeElement;
  for (const control of controls) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.tabIndex < 0) continue;
    if (control.matches(':disabled')) continue;
    control.focus();
    if (document.activeElement !== control) continue;
    const { x, y, width, height } = shownOf(control);
    const isThin = Math.min(width, height) < Math.min(LEAST, control.offsetWidth, control.offsetHeight);
    const at = [0.5, 0.25, 0.75].map((part) =>
      document.elementFromPoint(x + width * part, y + height * part),
    );
    const isHit = at.some((hit) => hit && (hit.contains(control) || control.contains(hit)));
    // What is laid over the rest on purpose, until it is closed.
    if (at[0]?.closest('[role="menu"], [data-testid="drop-zones"]')) continue;
    const name = control.getAttribute('aria-label') ?? control.textContent.trim().slice(0, 40);
    const where = at[0] ? `under ${at[0].localName}.${at[0].getAttribute('class')}` : 'out of the window';
    if (isThin || !isHit)
      found.push(`${control.localName} ${control.dataset.testid ?? ''} “${name}” ${where}`);
  }
  if (focused instanceof HTMLElement) focused.focus();
  return found;
}
