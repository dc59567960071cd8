/** What one exchange may cost. */
export interface ExchangeLimits {
  /** From the call to the last byte of the answer, name look-up and waiting for a free connection included. */
  readonly deadlineMs: number;
  /** Cap of the answer's body, both as received and decompressed. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Asked at the moment before the first byte is written; what may not leave ends as `aborted`, and was not sent. */
  readonly mayLeave?: () => boolean;
}

/** The end of an exchange from our side: its deadline or the caller's wish, whichever comes first. */
export interface Ending {
  readonly signal: AbortSignal;
  /** Why `signal` fired; `undefined` as long as it has not. */
  cause(): 'timeout' | 'aborted' | undefined;
  /** Ends the exchange unless it may leave. */
  askToLeave(): void;
  /** Whether it was ended before its first byte was written. */
  wasWithheld(): boolean;
  /** To be called when the exchange is over: stops the clock and forgets the caller's signal. */
  release(): void;
}

// Node fires a timer beyond 32 bits at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;
// A timer that comes so late says that this process stood still, not that the other side was slow.
const STOOD_STILL_MS = 100;
const TO_READ_WHAT_ARRIVED_MS = 500;

export function createEnding({ deadlineMs, signal, mayLeave = () => true }: ExchangeLimits): Ending {
  const controller = new AbortController();
  let cause: 'timeout' | 'aborted' | undefined;
  let withheld = false;
  const end = (why: 'timeout' | 'aborted') => {
    cause ??= why;
    controller.abort();
  };
  const onAbort = () => end('aborted');
  const dueAt = performance.now() + deadlineMs;
  // After a stop, timers run before what arrived meanwhile is read: an answer that is there is not given up for that.
  const timeout = () => end('timeout');
  const onDeadline = () => {
    // Two turns of the loop read what lies in a socket, and take it apart.
    if (performance.now() - dueAt < STOOD_STILL_MS) setImmediate(() => setImmediate(timeout));
    else timer = setTimeout(timeout, TO_READ_WHAT_ARRIVED_MS);
  };
  let timer = setTimeout(onDeadline, Math.min(deadlineMs, LONGEST_TIMER_MS));
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) end('aborted');
  else if (!(deadlineMs > 0)) end('timeout');
  return {
    signal: controller.signal,
    cause: () => cause,
    askToLeave() {
      if (mayLeave()) return;
      withheld = true;
      end('aborted');
    },
    wasWithheld: () => withheld,
    release() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
