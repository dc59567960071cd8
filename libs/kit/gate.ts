/** Lets so many in at a time; the others wait in the order in which they came. */
export interface Gate {
  /** Those inside and those waiting. */
  readonly busy: () => number;
  /**
   * Waits for a place; the returned function gives it back.
   * @throws what `signal` was aborted with, for one who has not come in yet
   */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = (): void => {
    // The place passes to the one who waits: as many are inside as before.
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return {
    busy: () => inside + waiting.length,
    async enter(signal) {
      signal.throwIfAborted();
      if (inside < places) inside += 1;
      else await waitIn(waiting, signal);
      return once(leave);
    },
  };
}

function waitIn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const comeIn = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = (): void => {
      waiting.splice(waiting.indexOf(comeIn), 1);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    waiting.push(comeIn);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

// Giving a place back twice would let two in.
function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
