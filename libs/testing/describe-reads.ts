import {
  type Capability,
  capabilities,
  type Connector,
  type HttpCall,
  type JsonValue,
  requireNamed,
  type Sort,
} from '#contract';
import { type RawAnswer } from '#kit';
import { replayExchange, type ReplayResult } from '#replay';
import { expect, it } from 'vitest';
import { storeAnsweredBy } from './answering-store.js';
import { type Fixture } from './fixture.js';
import { isWrite, recordSchemaOf } from './operation-schema.js';
import { comparedCall } from './replay-write.js';

type ReadFixture = Fixture & { readonly expected: Extract<Fixture['expected'], { records: unknown }> };

/** What was recorded of reading, and what lists do between their pages. */
export function describeReads(connector: Connector, fixtures: readonly Fixture[]): void {
  for (const claim of capabilities(connector.operations)) {
    if (claim.support === 'none' || isWrite(claim.operation)) continue;
    it(`has a recorded exchange of ${claim.operation}`, () => {
      const proofs = pagesOf(connector, fixtures, claim.operation).filter(
        ({ expected }) => expected.records.length > 0,
      );
      expect(proofs.map(({ name }) => name)).not.toEqual([]);
    });
    if (claim.sorts !== undefined) describePaging(connector, fixtures, claim);
  }
  for (const fixture of fixtures) describeFixture(connector, fixtures, fixture);
}

/** The fixtures in which an operation reads something. */
function pagesOf(connector: Connector, fixtures: readonly Fixture[], operation: string): readonly ReadFixture[] {
  const reads = (fixture: Fixture): fixture is ReadFixture =>
    fixture.expected !== undefined && 'records' in fixture.expected;
  return fixtures
    .filter(reads)
    .filter(({ exchange }) => connector.recognize(exchange.request)?.operation === operation);
}

function describeFixture(
  connector: Connector,
  fixtures: readonly Fixture[],
  { name, exchange, expected }: Fixture,
): void {
  if (expected === undefined) return;
  it(`${name} comes to what it says`, async () => {
    const result = await replayExchange(
      connector,
      exchange,
      fixtures.map((fixture) => fixture.exchange),
    );
    expect(told(result)).toEqual(expected);
    if (result.outcome === 'read') for (const record of result.records) expectExactShape(result.operation, record);
  });
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
export function expectExactShape(operation: string, record: unknown): void {
  const schema = recordSchemaOf(operation);
  expect(schema?.parse(record)).toEqual(record);
}

function describePaging(connector: Connector, fixtures: readonly Fixture[], claim: Capability): void {
  const { operation, sorts = [] } = claim;
  it.each(sorts)(
    `${operation} by %s goes from page to page to the last, and never asks for one twice`,
    async (sort) => {
      const [page] = pagesOf(connector, fixtures, operation)
        .filter(({ expected: { records, quarantined } }) => records.length > 0 && quarantined.length === 0)
        .sort((left, right) => rankOf(right) - rankOf(left));
      if (page === undefined) throw new Error(`record ${operation} with records`);
      const listing = { connector, operation, fixtures, page };
      if (!(await asksForSize(listing))) {
        // The platform is never told how many records are wanted: there is one page.
        expect(await walkOf(listing, sort, [page])).toEqual([undefined]);
        return;
      }
      const last = lastOf(pagesOf(connector, fixtures, operation), page);
      if (last === undefined) throw new Error(`record a last page of ${operation}`);
      const states = await walkOf(listing, sort, [page, last]);
      expect(states.length).toBeGreaterThan(1);
      expect(states.at(-1)).toBeUndefined();
      // A platform that always answers the same must not lead round in a circle: it is found out, or the list moves on.
      const endless = await walkOf(listing, sort, [page]).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'platform_contract_broken' });
        return [];
      });
      expect(new Set(endless.map((state) => JSON.stringify(state))).size).toBe(endless.length);
    },
  );
}

/** What most likely goes on: what says so, or else the longest. */
function rankOf(page: ReadFixture): number {
  return (page.expected.more ? 1000 : 0) + lengthOf(page);
}

function lastOf(pages: readonly ReadFixture[], page: ReadFixture): ReadFixture | undefined {
  return pages
    .filter((one) => one !== page && !one.expected.more)
    .sort((left, right) => lengthOf(left) - lengthOf(right))[0];
}

function lengthOf({ expected }: ReadFixture): number {
  return expected.records.length + expected.quarantined.length;
}

interface Listing {
  readonly connector: Connector;
  readonly operation: string;
  readonly fixtures: readonly Fixture[];
  readonly page: ReadFixture;
}

const MOST_PAGES = 10;

/** The state after each page; the recorded pages answer in their order, the last of them for ever. */
async function walkOf(listing: Listing, sort: Sort, pages: readonly ReadFixture[]): Promise<readonly unknown[]> {
  const { connector, operation, page } = listing;
  const list = requireNamed.list(connector, operation);
  const answers = pages.map(({ exchange }) => exchange.answer);
  const store = storeOf(listing, () => (answers.length > 1 ? answers.shift() : answers[0]));
  const { filter = {} } = connector.recognize(page.exchange.request) ?? {};
  const size = Math.min(page.expected.records.length, list.maxPageSize);
  const states: unknown[] = [];
  let state: JsonValue | undefined;
  do {
    const asked = state === undefined ? { size } : { size, state };
    const read = await list.page(store, { filter, sort }, asked);
    // A state must survive being stored.
    state = read.next === undefined ? undefined : (JSON.parse(JSON.stringify(read.next)) as JsonValue);
    states.push(state);
  } while (state !== undefined && states.length < MOST_PAGES);
  return states;
}

/** Whether what is sent depends on how many records are wanted: then there are pages. */
async function asksForSize(listing: Listing): Promise<boolean> {
  const { connector, operation, page } = listing;
  const list = requireNamed.list(connector, operation);
  const { filter = {} } = connector.recognize(page.exchange.request) ?? {};
  const asked: string[] = [];
  for (const size of [1, Math.min(2, list.maxPageSize)]) {
    let first: string | undefined;
    const store = storeOf(listing, (call) => {
      first ??= JSON.stringify(comparedCall(call));
      return page.exchange.answer;
    });
    await list.page(store, { filter, sort: list.sorts[0] }, { size });
    asked.push(first ?? '');
  }
  return asked[0] !== asked[1];
}

/** Answers calls for the listing itself; further calls of it are answered as they were recorded. */
function storeOf(
  { connector, operation, fixtures, page }: Listing,
  answer: (call: HttpCall<unknown>) => RawAnswer | undefined,
) {
  const recorded = page.exchange.request.url;
  return storeAnsweredBy(
    connector,
    (call) => {
      const url = new URL(comparedCall(call).path, 'https://recorded.invalid/');
      for (const [name, value] of comparedCall(call).query) url.searchParams.append(name, value);
      const target = connector.recognize({ method: call.method ?? 'GET', url, body: call.body ?? null });
      const others = fixtures.filter(({ exchange }) => exchange.request.url.pathname.endsWith(url.pathname));
      const known = target?.operation === operation ? answer(call) : others[0]?.exchange.answer;
      return known ?? { status: 404, header: () => undefined, text: '' };
    },
    recorded.host,
  );
}
