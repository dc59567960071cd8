import { withinTime } from '../within-time.js';
import type { Sample } from './series.js';

/** Where gauges are read from, all at once. */
export interface GaugeSource {
  readonly name: 'database' | 'queue';
  /** The gauges it has, and nobody else. */
  readonly gauges: readonly Sample['name'][];
  readonly read: () => Promise<readonly Sample[]>;
}

interface Sink {
  /** Takes the values of gauges away. */
  readonly begin: (names: readonly Sample['name'][]) => void;
  readonly set: (sample: Sample) => void;
  /** Milliseconds that only run forward. */
  readonly now: () => number;
}

const KEEP_MS = 10_000;
// Who scrapes waits about ten seconds; what hangs must not take the other series with it.
const PATIENCE_MS = 2_000;

/** Reads sources for whoever looks, seldom enough that looking is cheap. What cannot be read is absent, and said to be. */
export function createSources(sink: Sink): { add(source: GaugeSource): void; refresh(): Promise<void> } {
  const readers: (() => Promise<void>)[] = [];
  return {
    add: (source) => void readers.push(createReader(source, sink)),
    async refresh() {
      await Promise.all(readers.map((read) => read()));
    },
  };
}

function createReader({ name, gauges, read }: GaugeSource, { begin, set, now }: Sink): () => Promise<void> {
  let readAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  async function readAll(): Promise<void> {
    const samples = await withinTime(PATIENCE_MS, read()).catch(() => undefined);
    begin(gauges);
    for (const sample of samples ?? []) set(sample);
    set({ name: 'shopspan_source_readable', labels: { source: name }, value: samples === undefined ? 0 : 1 });
    // A source that failed is asked again by the next who looks.
    if (samples !== undefined) readAt = now();
  }

  return async () => {
    if (now() - readAt < KEEP_MS) return;
    underWay ??= readAll().finally(() => (underWay = undefined));
    await underWay;
  };
}
