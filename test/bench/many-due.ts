import { setTimeout as delay } from 'node:timers/promises';
import { endRound, type Ground, runRound } from './throughput.js';

/** What became of stores that were all due at once, as after an outage of ours. */
export interface ManyDue {
  readonly stores: number;
  readonly seconds: number;
  readonly stillDue: number;
  /** Of those whose token had five minutes left and more when the outage ended, how many ran out. */
  readonly ranOutThatHadFiveMinutes: number;
  /** Of all that were renewed, the part that came after one whose token had a minute more to live. */
  readonly outOfOrder: number;
}

/** Makes so many due at once, their tokens with up to half an hour left, and watches for at most so many seconds. */
export async function manyDue(ground: Ground, stores: number, seconds: number): Promise<ManyDue> {
  const { sql } = ground.fleet;
  await sql(
    `UPDATE credentials c SET due_at = now(), access_expires_at = now() + random() * interval '30 minutes'
     FROM stores s WHERE s.id = c.store_id AND s.platform_id::int < $1`,
    [stores],
  );
  await sql(
    'CREATE TABLE were_due AS SELECT id, version, access_expires_at AS ends, now() AS since FROM credentials WHERE due_at <= now()',
  );
  await sql('VACUUM ANALYZE credentials');
  const countDue = async (): Promise<number> => {
    const [row] = await sql(
      'SELECT count(*)::int AS due FROM were_due w JOIN credentials c USING (id) WHERE c.version = w.version',
    );
    return Number(row?.['due']);
  };
  const { seconds: took } = await runRound(ground, 'product', seconds, async () => {
    await delay(1000);
    return (await countDue()) === 0;
  });
  const stillDue = await countDue();
  const [row] = await sql(
    `WITH renewed AS (
       SELECT w.ends, max(w.ends) OVER (ORDER BY c.last_refreshed_at ROWS UNBOUNDED PRECEDING) AS latest
       FROM were_due w JOIN credentials c USING (id) WHERE c.version > w.version
     )
     SELECT (SELECT count(*)::int FROM were_due w JOIN credentials c USING (id) WHERE w.ends >= w.since + interval '5 minutes'
         AND coalesce(CASE WHEN c.version > w.version THEN c.last_refreshed_at END, now()) > w.ends) AS ran_out,
       (SELECT (count(*) FILTER (WHERE latest > ends + interval '1 minute'))::float8 / greatest(count(*), 1) FROM renewed) AS out_of_order`,
  );
  await endRound(ground);
  await sql('DROP TABLE were_due');
  return {
    stores,
    seconds: Number(took.toFixed(1)),
    stillDue,
    ranOutThatHadFiveMinutes: Number(row?.['ran_out']),
    outOfOrder: Number(Number(row?.['out_of_order']).toFixed(4)),
  };
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How the database finds the hundred most urgent when every store is due. */
export async function claimPlan({ fleet }: Ground): Promise<{ readonly rowsRead: number; readonly sorts: number }> {
  const { sql } = fleet;
  await sql("UPDATE credentials SET due_at = now(), access_expires_at = now() + random() * interval '30 minutes'");
  await sql('VACUUM ANALYZE credentials');
  const [found] = await sql("SELECT prosrc FROM pg_proc WHERE proname = 'claim_due_credentials'");
  const body = String(found?.['prosrc'])
    .replaceAll(/\bclaimer\b/g, "'plan'")
    .replaceAll(/\bbatch\b/g, '100')
    .replaceAll(/\blease_seconds\b/g, '0')
    .replaceAll(/\bexcept_platforms\b/g, "'{}'::text[]");
  const [row] = await sql(`EXPLAIN (ANALYZE, FORMAT JSON) ${body}`);
  const [{ Plan: plan }] = row?.['QUERY PLAN'] as readonly [{ readonly Plan: PlanNode }];
  const nodes: PlanNode[] = [];
  const walk = (node: PlanNode): void => {
    nodes.push(node);
    for (const one of node.Plans ?? []) walk(one);
  };
  walk(plan);
  await sql(
    "UPDATE credentials SET due_at = now() + interval '12 hours', lease_owner = NULL, lease_until = NULL, attempt = 0",
  );
  await sql('VACUUM ANALYZE credentials');
  const read = (node: PlanNode): number => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  return { rowsRead: Math.max(...nodes.map(read)), sorts: nodes.filter((node) => node['Node Type'] === 'Sort').length };
}
