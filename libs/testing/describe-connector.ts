import {
  capabilities,
  type Connector,
  countNotBuilt,
  type JsonValue,
  orderRecord,
  requireOperation,
  shop,
  type Sort,
} from '#contract';
import { replayExchange, type ReplayResult } from '#replay';
import { describe, expect, it } from 'vitest';
import { answeringStore } from './answering-store.js';
import { describeAuth } from './describe-auth.js';
import { type Fixture, readFixtures } from './fixture.js';
import { secretLookAlikes } from './secret-look-alikes.js';

/**
 * The suite every connector passes. Its red tests are the list of what is left to do. In `<platform>.spec.ts`:
 *
 * ```ts
 * describeConnector(shop, new URL('__fixtures__/', import.meta.url));
 * ```
 *
 * A fixture is a recorded exchange, `{_meta?, request: {method, url, headers?, body?}, response: {status, headers?, body?}}`,
 * credentials written as `REDACTED`, and beside them `expect`, what the operation makes of it:
 *
 * - `{"records": [...]}`: the normalized records, exactly; one for `shop.get` and `orders.get`, any number for `orders.list`;
 *   besides them `"quarantined": [{"platformId", "reason"}]` and `"more": true` where the list goes on;
 * - `{"error": "<code>"}`: the code of the error table;
 * - no `expect`: it only answers the further calls of an operation (the second call of `shop.get`, say).
 *
 * Needed: one with records for each operation claimed, and of each list a page that goes on (asked at the size of its
 * own length) and a last one.
 */
export function describeConnector(connector: Connector, folder: URL): void {
  const fixtures = readFixtures(folder);
  const owed = countNotBuilt(connector.operations);
  describe(`${connector.id} keeps the contract of a connector (${owed} operations not built yet)`, () => {
    describeClaims(connector, fixtures);
    describeErrors(connector);
    describeAuth(connector);
    describeFixtures(connector, fixtures);
    describePaging(connector, fixtures);
  });
}

function describeClaims(connector: Connector, fixtures: readonly Fixture[]): void {
  const claims = capabilities(connector.operations);

  it('says why it cannot do what it does not do', () => {
    const reasons = claims.filter(({ support }) => support === 'none').map(({ note }) => note ?? '');
    for (const reason of reasons) expect(reason).toMatch(/^\S+ .*\S$/);
  });

  for (const { operation } of claims.filter(({ support }) => support !== 'none')) {
    it(`has a recorded exchange of ${operation}`, () => {
      const proofs = pagesOf(connector, fixtures, operation).filter(({ expected }) => expected.records.length > 0);
      expect(proofs.map(({ name }) => name)).not.toEqual([]);
    });
  }
}

type ReadFixture = Fixture & { readonly expected: Extract<Fixture['expected'], { records: unknown }> };

/** The fixtures in which an operation reads something. */
function pagesOf(connector: Connector, fixtures: readonly Fixture[], operation: string): readonly ReadFixture[] {
  const reads = (fixture: Fixture): fixture is ReadFixture =>
    fixture.expected !== undefined && 'records' in fixture.expected;
  return fixtures
    .filter(reads)
    .filter(({ exchange }) => connector.recognize(exchange.request)?.operation === operation);
}

const NONSENSE: readonly unknown[] = [
  undefined,
  null,
  '',
  'text',
  0,
  NaN,
  true,
  [],
  {},
  [null],
  [[]],
  { errors: null },
  { errors: 'x' },
  { errors: [null, 1, 'x', {}, []] },
  { errors: { base: [null] } },
  { error: { message: 7 } },
  { code: {}, message: [], data: null },
  { code: 0, message: null, data: 500 },
  { data: null, extensions: null },
  { extensions: { cost: null } },
  { extensions: { cost: { throttleStatus: 'x' } } },
  Object.create(null),
];

function describeErrors(connector: Connector): void {
  it('finds problems in any body without throwing', () => {
    for (const body of NONSENSE) {
      for (const { code, message } of connector.errors.problems(body)) {
        expect(typeof (code ?? '')).toBe('string');
        expect(typeof (message ?? '')).toBe('string');
      }
    }
  });

  it('reads the budget from any answer without throwing', () => {
    for (const body of NONSENSE) {
      for (const header of [() => undefined, () => '', () => 'x', () => '-1', () => '1/0']) {
        const budget = connector.budget?.(body, header);
        for (const value of Object.values(budget ?? {})) expect(value).toEqual(expect.any(Number));
      }
    }
  });

  it('allows at least one call at a time and says why no more', () => {
    for (const limit of connector.limits) {
      expect(limit.kind === 'concurrency' ? limit.max : limit.perSecond).toBeGreaterThan(0);
      expect(limit.why).toMatch(/\w/);
    }
    expect(connector.deadlineMs).toBeGreaterThan(0);
  });
}

function describeFixtures(connector: Connector, fixtures: readonly Fixture[]): void {
  for (const { name, text, exchange, expected } of fixtures) {
    it(`${name} holds nothing that looks like a secret`, () => {
      expect(secretLookAlikes(text)).toEqual([]);
    });

    if (expected === undefined) continue;
    it(`${name} comes to what it says`, async () => {
      expect(connector.recognize(exchange.request)).toBeDefined();
      const others = fixtures.map((fixture) => fixture.exchange);
      const result = await replayExchange(connector, exchange, others);
      expect(told(result)).toEqual(expected);
      if (result.outcome === 'read') for (const record of result.records) expectExactShape(result.operation, record);
    });
  }
}

function told(result: ReplayResult): unknown {
  switch (result.outcome) {
    case 'noOperation':
      return result;
    case 'error':
      return { error: result.code };
    case 'read':
      return { records: result.records, quarantined: result.quarantined, more: result.more };
  }
}

/** The schema drops what it does not know, so a difference is a field too many. */
function expectExactShape(operation: string, record: unknown): void {
  const schema = operation === 'shop.get' ? shop : orderRecord;
  expect(schema.parse(record)).toEqual(record);
}

function describePaging(connector: Connector, fixtures: readonly Fixture[]): void {
  for (const { operation, sorts } of capabilities(connector.operations)) {
    if (operation !== 'orders.list' || sorts === undefined) continue;
    it.each(sorts)(`${operation} by %s goes on after a full page and ends on the last one`, async (sort) => {
      const pages = pagesOf(connector, fixtures, operation);
      const whole = pages.filter(({ expected }) => expected.records.length > 0 && expected.quarantined.length === 0);
      const full = whole.find(({ expected }) => expected.more) ?? whole[0];
      const last = pages
        .filter((page) => page !== full && !page.expected.more)
        .sort((left, right) => lengthOf(left) - lengthOf(right))[0];
      if (full === undefined || last === undefined) throw new Error('record a page with orders, and a last page');
      expect(await countPages(connector, sort, full, last)).toBe(2);
    });
  }
}

function lengthOf({ expected }: ReadFixture): number {
  return expected.records.length + expected.quarantined.length;
}

async function countPages(connector: Connector, sort: Sort, full: ReadFixture, last: ReadFixture): Promise<number> {
  const list = requireOperation(connector, 'orders', 'list');
  const size = full.expected.records.length;
  const answers = [full.exchange.answer];
  const store = answeringStore(connector, () => answers.shift() ?? last.exchange.answer);
  let page = await list.page(store, { filter: {}, sort }, { size });
  let pages = 1;
  while (page.next !== undefined && pages < 10) {
    // A state must survive being stored.
    const state = JSON.parse(JSON.stringify(page.next)) as JsonValue;
    page = await list.page(store, { filter: {}, sort }, { size, state });
    pages += 1;
  }
  return pages;
}
