import { useSyncExternalStore } from 'react';

interface Clock {
  readonly subscribe: (changed: () => void) => () => void;
  readonly read: () => number;
}

/** One timer for everybody who shows the same clock; none while nobody does. */
function makeClock(everyMs: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(changed) {
      listeners.add(changed);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
      }
      return () => {
        listeners.delete(changed);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => now,
  };
}

const seconds = makeClock(1_000);
const tenSeconds = makeClock(10_000);

/** The time, as exact as a second: for what counts. */
export const useSecond = (): number => useSyncExternalStore(seconds.subscribe, seconds.read);

/** The time, as exact as ten seconds: hundreds of cells that change each second would be unrest. */
export const useTenSeconds = (): number => useSyncExternalStore(tenSeconds.subscribe, tenSeconds.read);
