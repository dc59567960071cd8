import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics, type Metrics } from './metrics.js';
import { LABELS, labelTable, OTHER, SERIES, seriesTable, spellingOf } from './series.js';

const PLATFORMS = ['one', 'two'];

function registry(): Metrics {
  const metrics = createMetrics();
  metrics.allow('platform', PLATFORMS);
  return metrics;
}

const lines = async (metrics: Metrics, name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

describe('labels', () => {
  it('of every series come from a declared list, and none leads to a tenant, an app or a store', () => {
    for (const [name, { labels }] of Object.entries(SERIES))
      for (const label of labels) expect([name, LABELS[label].length > 0]).toEqual([name, true]);
    const spelt = Object.keys(LABELS).map((label) => spellingOf(label as keyof typeof LABELS));
    expect(spelt.filter((label) => /tenant|app|store|shop|account|id$/i.test(label))).toEqual([]);
  });

  it('become `other` for whatever is not in the list: 10,000 hostile values add one series', async () => {
    const metrics = registry();
    metrics.allow('route', ['/v1/orders']);
    for (let at = 0; at < 10_000; at += 1) {
      const hostile = randomBytes(8).toString('base64');
      const labels = { platform: hostile, operation: hostile, callOutcome: hostile };
      metrics.observe('shopspan_platform_call_duration_seconds', labels, 1);
      metrics.observe(
        'shopspan_http_request_duration_seconds',
        { route: hostile, method: hostile, status: hostile },
        1,
      );
      metrics.count('shopspan_refresh_failures_total', { platform: hostile, code: hostile });
    }
    for (const name of [
      'shopspan_platform_call_duration_seconds_count',
      'shopspan_http_request_duration_seconds_count',
      'shopspan_refresh_failures_total',
    ]) {
      const found = await lines(metrics, name);
      expect([name, found.length]).toEqual([name, 1]);
      expect(found[0]).toContain(`"${OTHER}"`);
    }
  });

  it('keep values that are in the list', async () => {
    const metrics = registry();
    metrics.count('shopspan_webhook_deliveries_total', { platform: 'two', delivery: 'refused' });
    expect(await lines(metrics, 'shopspan_webhook_deliveries_total')).toEqual([
      'shopspan_webhook_deliveries_total{platform="two",outcome="refused"} 1',
    ]);
  });
});

describe('gauges that are read', () => {
  const inbox = (value: number) =>
    ({ name: 'shopspan_webhook_inbox_waiting', labels: { platform: 'one' }, value }) as const;

  it('are read once for several who look, and are absent, not old, when their source fails', async () => {
    const metrics = registry();
    let reads = 0;
    let fails = false;
    metrics.read({
      name: 'database',
      gauges: ['shopspan_webhook_inbox_waiting'],
      async read() {
        reads += 1;
        if (fails) throw new Error('away');
        return [inbox(reads)];
      },
    });
    await Promise.all([metrics.text(), metrics.text()]);
    await metrics.text();
    expect(reads).toBe(1);
    expect(await lines(metrics, 'shopspan_webhook_inbox_waiting{')).toHaveLength(1);
    const other = registry();
    fails = true;
    other.read({
      name: 'database',
      gauges: ['shopspan_webhook_inbox_waiting'],
      read: () => Promise.reject(new Error('away')),
    });
    expect(await lines(other, 'shopspan_webhook_inbox_waiting{')).toEqual([]);
    expect(await lines(other, 'shopspan_source_readable')).toEqual(['shopspan_source_readable{source="database"} 0']);
  });

  it('without labels say nothing before anybody has read them', async () => {
    expect(await lines(registry(), 'shopspan_audit_holds')).toEqual([]);
  });
});

describe('what is written about them', () => {
  /** Every name in an expression that looks like a series. */
  const namesIn = (text: string): string[] => text.match(/\b(?:shopspan|nodejs|process)_[a-z0-9_]+/g) ?? [];
  const known = async (): Promise<ReadonlySet<string>> => {
    const types = [...(await registry().text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    return new Set(
      types.flatMap(([, name = '', kind]) =>
        kind === 'histogram' ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    );
  };

  it('in docs/monitoring.md is what the code says', async () => {
    const text = await readFile('docs/monitoring.md', 'utf8');
    expect(text).toContain(seriesTable().trimEnd());
    expect(text).toContain(labelTable().trimEnd());
  });

  it('in the rules and the dashboard exists', async () => {
    const rules = z
      .object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })) })
      .parse(parse(await readFile('docs/monitoring/alert-rules.yml', 'utf8')));
    const dashboard = z
      .object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) })
      .parse(JSON.parse(await readFile('docs/monitoring/grafana-dashboard.json', 'utf8')));
    const expressions = [
      ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    expect(expressions.length).toBeGreaterThan(25);
    const names = await known();
    for (const expression of expressions) {
      expect(namesIn(expression).length, expression).toBeGreaterThan(0);
      expect(namesIn(expression).filter((name) => !names.has(name))).toEqual([]);
    }
    for (const name of Object.keys(SERIES))
      expect(
        expressions.some((one) => one.includes(name)),
        name,
      ).toBe(true);
  });

  it('names labels that the series have, with values that they can have', async () => {
    const texts = await Promise.all(
      ['docs/monitoring/alert-rules.yml', 'docs/monitoring/grafana-dashboard.json'].map((file) =>
        readFile(file, 'utf8'),
      ),
    );
    const matchers = texts.flatMap((text) => [...text.matchAll(/(shopspan_\w+?)(?:_count|_bucket|_sum)?\{([^}]*)\}/g)]);
    expect(matchers.length).toBeGreaterThan(2);
    for (const [, series = '', matcher = ''] of matchers)
      for (const [, spelt, value = ''] of matcher.matchAll(/(\w+)=\\?"([^"\\]*)\\?"/g)) {
        const { labels } = SERIES[series as keyof typeof SERIES];
        const label = labels.find((one) => spellingOf(one) === spelt);
        expect([series, spelt, label !== undefined && (LABELS[label] as readonly string[]).includes(value)]).toEqual([
          series,
          spelt,
          true,
        ]);
      }
  });
});
