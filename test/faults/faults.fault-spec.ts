import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EUR_SHOP, JPY_SHOP, KWD_SHOP, USD_SHOP } from '../e2e/shopify-way.js';
import { until } from '../e2e/until.js';
import {
  accountOf,
  type Connection,
  connectAll,
  heldUp,
  keepRenewing,
  order,
  redemptions,
  renewedAgain,
  stateOf,
} from './connections.js';
import { emptyQueue, wakeWorkers } from './queue-faults.js';
import { type FaultSystem, startFaultSystem } from './fault-system.js';

const TOKEN_SECONDS = 60;
const MINUTE_TRIES = { everyMs: 250, tries: 360 };
// Slower than the platform's rate limit allows, so that a read never waits for another.
const READING = { everyMs: 1300, tries: 70 };

/** What is printed at the end, as one JSON object. */
const figures: Record<string, number | readonly string[]> = {};
/** Shops with a connection whose only pair was physically lost. */
const unavoidable = new Set<string>();
/** Shops that are left to fall due by themselves. */
const unhurried = new Set<string>([KWD_SHOP]);

let system: FaultSystem;
let connections: readonly Connection[];
beforeAll(async () => {
  system = await startFaultSystem(TOKEN_SECONDS);
  connections = await connectAll(system);
  const rest = keepRenewing(system, connections, unhurried);
  return () => {
    rest();
    return system.stop();
  };
});
afterAll(() => void process.stdout.write(`${JSON.stringify(figures)}\n`));

const at = (shop: string) => connections.filter((one) => one.shop === shop);

/** No refresh token gave two pairs, none was refused but where that could not be helped, and no process died of a fault. */
async function expectNobodyHarmed(): Promise<void> {
  const account = await accountOf(system);
  expect(account.doubleRedemptions).toBe(0);
  expect(account.refusedAt.filter((shop) => !unavoidable.has(shop))).toEqual([]);
  expect(system.died).toEqual([]);
}

