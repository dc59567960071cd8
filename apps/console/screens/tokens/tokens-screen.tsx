import { Stack } from '@mantine/core';
import { type REFRESH_OUTCOMES, type Tokens, tokens, type WhoActs } from '#operator-api';
import { useLive } from '../../api/live.js';
import { Figure } from '../../parts/facts.js';
import { Page } from '../../parts/page.js';
import type { Series } from '../../parts/pattern.js';
import { Answered } from '../../parts/problem.js';
import { StackedBars } from '../../parts/stacked-bars.js';
import { WHO } from '../../words/health.js';
import { count } from '../../words/numbers.js';
import { span } from '../../words/relative-time.js';
import { DeathsTable, FailuresTable } from './tokens-tables.js';

const minuteOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
// Days are UTC's, as the gateway counts them.
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const minuteTick = (at: string): string => minuteOfDay.format(new Date(at));
const dayTick = (at: string): string => dayOfYear.format(new Date(at));

const BY_MINUTE = { stepSeconds: 60, tick: minuteTick, spanName: 'Minute' } as const;
const BY_DAY = { stepSeconds: 86_400, tick: dayTick, spanName: 'Day (UTC)' } as const;

const DUE: readonly Series<'count'>[] = [
  { name: 'count', label: 'Renewals due', colour: 'var(--chart-1)', fill: 'plain' },
];
const DEATHS: readonly Series<WhoActs>[] = [
  { name: 'you', label: WHO.you.word, colour: 'var(--chart-bad)', fill: 'plain' },
  { name: 'merchant', label: WHO.merchant.word, colour: 'var(--chart-warn)', fill: 'stripes' },
  { name: 'nobody', label: WHO.nobody.word, colour: 'var(--chart-1)', fill: 'dots' },
];
const OUTCOMES: readonly Series<(typeof REFRESH_OUTCOMES)[number]>[] = [
  { name: 'ok', label: 'Renewed', colour: 'var(--chart-good)', fill: 'plain' },
  { name: 'refused', label: 'Refused', colour: 'var(--chart-bad)', fill: 'stripes' },
  { name: 'unavailable', label: 'No answer', colour: 'var(--chart-warn)', fill: 'dots' },
  { name: 'other', label: 'Other', colour: 'var(--chart-other)', fill: 'grid' },
];

/** When credentials fall due, how renewals go, and what dies if nobody acts. */
export default function TokensScreen() {
  const asked = useLive(tokens, '/ops/tokens');
  return (
    <Page title="Tokens" lead="Renewals, and connections that end if nobody acts.">
      <Answered asked={asked}>{(data) => <Everything data={data} />}</Answered>
    </Page>
  );
}

function Everything({ data }: { readonly data: Tokens }) {
  const { renewing } = data;
  return (
    <Stack gap="md">
      <div className="figures">
        <Figure value={count(renewing.total)} label="Credentials that renew" />
        <Figure value={count(renewing.due)} label="Due now" />
        <Figure value={span(renewing.oldestDueSeconds)} label="The longest has waited" />
      </div>
      <div className="columns">
        <StackedBars
          title="Renewals by minute, last two hours"
          noun="renewal"
          buckets={data.refreshes.map(({ at, outcomes }) => ({ at, values: outcomes }))}
          series={OUTCOMES}
          {...BY_MINUTE}
        />
        <StackedBars
          title="Renewals that fall due, next hour"
          noun="renewal"
          buckets={data.due.map(({ at, count: amount }) => ({ at, values: { count: amount } }))}
          series={DUE}
          {...BY_MINUTE}
        />
        <StackedBars
          title="Connections that end, next 90 days"
          noun="connection"
          buckets={data.deaths.map(({ at, who, count: amount }) => ({ at, values: { [who]: amount } }))}
          series={DEATHS}
          {...BY_DAY}
        />
        <FailuresTable failures={data.failures} />
      </div>
      <DeathsTable deaths={data.nextDeaths} />
    </Stack>
  );
}
