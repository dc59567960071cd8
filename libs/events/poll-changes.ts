import type { OpenedStore } from '#connections';
import { createHash } from 'node:crypto';
import {
  type AnyRecord,
  type Connector,
  type EventType,
  GatewayError,
  isScope,
  type Page,
  type Polling,
  type RecordKind,
  requireNamed,
} from '#contract';
import { connectorOf } from '#connectors';
import {
  advancePoll,
  appendEvents,
  findPoll,
  findStore,
  type NewEvent,
  type PollRow,
  putPolls,
  reschedulePoll,
  type StoreRow,
  type TenantTransaction,
} from '#persistence';
import { callStore } from '#store';
import { z } from 'zod';
import type { EventsContext } from './context.js';
import { backoffSeconds, failureOf, type KeptFailure, spreadSeconds } from './try-again.js';

// A change may be committed after one that was made later; so far back every look begins.
const OVERLAP_MS = 60_000;
// The shop's clock may be behind ours when it is connected.
const BEGIN_MS = 600_000;
const LONGEST_LOOK_MS = 120_000;
const MOST_PAGES = 50;

const KINDS = {
  'orders.list': 'order',
  'products.list': 'product',
  'customers.list': 'customer',
} as const satisfies Record<Polling['lists'][number]['operation'], RecordKind>;

const changed = z.looseObject({
  platformId: z.string(),
  createdAt: z.string().nullish(),
  placedAt: z.string().nullish(),
  updatedAt: z.string().nullish(),
  status: z.string().nullish(),
});

/** Has the lists of a store asked that its app may read; from here on their changes become events. */
export async function beginPolling(tx: TenantTransaction, store: StoreRow, now: Date): Promise<void> {
  const { polling } = connectorOf(store.platform);
  if (polling === undefined) return;
  const access = new Set(store.access.filter(isScope));
  const operations = polling.lists.filter((list) => access.has(list.access)).map(({ operation }) => operation);
  await putPolls(tx, store, operations, new Date(now.getTime() - BEGIN_MS));
}

/**
 * Asks one list of a store for what changed and makes events of it, page by page, each page in one transaction with the
 * place it was read to. Never throws for what the platform does: the failure is kept and the list asked again.
 */
export async function pollChanges(context: EventsContext, tenantId: string, pollId: string): Promise<void> {
  const { database, random } = context.connections;
  const { poll, store } = await database.withTenant(tenantId, async (tx) => {
    const row = await findPoll(tx, pollId);
    return { poll: row, store: row === undefined ? undefined : await findStore(tx, row.storeId) };
  });
  if (poll === undefined || store?.status !== 'active') return;
  const { polling } = connectorOf(store.platform);
  if (polling === undefined) return;
  const again = (seconds: number, failure?: KeptFailure) =>
    database.withTenant(tenantId, (tx) => reschedulePoll(tx, pollId, seconds, failure));
  try {
    await look(context, store, poll);
    await again(spreadSeconds(polling.everySeconds, random));
  } catch (error) {
    await again(backoffSeconds(poll.attempt), failureOf(error));
    if (!GatewayError.is(error)) throw error;
  }
}

/**
 * Pages by what was seen and not by number: a record that changes while we read moves to the end of the list, and would
 * push another one out of a numbered page. Only where a page holds a single moment is the next one asked for.
 */
async function look(context: EventsContext, store: StoreRow, first: PollRow): Promise<void> {
  const newSince = first.changedTo.getTime() - OVERLAP_MS;
  const met = new Set(Object.keys(first.seen));
  let poll = first;
  let since = new Date(poll.changedTo.getTime() - OVERLAP_MS);
  let next: Page<AnyRecord>['next'];
  const signal = AbortSignal.timeout(LONGEST_LOOK_MS);
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const read = ({ connector, store: opened }: OpenedStore) =>
      readPage(connector, poll.operation, opened, since, next);
    const page = await callStore(context, store, signal, read, { purpose: 'polls' });
    const changes = changesOf(poll, page).map((change) => ({ ...change, isNew: isNew(change, met, newSince) }));
    const to = standing(poll, changes);
    const events = changes.flatMap((change) => eventsOf(store, poll, change));
    const moved = await context.connections.database.withTenant(store.tenantId, async (tx) => {
      if (!(await advancePoll(tx, poll, to))) return false;
      await appendEvents(tx, store.appId, events);
      return true;
    });
    if (!moved || page.next === undefined) return;
    for (const { platformId } of changes) met.add(platformId);
    const reached = new Date(Math.max(since.getTime(), ...changes.map(({ updatedAt }) => updatedAt?.getTime() ?? 0)));
    next = reached > since ? undefined : page.next;
    since = reached;
    poll = { ...poll, ...to };
  }
}