describe.concurrent('three workers on one Postgres', () => {
  let killed: () => void = () => undefined;
  const oneIsKilled = new Promise<void>((resolve) => (killed = resolve));

  it('case 4: SIGKILL after the platform redeemed, before the pair was saved', async () => {
    await order(system, USD_SHOP, { kind: 'late', delayMs: 30_000, count: 1 });
    const { worker, connection } = await heldUp(system, connections, USD_SHOP);
    await system.kill(worker);
    const since = performance.now();
    await system.startWorker();
    killed();
    figures['secondsUntilRenewedAfterKill'] = await renewedAgain(system, [connection], 1, since);
    const replayed = (await redemptions(system, USD_SHOP)).filter(({ outcome }) => outcome === 'replayed');
    expect(replayed.length).toBeGreaterThanOrEqual(1);
    await renewedAgain(system, at(USD_SHOP), 2);
    await expectNobodyHarmed();
  });

  it('case 3: SIGSTOP past the lease, another renews, SIGCONT: its late answer changes nothing', async () => {
    await oneIsKilled;
    await order(system, EUR_SHOP, { kind: 'late', delayMs: 8000, count: 1 });
    const { worker, connection } = await heldUp(system, connections, EUR_SHOP);
    worker.signal('SIGSTOP');
    const late = () =>
      worker.lines.filter((line) => line.includes(connection.id) && /token (superseded|postponed|renewed)/.test(line));
    const before = late().length;
    // The pair that the late answer carries is two generations old by then.
    await renewedAgain(system, [connection], 2);
    const { version } = await stateOf(system, connection);
    worker.signal('SIGCONT');
    await until('what became of the late answer', () => late().length > before, MINUTE_TRIES);
    expect(late()[before]).toMatch(/token (superseded|postponed)/);
    expect((await stateOf(system, connection)).version).toBeGreaterThanOrEqual(version);
    await renewedAgain(system, at(EUR_SHOP), 2);
    await expectNobodyHarmed();
  });

  it('cases 2 and 6: answers after 40 s, after 11 s, and cut in the middle', async () => {
    const since = performance.now();
    for (const fault of [
      { kind: 'late', delayMs: 40_000, count: 1 },
      { kind: 'slow', delayMs: 11_000, count: 1 },
      { kind: 'reset', count: 1 },
    ]) {
      const attempts = (await redemptions(system, JPY_SHOP)).length;
      await order(system, JPY_SHOP, fault);
      await until(
        'a call to the slow shop',
        async () => (await redemptions(system, JPY_SHOP)).length > attempts + 2,
        MINUTE_TRIES,
      );
    }
    figures['secondsOfSlowAndLostAnswers'] = await renewedAgain(system, at(JPY_SHOP), 2, since);
    const replayed = (await redemptions(system, JPY_SHOP)).filter(({ outcome }) => outcome === 'replayed');
    expect(replayed.length).toBeGreaterThanOrEqual(2);
    await expectNobodyHarmed();
  });

  it('case 11: a token endpoint that is down for half of what a token has left is not felt by readers', async () => {
    const stores = at(KWD_SHOP);
    await order(system, KWD_SHOP, { kind: 'status', status: 503 });
    const failed = async () =>
      await system.sql('SELECT 1 FROM credentials WHERE store_id = ANY ($1::uuid[]) AND last_error_code IS NOT NULL', [
        stores.map(({ id }) => id),
      ]);
    const reads = async () => {
      const answers = await Promise.all(
        stores.map(({ api, publicId }) => api.get(`/v1/orders?store=${publicId}&limit=1`)),
      );
      expect(answers.map(({ status }) => status)).toEqual(stores.map(() => 200));
      return true;
    };
    await until(
      'a renewal of each that failed',
      async () => (await reads()) && (await failed()).length === stores.length,
      READING,
    );
    const downSince = performance.now();
    await until(
      'a quarter of a minute',
      async () => (await reads()) && performance.now() - downSince > 15_000,
      READING,
    );
    const before = await Promise.all(stores.map((one) => stateOf(system, one)));
    await system.control('DELETE', `/control/faults/${KWD_SHOP}`);
    await until(
      'each is renewed',
      async () => {
        await reads();
        const now = await Promise.all(stores.map((one) => stateOf(system, one)));
        return now.every(({ version }, index) => version > (before[index]?.version ?? 0));
      },
      READING,
    );
    figures['secondsFromOutageUntilRenewed'] = (performance.now() - downSince) / 1000;
    await expectNobodyHarmed();
  });
});

