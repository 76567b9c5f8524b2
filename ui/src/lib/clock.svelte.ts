// The time as components see it, so that "11 h 40 min left" moves by itself. Not a stopwatch.
const ticking = $state({ second: Date.now(), minute: floorMinute(Date.now()) });

export const clock = {
  /** Milliseconds since 1970, once a second. */
  get second(): number {
    return ticking.second;
  },
  /** The same, once a minute: for what need not count seconds. */
  get minute(): number {
    return ticking.minute;
  },
};

/** Returns what stops it. */
export function startClock(): () => void {
  const tick = (): void => {
    ticking.second = Date.now();
    ticking.minute = floorMinute(ticking.second);
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}

function floorMinute(time: number): number {
  return Math.floor(time / 60_000) * 60_000;
}
