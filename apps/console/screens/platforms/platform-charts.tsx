import { LineChart } from '@mantine/charts';
import { type CALL_OUTCOMES, type CallSpan } from '#operator-api';
import { ChartCard } from '../../parts/chart-card.js';
import type { Series } from '../../parts/pattern.js';
import { StackedBars } from '../../parts/stacked-bars.js';
import { milliseconds } from '../../words/numbers.js';

const QUARTER = 900;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const tick = (at: string): string => clock.format(new Date(at));

const OUTCOMES: readonly Series<(typeof CALL_OUTCOMES)[number]>[] = [
  { name: 'ok', label: 'Answered', colour: 'var(--chart-good)', fill: 'plain' },
  { name: 'refused', label: 'Refused', colour: 'var(--chart-bad)', fill: 'stripes' },
  { name: 'rateLimited', label: 'Asked for fewer', colour: 'var(--chart-1)', fill: 'dots' },
  { name: 'unavailable', label: 'No answer', colour: 'var(--chart-warn)', fill: 'grid' },
  { name: 'contract', label: 'Not as documented', colour: 'var(--chart-contract)', fill: 'stripes' },
  { name: 'other', label: 'Other', colour: 'var(--chart-other)', fill: 'dots' },
];

/** How calls ended. */
export function CallsChart({ spans }: { readonly spans: readonly CallSpan[] }) {
  return (
    <StackedBars
      title="Calls by quarter of an hour"
      noun="call"
      buckets={spans.map(({ at, outcomes }) => ({ at, values: outcomes }))}
      stepSeconds={QUARTER}
      series={OUTCOMES}
      tick={tick}
      spanName="From"
    />
  );
}

/** How long calls took. */
export function LatencyChart({ spans }: { readonly spans: readonly CallSpan[] }) {
  const rows = spans.filter(({ calls }) => calls > 0);
  return (
    <ChartCard
      title="Latency"
      summary={latencySummary(rows)}
      rows={rows}
      rowKey={({ at }) => at}
      columns={[
        { key: 'at', head: 'From', cell: ({ at }) => <time dateTime={at}>{tick(at)}</time> },
        { key: 'median', head: 'Median', numeric: true, cell: ({ medianMs }) => milliseconds(medianMs) },
        { key: 'slow', head: '95 of 100', numeric: true, cell: ({ slowMs }) => milliseconds(slowMs) },
      ]}
      legend={<LatencyLegend />}
      chart={
        <LineChart
          h={240}
          data={spans.map(({ at, medianMs, slowMs }) => ({ at: tick(at), medianMs, slowMs }))}
          dataKey="at"
          series={[
            { name: 'medianMs', label: 'Median', color: 'var(--chart-1)' },
            { name: 'slowMs', label: '95 of 100 took no longer', color: 'var(--chart-bad)', strokeDasharray: '5 4' },
          ]}
          curveType="linear"
          withDots={false}
          connectNulls={false}
          valueFormatter={milliseconds}
          lineChartProps={{ accessibilityLayer: false }}
          lineProps={{ isAnimationActive: false }}
          yAxisProps={{ width: 64 }}
          xAxisProps={{ minTickGap: 24 }}
          tooltipAnimationDuration={0}
        />
      }
    />
  );
}

function LatencyLegend() {
  return (
    <ul className="legend">
      <li>
        <svg width="26" height="12" aria-hidden="true">
          <path d="M0 6h26" stroke="var(--chart-1)" strokeWidth="2" />
        </svg>
        Median
      </li>
      <li>
        <svg width="26" height="12" aria-hidden="true">
          <path d="M0 6h26" stroke="var(--chart-bad)" strokeWidth="2" strokeDasharray="5 4" />
        </svg>
        95 of 100 took no longer
      </li>
    </ul>
  );
}

function latencySummary(rows: readonly CallSpan[]): string {
  const last = rows.at(-1);
  const slowest = Math.max(0, ...rows.map(({ slowMs }) => slowMs ?? 0));
  if (last === undefined) return 'No calls.';
  return `Last: median ${milliseconds(last.medianMs)}, 95 of 100 within ${milliseconds(last.slowMs)}. Slowest quarter of an hour: ${milliseconds(slowest)}.`;
}
