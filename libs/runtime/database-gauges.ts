import { HEALTH_REASONS, isHealthReason } from '#contract';
import type { Metrics, Sample } from '#observability';
import { type Database, listTicks, type Overview, readOverview, type TickRow } from '#persistence';

type Source = Parameters<Metrics['read']>[0];

/** The gauges that are read from the database, all at once. */
export function databaseGauges(database: Database, metrics: Pick<Metrics, 'allow'>): Source {
  return {
    name: 'database',
    gauges: [
      ...(['shopspan_stores', 'shopspan_credentials', 'shopspan_credentials_oldest_overdue_seconds'] as const),
      ...(['shopspan_webhook_inbox_waiting', 'shopspan_webhook_inbox_oldest_seconds'] as const),
      ...(['shopspan_tick_age_seconds', 'shopspan_tick_period_seconds'] as const),
      ...(['shopspan_audit_entries', 'shopspan_audit_holds'] as const),
    ],
    async read() {
      const [overview, ticks] = await Promise.all([readOverview(database), listTicks(database)]);
      // Only workers write that table, and its names are job names of ours.
      metrics.allow(
        'tick',
        ticks.map(({ name }) => name),
      );
      return [...overviewSamples(overview), ...ticks.flatMap(tickSamples)];
    },
  };
}

function overviewSamples({ stores, credentials, inbox, audit }: Overview): Sample[] {
  return [
    ...storeSamples(stores),
    ...credentials.flatMap(({ platform, oldestOverdueSeconds, ...counts }): Sample[] => [
      ...(['renewable', 'due', 'overdue', 'dying'] as const).map((kind): Sample => {
        return { name: 'shopspan_credentials', labels: { platform, credentials: kind }, value: counts[kind] };
      }),
      { name: 'shopspan_credentials_oldest_overdue_seconds', labels: { platform }, value: oldestOverdueSeconds },
    ]),
    ...inbox.flatMap(({ platform, waiting, oldestSeconds }): Sample[] => [
      { name: 'shopspan_webhook_inbox_waiting', labels: { platform }, value: waiting },
      { name: 'shopspan_webhook_inbox_oldest_seconds', labels: { platform }, value: oldestSeconds },
    ]),
    { name: 'shopspan_audit_entries', labels: {}, value: audit.entries },
    { name: 'shopspan_audit_holds', labels: {}, value: audit.holds ? 1 : 0 },
  ];
}

/** Several reasons are one series where the same one can act: they are added up. */
function storeSamples(counts: Overview['stores']): Sample[] {
  const sums = new Map<string, Extract<Sample, { readonly name: 'shopspan_stores' }>>();
  for (const { platform, state, reason, stores } of counts) {
    // What a newer version wrote is for its operator to look at.
    const actor = isHealthReason(reason) ? HEALTH_REASONS[reason].actor : 'operator';
    const key = `${platform} ${state} ${actor}`;
    const value = (sums.get(key)?.value ?? 0) + stores;
    sums.set(key, { name: 'shopspan_stores', labels: { platform, state, actor }, value });
  }
  return [...sums.values()];
}

function tickSamples({ name: tick, ageSeconds, everySeconds }: TickRow): Sample[] {
  return [
    { name: 'shopspan_tick_age_seconds', labels: { tick }, value: ageSeconds },
    { name: 'shopspan_tick_period_seconds', labels: { tick }, value: everySeconds },
  ];
}
