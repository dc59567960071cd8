const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl-C arrives several times: from the terminal, from npm and from the start script. */
const SAME_REQUEST_MS = 1_000;

export interface StopRequest {
  /** Aborted when somebody asks this process to stop, or when its parent has gone. */
  readonly signal: AbortSignal;
  /** Aborted when somebody asks again: do not wait any longer. */
  readonly insisted: AbortSignal;
}

/** Listens for the rest of this process's life. */
export function awaitStopRequest(now: () => number = () => performance.now()): StopRequest {
  const [asked, insisted] = [new AbortController(), new AbortController()];
  let first: number | undefined;
  const ask = (): void => {
    first ??= now();
    asked.abort();
    if (now() - first > SAME_REQUEST_MS) insisted.abort();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  // Sent when the process that started this one has gone, even by kill -9.
  process.once('disconnect', ask);
  // Listening must not keep a finished launcher alive.
  process.channel?.unref();
  return { signal: asked.signal, insisted: insisted.signal };
}