describe('what all workers share', () => {
  it('cases 1 and 52: work that all of them are told to do at once, many times over, is done once', async () => {
    const { refreshes } = await accountOf(system);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        renewedAgain(
          system,
          connections.filter(({ shop }) => !unhurried.has(shop)),
        ),
        wakeWorkers(system, 60),
      ]);
    }
    expect((await accountOf(system)).refreshes).toBeGreaterThan(refreshes);
    await expectNobodyHarmed();
  });

  it('case 51: a queue that is emptied costs seconds', async () => {
    unhurried.clear();
    await renewedAgain(system, connections);
    const since = performance.now();
    await emptyQueue(system);
    figures['secondsUntilAllRenewedAfterQueueEmptied'] = await renewedAgain(system, connections, 2, since);
    await until('the workers are known to work', async () => (await fetch(`${system.url}/readyz`)).ok, MINUTE_TRIES);
    await expectNobodyHarmed();
  });

  it('case 56: Postgres ends at once while the only pair of a strict platform is under way', async () => {
    await system.control('PUT', '/control/settings', { strictHosts: [JPY_SHOP] });
    await order(system, JPY_SHOP, { kind: 'late', delayMs: 5000, count: 2 });
    await heldUp(system, connections, JPY_SHOP);
    const downAt = performance.now();
    await system.crashPostgres(async () => {
      // The answers come while nothing can be saved.
      await until('the answers have come', () => performance.now() - downAt > 6000);
      const ready = await fetch(`${system.url}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([
        503,
        expect.objectContaining({ database: expect.objectContaining({ state: 'away', words: 'does not answer' }) }),
      ]);
      const [{ api, publicId } = { api: undefined, publicId: '' }] = at(USD_SHOP);
      const problem = await api?.problem('GET', `/v1/orders?store=${publicId}&limit=1`);
      expect([problem?.status, problem?.code]).toEqual([503, 'database_unavailable']);
    });
    const since = performance.now();
    const [reader] = at(USD_SHOP);
    await until(
      'reads work again',
      async () => (await reader?.api.get(`/v1/orders?store=${reader.publicId}&limit=1`))?.status === 200,
      MINUTE_TRIES,
    );
    figures['secondsUntilReadableAfterCrash'] = (performance.now() - since) / 1000;
    figures['secondsUntilAllRenewedAfterCrash'] = await renewedAgain(system, connections, 2, since);
    await expectNobodyHarmed();
    await system.control('PUT', '/control/settings', { strictHosts: [] });
  });

  it('case 5: the only answer of a strict platform is lost: told within a minute, once, and nobody calls again', async () => {
    await system.control('PUT', '/control/settings', { strictHosts: [KWD_SHOP] });
    unavoidable.add(KWD_SHOP);
    await order(system, KWD_SHOP, { kind: 'reset', count: 1 });
    const since = performance.now();
    const lost = () => Promise.all(at(KWD_SHOP).map(async (one) => ({ one, now: await stateOf(system, one) })));
    const flagged = async () => (await lost()).filter(({ now }) => now.status === 'needsReauth');
    await until('one is flagged', async () => (await flagged()).length > 0, MINUTE_TRIES);
    figures['secondsUntilLossWasFlagged'] = (performance.now() - since) / 1000;
    expect(figures['secondsUntilLossWasFlagged']).toBeLessThan(60);
    const refused = async () =>
      (await redemptions(system, KWD_SHOP)).filter(({ outcome }) => outcome === 'refused').length;
    const calls = await refused();
    // With the one that was lost, three at most.
    expect(calls).toBeLessThanOrEqual(2);
    const others = connections.filter(({ shop }) => shop !== KWD_SHOP);
    await renewedAgain(system, others, 2);
    expect(await refused()).toBe(calls);
    expect(await flagged()).toHaveLength(1);
    const [{ one } = { one: undefined }] = await flagged();
    const told = await system.sql("SELECT 1 FROM events WHERE store_id = $1 AND details->>'to' = 'needsReauth'", [
      one?.id,
    ]);
    expect(told).toHaveLength(1);
  });

  it('in all: nothing redeemed twice, and nothing lost but what was physically lost', async () => {
    const states = await Promise.all(connections.map((one) => stateOf(system, one)));
    const lost = connections.filter((_, index) => states[index]?.status !== 'active');
    const { refreshes, doubleRedemptions } = await accountOf(system);
    Object.assign(figures, { connections: connections.length, refreshes, doubleRedemptions, lost: lost.length });
    Object.assign(figures, { physicallyLost: unavoidable.size });
    expect(lost.map(({ shop }) => shop)).toEqual([...unavoidable]);
    await renewedAgain(
      system,
      connections.filter((one) => !lost.includes(one)),
    );
    await expectNobodyHarmed();
  });

  it('case 55: the watchdog: readiness turns red when nobody works, and green with the first worker', async () => {
    const ready = async () => {
      const response = await fetch(`${system.url}/readyz`);
      return { isReady: response.ok, words: await response.text() };
    };
    expect(await ready()).toMatchObject({ isReady: true });
    for (const worker of system.workers()) await system.kill(worker);
    const since = performance.now();
    await until('not ready', async () => !(await ready()).isReady, MINUTE_TRIES);
    figures['secondsUntilReadinessTurnedRed'] = (performance.now() - since) / 1000;
    expect((await ready()).words).toMatch(/refresh\.tick last ran \d+ s ago, and should every 1 s/);
    await system.startWorker();
    await until('ready again', async () => (await ready()).isReady, MINUTE_TRIES);
    expect(system.died).toEqual([]);
  });
});
