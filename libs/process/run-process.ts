/** A running part of the product. */
export interface Running {
  /** What it can be reached at, told to whoever started it. */
  readonly ready: string;
  stop(): Promise<void>;
}

const DRAIN_MS = 25_000;

/**
 * Runs one process of the product: starts it, tells the parent when it is ready, stops it in order on SIGTERM, SIGINT or
 * when the parent has gone, and ends at once on the second signal. What goes wrong at start is one sentence, exit code 1.
 */
export async function runProcess(name: string, start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    stopOnSignal(name, running);
    process.send?.({ ready: true, url: running.ready });
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    if (process.connected) process.disconnect();
    // A half-started part may hold connections open.
    setTimeout(() => process.exit(1), 2000).unref();
  }
}

function stopOnSignal(name: string, running: Running): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(
          `${name}: did not stop in order: ${error instanceof Error ? error.message : String(error)}\n`,
        );
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}
