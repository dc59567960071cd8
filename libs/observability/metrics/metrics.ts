import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  type GivenLabel,
  LABELS,
  type LabelName,
  type LabelsOf,
  type Of,
  OTHER,
  type Sample,
  SERIES,
  type SeriesName,
  seriesOf,
  spellingOf,
} from './series.js';
import { createSources, type GaugeSource } from './sources.js';

/** What one process has counted, in the words of Prometheus. */
export interface Metrics {
  count<N extends Of<'counter'>>(name: N, labels: LabelsOf<N>): void;
  observe<N extends Of<'histogram'>>(name: N, labels: LabelsOf<N>, seconds: number): void;
  /** Tells the values of a label whose list is known at start only. Whatever is not told becomes `other`. */
  allow(label: GivenLabel, values: readonly string[]): void;
  /** Gauges that are read when somebody looks, and not more often than every ten seconds. */
  read(source: GaugeSource): void;
  readonly contentType: string;
  text(): Promise<string>;
}

/** A registry of its own for each process: nothing is global, so that two can live in one test. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { counters, gauges, histograms } = registerAll(registry);
  const labels = createLabels();
  const set = ({ name, labels: given, value }: Sample): void =>
    gauges.get(name)?.set(labels.bounded(name, given), value);
  const sources = createSources({
    begin: (names) => {
      for (const name of names) {
        const gauge = gauges.get(name);
        if (gauge !== undefined) silence(gauge);
      }
    },
    set,
    now: () => performance.now(),
  });
  return {
    count: (name, given) => counters.get(name)?.inc(labels.bounded(name, given)),
    observe: (name, given, seconds) => histograms.get(name)?.observe(labels.bounded(name, given), seconds),
    allow: (label, values) => labels.allow(label, values),
    read: (source) => sources.add(source),
    contentType: registry.contentType,
    async text() {
      await sources.refresh();
      return await registry.metrics();
    },
  };
}

function registerAll(registry: Registry) {
  const counters = new Map<SeriesName, Counter>();
  const gauges = new Map<SeriesName, Gauge>();
  const histograms = new Map<SeriesName, Histogram>();
  // Object.keys widens to string; the table is a closed constant.
  for (const name of Object.keys(SERIES) as SeriesName[]) {
    const { kind, about, labels, bounds = [] } = seriesOf(name);
    const common = { name, help: about, labelNames: labels.map(spellingOf), registers: [registry] };
    if (kind === 'counter') counters.set(name, new Counter(common));
    else if (kind === 'gauge') gauges.set(name, new Gauge(common));
    else histograms.set(name, new Histogram({ ...common, buckets: [...bounds] }));
  }
  for (const gauge of gauges.values()) silence(gauge);
  return { counters, gauges, histograms };
}

/** Takes all values away. Resetting alone leaves one without labels at 0, which would say that it was read. */
function silence(gauge: Gauge): void {
  gauge.reset();
  gauge.remove({});
}

function createLabels() {
  const told = new Map<string, ReadonlySet<string>>();
  for (const [label, values] of Object.entries(LABELS)) told.set(label, new Set(values === 'given' ? [] : values));
  return {
    allow(label: GivenLabel, values: readonly string[]): void {
      told.set(label, new Set([...(told.get(label) ?? []), ...values]));
    },
    /** Whatever is not in the list of its label becomes `other`. */
    bounded(name: SeriesName, given: Readonly<Partial<Record<LabelName, string>>>): Record<string, string> {
      return Object.fromEntries(
        seriesOf(name).labels.map((label) => {
          const value = given[label] ?? OTHER;
          return [spellingOf(label), told.get(label)?.has(value) === true ? value : OTHER];
        }),
      );
    },
  };
}
