// What a screen reader hears of changes in WebKitGTK: a block that is new in a live region which was there before, or
// an alert that is new itself. Changed letters alone make no sound. Not a test.
import { onTestFinished } from 'vitest';

const LIVE = '[role="status"], [role="alert"], [aria-live]';
const BLOCK = /^(?:P|DIV|UL|LI|H\d|SECTION|ARTICLE)$/;

/** What an element is called, or its words without what is hidden from a screen reader. */
export function wordsOf(element: Element | null | undefined): string {
  const name = element?.getAttribute('aria-label');
  if (name) return name;
  const copy = element?.cloneNode(true) as Element | undefined;
  copy?.querySelectorAll('[aria-hidden="true"]').forEach((hidden) => hidden.remove());
  return (copy?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** Returns what was heard since it was last asked. */
export function listen(): () => string[] {
  let heard: string[] = [];
  const take = (records: MutationRecord[]): void => {
    for (const { target, addedNodes } of records)
      for (const node of addedNodes) {
        if (!(node instanceof Element) || !BLOCK.test(node.tagName)) continue;
        if (node.matches('[role="alert"]') || (target as Element).closest(LIVE)) heard.push(wordsOf(node));
      }
  };
  const observer = new MutationObserver(take);
  observer.observe(document.body, { childList: true, subtree: true });
  onTestFinished(() => observer.disconnect());
  return () => {
    take(observer.takeRecords());
    const all = heard.filter(Boolean);
    heard = [];
    return all;
  };
}
