import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { actingAs } from './acting.js';
import { createCredentialUses, FLUSH_MS } from './credential-uses.js';

const USER = { tenantId: id('1'), appId: id('2'), storeId: id('3'), platform: 'example' };

function id(digit: string): string {
  return `${digit.repeat(8)}-1111-4111-8111-111111111111`;
}

/** A log whose time the test lets pass, and whose database it takes away. */
function world() {
  const written: { readonly uses: readonly Record<string, unknown>[]; readonly uncounted?: number }[] = [];
  const reports: unknown[] = [];
  const sleepers: (() => void)[] = [];
  const state = { isDown: false };
  const uses = createCredentialUses({
    process: 'gateway@1',
    write: async (_, text) => {
      await turn();
      if (state.isDown) throw new Error('down');
      written.push(JSON.parse(text) as (typeof written)[number]);
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        expect(milliseconds).toBe(FLUSH_MS);
        sleepers.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
    report: (failure) => reports.push(failure),
  });
  const pass = async () => {
    for (const wake of sleepers.splice(0)) wake();
    for (let turns = 0; turns < 10; turns += 1) await turn();
  };
  const use = (who: string, request: string, why?: string) =>
    actingAs({ who, why: 'GET /v1/orders', requestId: request }, () => uses.begin(USER, why))();
  return { uses, use, written, reports, pass, state, waiting: () => sleepers.length };
}

describe('case 149: what leaves of merchants’ credentials', () => {
  it('is written down with who, which store and why, a second later, counted', async () => {
    const { use, written, pass } = world();
    for (let times = 0; times < 500; times += 1) use('key_a', `req-${String(times)}`);
    use('key_b', 'req-b');
    use('key_a', 'req-0', 'renewal');
    expect(written).toEqual([]);
    await pass();
    expect(written).toHaveLength(1);
    const whose = {
      tenant: expect.stringMatching(/^ten_1/),
      app: expect.stringMatching(/^app_2/),
      platform: 'example',
    };
    const store = expect.stringMatching(/^sto_3/);
    expect(written[0]?.uses).toEqual([
      { ...whose, store, who: 'key_a', why: 'GET /v1/orders', count: 500, requests: expect.any(Array) },
      { ...whose, store, who: 'key_b', why: 'GET /v1/orders', count: 1, requests: ['req-b'] },
      { ...whose, store, who: 'key_a', why: 'renewal', count: 1, requests: ['req-0'] },
    ]);
    expect((written[0]?.uses[0]?.['requests'] as readonly string[]).slice(0, 2)).toEqual(['req-0', 'req-1']);
  });

  it('is nothing while nothing leaves: a call that was withheld was no use', async () => {
    const { uses, written, pass, waiting } = world();
    actingAs({ who: 'key_a', why: 'GET /v1/orders', requestId: 'x' }, () => uses.begin(USER));
    expect(waiting()).toBe(0);
    await pass();
    await uses.close();
    expect(written).toEqual([]);
  });

  it('counts once however often it is asked whether it may leave: over TLS that is twice for a new connection', async () => {
    const { uses, written, pass } = world();
    const left = actingAs({ who: 'key_a', why: 'GET /v1/orders', requestId: 'x' }, () => uses.begin(USER));
    left();
    left();
    await pass();
    expect(written[0]?.uses[0]).toMatchObject({ who: 'key_a', count: 1 });
  });

  it('is attributed as it was begun, also when it leaves in another context', async () => {
    const { uses, written, pass } = world();
    const leave = actingAs({ who: 'key_a', why: 'GET /v1/orders', requestId: 'a' }, () => uses.begin(USER));
    actingAs({ who: 'key_b', why: 'GET /v1/products', requestId: 'b' }, leave);
    uses.begin({ ...USER, storeId: null })();
    await pass();
    expect(written[0]?.uses.map(({ who, why, store }) => [who, why, store === null])).toEqual([
      ['key_a', 'GET /v1/orders', false],
      ['process gateway@1', 'unknown', true],
    ]);
  });

  it('is kept while the database is away, and written once when it is back', async () => {
    const { use, written, reports, pass, state } = world();
    state.isDown = true;
    use('key_a', 'one');
    await pass();
    use('key_a', 'two');
    await pass();
    expect(written).toEqual([]);
    expect(reports.length).toBeGreaterThanOrEqual(2);
    state.isDown = false;
    await pass();
    await pass();
    expect(written.flatMap(({ uses }) => uses.map(({ who, count }) => [who, count]))).toEqual([['key_a', 2]]);
  });

  it('is written at the end, without waiting', async () => {
    const { uses, use, written } = world();
    use('key_a', 'one');
    await uses.close();
    expect(written[0]?.uses).toHaveLength(1);
  });

  it('says how much was not kept, when more kinds of use came than there is room for', async () => {
    const { uses, use, written, state, pass } = world();
    state.isDown = true;
    for (let one = 0; one < 20_010; one += 1) use(`key_${String(one)}`, 'x');
    state.isDown = false;
    await pass();
    await uses.flush();
    expect(written[0]?.uncounted).toBe(10);
    expect(written.reduce((sum, { uses: listed }) => sum + listed.length, 0)).toBe(20_000);
  });
});
