import { Stack } from '@mantine/core';
import { type PlatformDetail, platformDetail } from '#operator-api';
import { useLive } from '../../api/live.js';
import { Facts } from '../../parts/facts.js';
import { Page, Section } from '../../parts/page.js';
import { Outside, Place } from '../../parts/place.js';
import { Answered, Empty } from '../../parts/problem.js';
import { Badge, StateBadge } from '../../parts/state-badge.js';
import { availabilityWords } from '../../words/health.js';
import { count, percent } from '../../words/numbers.js';
import { pathOf, queryOf } from '../../words/safe-url.js';
import { CallsChart, LatencyChart } from './platform-charts.js';
import { OperationsTable } from './operations-table.js';
import { ErrorClasses, StopNote, Sunset } from './platform-parts.js';

/** One platform: how it answered in the last day, and what it can do. */
export default function PlatformScreen({ id }: { readonly id: string }) {
  const asked = useLive(platformDetail, pathOf`/ops/platforms/${id}`);
  return (
    <Page title={asked.data?.name ?? 'Platform'} lead="As seen from here, the last 24 hours.">
      <Answered asked={asked}>{(platform) => <Everything platform={platform} />}</Answered>
    </Page>
  );
}

function Everything({ platform }: { readonly platform: PlatformDetail }) {
  return (
    <Stack gap="md">
      <Overview platform={platform} />
      <div className="columns">
        <CallsChart spans={platform.spans} />
        <LatencyChart spans={platform.spans} />
      </div>
      <OperationsTable operations={platform.operations} />
    </Stack>
  );
}

function Overview({ platform }: { readonly platform: PlatformDetail }) {
  const { availability, budgetUsed, stores, webhooks, limits, docs } = platform;
  return (
    <div className="columns">
      <Section title="Now" aside={<Badge words={availabilityWords(availability)} />}>
        <StopNote stop={platform.stop} />
        <Facts
          facts={[
            ['Availability, 24 h', availability === null ? 'no calls' : percent(availability)],
            [
              'Call budget used',
              budgetUsed === null
                ? 'none told'
                : `mean ${percent(budgetUsed.mean)}, worst ${percent(budgetUsed.worst)} of ${count(budgetUsed.stores)} stores`,
            ],
            ['API version', <Sunset row={platform} />],
            ['Errors, 24 h', <ErrorClasses errors={platform.errors} />],
            ['Documentation', <Outside url={docs} />],
            ['Webhooks', `${webhooks.supported ? 'yes' : 'no'}${webhooks.note === null ? '' : `: ${webhooks.note}`}`],
          ]}
        />
      </Section>
      <Section
        title={`Stores: ${count(stores.total)}`}
        aside={<Place to={`/stores${queryOf({ platform: platform.id })}`}>Show them</Place>}
      >
        <StateCounts states={stores.states} />
        {limits.length === 0 ? null : (
          <ul className="scopes limits">
            {limits.map(({ kind, why }) => (
              <li key={kind}>
                <strong>{kind}</strong> <span className="break">{why}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

function StateCounts({ states }: { readonly states: PlatformDetail['stores']['states'] }) {
  const entries = Object.entries(states).filter(([, amount]) => amount > 0);
  if (entries.length === 0) return <Empty title="No store is connected" />;
  return (
    <ul className="scopes">
      {entries.map(([state, amount]) => (
        <li key={state}>
          <StateBadge state={state} />
          <span>{count(amount)}</span>
        </li>
      ))}
    </ul>
  );
}