async function readPage(
  connector: Connector,
  operation: string,
  store: Parameters<ReturnType<typeof requireNamed.list>['page']>[0],
  since: Date,
  state: Page<AnyRecord>['next'],
): Promise<Page<AnyRecord>> {
  const list = requireNamed.list(connector, operation);
  const query = { filter: { updatedSince: since }, sort: 'updatedAt' as const };
  return await list.page(store, query, { size: list.maxPageSize, ...(state === undefined ? {} : { state }) });
}

/** A record as a look met it. */
interface Change {
  readonly platformId: string;
  /** The same for a record that did not change since. Times are often whole seconds: what changed twice in one differs by it. */
  readonly digest: string;
  readonly createdAt: Date | undefined;
  readonly updatedAt: Date | undefined;
  readonly status: string | undefined;
  readonly isKnown: boolean;
}

/** Made since the last look, and not met before: whether it was made or changed is all that a list leaves to tell. */
function isNew({ platformId, createdAt }: Change, met: ReadonlySet<string>, newSince: number): boolean {
  return createdAt !== undefined && createdAt.getTime() >= newSince && !met.has(platformId);
}

function changesOf(poll: PollRow, { items, quarantined }: Page<AnyRecord>): readonly Change[] {
  const whole = items.map(({ record }) => {
    const { platformId, placedAt, createdAt = placedAt, updatedAt, status } = changed.parse(record);
    return { platformId, digest: digestOf(record), ...at({ createdAt, updatedAt }), status: status ?? undefined };
  });
  // What cannot be read has changed all the same; whoever reads it is told what is wrong with it.
  const broken = quarantined.flatMap(({ platformId, raw }) =>
    platformId === null ? [] : [{ platformId, digest: digestOf(raw), ...at({}), status: undefined }],
  );
  return [...whole, ...broken].map((change) => ({
    ...change,
    isKnown: poll.seen[change.platformId]?.split('|')[1] === change.digest,
  }));
}

function at({
  createdAt,
  updatedAt,
}: {
  createdAt?: string | null | undefined;
  updatedAt?: string | null | undefined;
}) {
  const moment = (text: string | null | undefined) => (text == null ? undefined : new Date(text));
  return { createdAt: moment(createdAt), updatedAt: moment(updatedAt) };
}

function digestOf(record: unknown): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 16);
}

/** Where the poll stands after these: the newest moment, and what the next look will meet again. */
function standing(poll: PollRow, changes: readonly Change[]): Pick<PollRow, 'changedTo' | 'seen'> {
  const changedTo = new Date(
    Math.max(poll.changedTo.getTime(), ...changes.map(({ updatedAt }) => updatedAt?.getTime() ?? 0)),
  );
  const met = changes.map(({ platformId, digest, updatedAt = changedTo }): [string, string] => [
    platformId,
    `${updatedAt.toISOString()}|${digest}`,
  ]);
  const isMetAgain = (version: string) => Date.parse(version.split('|')[0] ?? '') >= changedTo.getTime() - OVERLAP_MS;
  const seen = Object.entries({ ...poll.seen, ...Object.fromEntries(met) });
  return { changedTo, seen: Object.fromEntries(seen.filter(([, version]) => isMetAgain(version))) };
}

function eventsOf(
  store: StoreRow,
  { operation: asked }: PollRow,
  change: Change & { readonly isNew: boolean },
): readonly NewEvent[] {
  if (change.isKnown) return [];
  const { tenantId, appId, id: storeId } = store;
  const kind = Object.entries(KINDS).find(([operation]) => operation === asked)?.[1];
  if (kind === undefined) return [];
  const types: EventType[] = [change.isNew ? `${kind}.created` : `${kind}.updated`];
  // A canceled order that changes again says so again, as where a platform tells it.
  if (kind === 'order' && change.status === 'canceled') types.push('order.canceled');
  const record = { recordKind: kind, platformId: change.platformId, details: null };
  return types.map((type) => ({ tenantId, appId, storeId, type, ...record, occurredAt: change.updatedAt ?? null }));
}
