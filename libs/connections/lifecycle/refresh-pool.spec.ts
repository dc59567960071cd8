import { type Connector, Secret } from '#contract';
import type { ClaimedCredential, CredentialRepository } from '#persistence';
import { describe, expect, it } from 'vitest';
import { connectorWith } from '../../../test/setup/oauth-platforms.js';
import type { LifecycleContext } from './context.js';
import { createRefreshPool, type RefreshPoolOptions } from './refresh-pool.js';

const { connector, strategy, address } = connectorWith('oauth2Code');

function limited(perSecond: number | undefined): Connector {
  const paced = perSecond === undefined ? strategy : { ...strategy, tokenCalls: { perSecond } };
  return { ...connector, auth: [paced] };
}

/** A clock that goes on whenever everybody waits. */
function simulatedClock() {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    elapsed: () => now,
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        sleepers.push({ at: now + milliseconds, wake: resolve });
      }),
    async until(work: Promise<unknown>) {
      const state = { over: false };
      void work.finally(() => (state.over = true));
      while (!state.over) {
        await new Promise((resolve) => setImmediate(resolve));
        sleepers.sort((one, other) => one.at - other.at);
        const next = sleepers.shift();
        if (next === undefined) continue;
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}

interface Row {
  readonly storeId: string;
  readonly clientId: string;
  due: number;
  attempt: number;
  claimed: boolean;
  readonly calls: number[];
}

/** Stores of several clients in memory, and a platform that answers as it is told. */
function world(given: {
  perSecond?: number;
  clients: readonly string[];
  answer?: (row: Row, now: number) => number;
  /** Default: all are of one platform, which answers at once. */
  platformOf?: (clientId: string) => string;
  answersAfterMs?: (row: Row) => number;
  places?: RefreshPoolOptions;
}) {
  const platformOf = given.platformOf ?? (() => connector.id);
  const clock = simulatedClock();
  const rows = given.clients.map((clientId, index): Row => ({
    storeId: `s${String(index)}`,
    clientId,
    due: 0,
    attempt: 0,
    claimed: false,
    calls: [],
  }));
  const rowOf = ({ storeId }: { readonly storeId: string }): Row => rows.find((row) => row.storeId === storeId) as Row;
  const end = (row: Row, due: number): Promise<void> => {
    Object.assign(row, { claimed: false, due: clock.elapsed() + due });
    return Promise.resolve();
  };
  const credentials = {
    claimDue: ({ claimer, limit, exceptPlatforms }: Parameters<CredentialRepository['claimDue']>[0]) => {
      const isFree = (row: Row): boolean => !row.claimed && row.due <= clock.elapsed();
      const may = (row: Row): boolean => !exceptPlatforms.includes(platformOf(row.clientId));
      const some = rows.filter((row) => isFree(row) && may(row)).slice(0, limit);
      return Promise.resolve(
        some.map((row) => {
          Object.assign(row, { claimed: true, attempt: row.attempt + 1 });
          const { storeId, clientId, attempt } = row;
          const place = { tenantId: 't', storeId, platform: platformOf(clientId), strategy: strategy.id, mode: 'live' };
          const shop = { account: address.account, apiRoot: address.apiRoot.href, scopesGranted: [] };
          const state = { version: 1, attempt, refusals: 0, accessSeconds: 1000, sealed: new Uint8Array() };
          return { ...place, ...shop, ...state, claimer, client: { clientId } } as unknown as ClaimedCredential;
        }),
      );
    },
    save: (claimed: ClaimedCredential) => end(rowOf(claimed), 1e9).then(() => true),
    saveScopes: () => Promise.resolve(),
    postpone: (claimed: ClaimedCredential, _: unknown, wait: { readonly retrySeconds: number }) =>
      end(rowOf(claimed), wait.retrySeconds * 1000),
    release: (claimed: ClaimedCredential, waitSeconds: number) => {
      rowOf(claimed).attempt -= 1;
      return end(rowOf(claimed), waitSeconds * 1000);
    },
  };
  const kept = JSON.stringify({ kind: 'oauth2', accessToken: 'a', refreshToken: 'r' });
  const vault = { open: () => Promise.resolve(new Secret(kept)), seal: () => Promise.resolve(new Uint8Array()) };
  const context = {
    ...clock,
    credentials,
    vault,
    connectorOf: () => limited(given.perSecond),
    identityOf: (claimed: ClaimedCredential) =>
      Promise.resolve({ clientId: claimed.storeId, secrets: [new Secret('s')] }),
    wayOut:
      () =>
      async ({ body }: { readonly body: string }) => {
        const row = rowOf({ storeId: new URLSearchParams(body).get('client_id') ?? '' });
        row.calls.push(clock.elapsed());
        const wait = given.answersAfterMs?.(row) ?? 0;
        if (wait > 0) await clock.sleep(wait);
        const status = given.answer?.(row, clock.elapsed()) ?? 200;
        const pair = { access_token: 'a2', refresh_token: 'r2', expires_in: 3600, token_type: 'bearer', scope: '' };
        const text = JSON.stringify(status === 200 ? pair : {});
        const headers = new Map(status === 429 ? [['retry-after', ['120']]] : []);
        const header = (name: string) => headers.get(name)?.[0];
        return { status, headers, header, body: new TextEncoder().encode(text), text: () => text };
      },
    processName: 'p',
    random: () => 0.5,
    reportRefresh: () => undefined,
  } as unknown as LifecycleContext;
  const pool = createRefreshPool(context, given.places);
  /** Ticks as the worker's queue does, for so long. */
  const run = (milliseconds: number): Promise<void> =>
    clock.until(
      (async () => {
        while (clock.elapsed() < milliseconds) {
          await pool.fill();
          await clock.sleep(1000);
        }
        await pool.idle();
      })(),
    );
  return { rows, run };
}

describe('the places of the pool', () => {
  it('are not all taken by a platform that answers slowly', async () => {
    const clients = [...Array.from({ length: 20 }, () => 'slow'), 'quick', 'quick', 'quick'];
    const answersAfterMs = ({ clientId }: Row): number => (clientId === 'slow' ? 8000 : 0);
    const places = { most: 10, mostOfPlatform: 6 };
    const { rows, run } = world({ clients, answersAfterMs, places, platformOf: (clientId) => clientId });
    await run(60_000);
    for (const { calls } of rows.slice(20)) expect(calls[0]).toBeLessThan(2000);
    const slow = rows.slice(0, 20).flatMap(({ calls }) => calls);
    expect(slow).toHaveLength(20);
    for (const start of slow)
      expect(slow.filter((at) => at > start - 8000 && at <= start).length).toBeLessThanOrEqual(6);
  });
});

describe('the pool and the pace of a client', () => {
  it('case 16: keeps the calls of one client to what its platform takes, and leaves other clients alone', async () => {
    const clients = [...Array.from({ length: 60 }, () => 'busy'), 'other'];
    const { rows, run } = world({ perSecond: 2, clients });
    await run(120_000);
    expect(rows.map(({ calls }) => calls.length)).toEqual(clients.map(() => 1));
    const calls = rows.slice(0, 60).flatMap((row) => row.calls);
    for (const start of calls) {
      expect(calls.filter((at) => at >= start && at < start + 10_000).length).toBeLessThanOrEqual(20);
    }
    expect(rows.at(-1)?.calls[0]).toBeLessThan(2000);
    // What had to be given back counts as no try.
    expect(rows.map(({ attempt }) => attempt)).toEqual(clients.map(() => 1));
  });

  it('case 13: a client that is asked to wait makes no call until then, whichever of its stores; others do', async () => {
    let asked = false;
    const clients = ['busy', ...Array.from({ length: 20 }, () => 'busy'), 'other'];
    const { rows, run } = world({
      perSecond: 5,
      clients,
      answer: (row) => {
        if (asked || row.clientId === 'other') return 200;
        asked = true;
        return 429;
      },
    });
    await run(400_000);
    const later = rows.filter(({ clientId }) => clientId === 'busy').flatMap(({ calls }) => calls);
    // The one that was told, and whoever was called in the same moment.
    expect(later.filter((at) => at < 120_000).length).toBeLessThanOrEqual(2);
    expect(later.filter((at) => at >= 120_000).length).toBeGreaterThanOrEqual(20);
    expect(rows.at(-1)?.calls[0]).toBeLessThan(2000);
  });

  it('without a limit begins all at once', async () => {
    const { rows, run } = world({ clients: Array.from({ length: 60 }, () => 'one') });
    await run(1000);
    expect(rows.flatMap(({ calls }) => calls).every((at) => at < 1000)).toBe(true);
  });
});
