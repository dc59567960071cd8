/** Figures of one span of time by name; a name that is missing counts none. */
export interface Bucket<K extends string> {
  readonly at: string;
  readonly values: Readonly<Partial<Record<K, number>>>;
}

/** A row of a chart: the instant, and a number for every name. */
export type ChartRow<K extends string> = { readonly at: string } & Readonly<Record<K, number>>;

/**
 * Every span between the first and the last, also those that the answer leaves out because nothing happened: a gap in time
 * is drawn as one. Figures of the same span are added.
 * @param stepSeconds how long a span is
 * @param most how many spans are drawn at the most; the newest are kept
 */
export function fillBuckets<K extends string>(
  buckets: readonly Bucket<K>[],
  names: readonly K[],
  stepSeconds: number,
  most = 1_000,
): readonly ChartRow<K>[] {
  const step = stepSeconds * 1_000;
  const sums = new Map<number, Record<K, number>>();
  for (const { at, values } of buckets) {
    const start = Math.floor(Date.parse(at) / step) * step;
    const sum = sums.get(start) ?? zeros(names);
    for (const name of names) sum[name] += values[name] ?? 0;
    sums.set(start, sum);
  }
  if (sums.size === 0) return [];
  const last = Math.max(...sums.keys());
  const first = Math.max(Math.min(...sums.keys()), last - (most - 1) * step);
  const starts = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);
  return starts.map((start) => ({ at: new Date(start).toISOString(), ...(sums.get(start) ?? zeros(names)) }));
}

function zeros<K extends string>(names: readonly K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
}

/** The sum of each name over all rows. */
export function totals<K extends string>(rows: readonly ChartRow<K>[], names: readonly K[]): Record<K, number> {
  const sums = zeros(names);
  for (const row of rows) for (const name of names) sums[name] += row[name];
  return sums;
}

/** The row in which most happened, or undefined where nothing did. */
export function peak<K extends string>(rows: readonly ChartRow<K>[], names: readonly K[]): ChartRow<K> | undefined {
  const sum = (row: ChartRow<K>) => names.reduce((all, name) => all + row[name], 0);
  const best = rows.reduce<ChartRow<K> | undefined>(
    (high, row) => (high === undefined || sum(row) > sum(high) ? row : high),
    undefined,
  );
  return best === undefined || sum(best) === 0 ? undefined : best;
}
