// The system's own drag and drop into the window, of what comes from elsewhere. Not a test.
import { fireEvent } from '@testing-library/svelte';
import { tick } from 'svelte';

interface Dragged {
  types: string[];
  files: File[];
  dropEffect: string;
  getData: (type: string) => string;
}

/** As a browser hands it over; jsdom has none of its own. */
export function dragged(data: Record<string, string>, files: File[] = []): Dragged {
  return { types: Object.keys(data), files, dropEffect: 'none', getData: (type) => data[type] ?? '' };
}

/** False where the window kept the browser from doing what it does by itself. */
export async function send(type: string, element: Element, dataTransfer: Dragged): Promise<boolean> {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer, relatedTarget: null });
  const result = await fireEvent(element, event);
  await tick();
  return result;
}
