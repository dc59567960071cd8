import { BarChart } from '@mantine/charts';
import { useId } from 'react';
import { type Bucket, type ChartRow, fillBuckets, peak, totals } from '../words/buckets.js';
import { count, counted } from '../words/numbers.js';
import { ChartCard } from './chart-card.js';
import { Legend, patternId, Patterns, type Series } from './pattern.js';

interface StackedBarsProps<K extends string> {
  readonly title: string;
  /** What one bar counts, such as `renewal`. */
  readonly noun: string;
  readonly buckets: readonly Bucket<K>[];
  /** How long a span of time is. */
  readonly stepSeconds: number;
  readonly series: readonly Series<K>[];
  /** How a span of time is named on the axis. */
  readonly tick: (at: string) => string;
  /** Heading of the column that names it. */
  readonly spanName: string;
}

/** What happened in each span of time, by kind, one upon the other; told apart by fill as well as by colour. */
export function StackedBars<K extends string>(props: StackedBarsProps<K>) {
  const { title, noun, series, tick, spanName } = props;
  const prefix = useId();
  const names = series.map(({ name }) => name);
  const rows = fillBuckets(props.buckets, names, props.stepSeconds);
  const columns = [
    { key: 'at', head: spanName, cell: (row: ChartRow<K>) => <time dateTime={row.at}>{tick(row.at)}</time> },
    ...series.map(({ name, label }) => ({
      key: name,
      head: label,
      numeric: true,
      cell: (row: ChartRow<K>) => count(row[name]),
    })),
  ];
  const data = rows.map((row) => ({ ...row, at: tick(row.at) }));
  return (
    <ChartCard
      title={title}
      summary={summaryOf(rows, series, noun, tick)}
      columns={columns}
      rows={rows}
      rowKey={({ at }) => at}
      legend={<Legend prefix={prefix} series={series} />}
      chart={
        <BarChart
          h={240}
          data={data}
          dataKey="at"
          type="stacked"
          series={series.map(({ name, label, colour }) => ({ name, label, color: colour }))}
          barProps={({ name }) => ({ fill: `url(#${patternId(prefix, name)})` })}
          barChartProps={{ accessibilityLayer: false }}
          valueFormatter={count}
          yAxisProps={{ allowDecimals: false, width: 44 }}
          xAxisProps={{ minTickGap: 24 }}
          tooltipAnimationDuration={0}
        >
          <Patterns prefix={prefix} series={series} />
        </BarChart>
      }
    />
  );
}

function summaryOf<K extends string>(
  rows: readonly ChartRow<K>[],
  series: readonly Series<K>[],
  noun: string,
  tick: (at: string) => string,
): string {
  const names = series.map(({ name }) => name);
  const sums = totals(rows, names);
  const all = names.reduce((sum, name) => sum + sums[name], 0);
  const most = peak(rows, names);
  if (most === undefined) return `No ${noun}s.`;
  const parts = series.filter(({ name }) => sums[name] > 0).map(({ name, label }) => `${label}: ${count(sums[name])}`);
  const height = names.reduce((sum, name) => sum + most[name], 0);
  return `${counted(all, noun)}. ${parts.join(', ')}. Most at ${tick(most.at)}: ${count(height)}.`;
}
