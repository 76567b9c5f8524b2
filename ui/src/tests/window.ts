// The whole window on the app in memory, as a test wants it. Not a test.
import { render } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { tick } from 'svelte';
import App from '../App.svelte';
import { FakeBackend } from '../backend.fake';
import type { Scene } from '../fake/scene';
import type { Request } from '../generated/view';

export interface Opened {
  backend: FakeBackend;
  user: UserEvent;
  /** The elements with a test id, in order. */
  all: (testid: string) => HTMLElement[];
  /** The only one; fails if there is another number. */
  one: (testid: string) => HTMLElement;
  input: (name: string) => HTMLInputElement;
  /** What was asked, of one kind. */
  asked: <A extends Request['ask']>(ask: A) => Extract<Request, { ask: A }>[];
}

export async function openWindow(scene: Scene = {}): Promise<Opened> {
  const backend = new FakeBackend(scene);
  render(App, { backend });
  await tick();
  await tick();
  const all = (testid: string): HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`),
  ];
  const one = (testid: string): HTMLElement => {
    const [only, ...more] = all(testid);
    if (!only || more.length > 0) throw new Error(`${testid}: ${only ? more.length + 1 : 0} of them`);
    return only;
  };
  return {
    backend,
    user: userEvent.setup(),
    all,
    one,
    input: (name) => {
      const found = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
      if (!found) throw new Error(`no input ${name}`);
      return found;
    },
    asked: (ask) =>
      backend.asked.filter(
        (request): request is Extract<Request, { ask: typeof ask }> => request.ask === ask,
      ),
  };
}

export function named(elements: HTMLElement[], profile: string): HTMLElement {
  const found = elements.find((element) => element.dataset.profileName === profile);
  if (!found) throw new Error(`no element of ${profile}`);
  return found;
}
