// One request at a time, for a field that asks at each keystroke. Not a delay: the first is sent at once.

/** While an answer is awaited only the newest text is kept, so that answers cannot overtake each other. */
export function latest(send: (text: string) => Promise<unknown>): (text: string) => void {
  let isAwaited = false;
  let next: string | null = null;

  async function run(text: string): Promise<void> {
    isAwaited = true;
    await send(text);
    isAwaited = false;
    if (next === null) return;
    const newest = next;
    next = null;
    void run(newest);
  }

  return (text) => {
    if (isAwaited) next = text;
    else void run(text);
  };
}
