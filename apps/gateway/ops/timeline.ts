import { z } from 'zod';
import { publicId } from '#contract';
import type { TimelineEntry, TimelinePage } from '#operator-api';
import {
  findCredentialTimes,
  findStore,
  listAuditOfStore,
  listPastAttempts,
  listStoreDeliveries,
  listStoreHistory,
  type TenantTransaction,
} from '#persistence';
import type { Runtime } from '#runtime';
import { pagingOf } from './paging.js';
import type { Owned } from './present.js';
import { ofAttempt, ofAudit, ofDelivery, ofErrors, ofEvent, type PastThing } from './timeline-entries.js';

/** What is read of each kind for one entry on the page: runs of the same become one. */
const READ_FOR_EACH = 4;

/** One or several things of an hour that are told in one line. */
interface Run {
  readonly newest: PastThing;
  count: number;
}

/**
 * What happened to a store, newest first, from everything that was kept anyway. The cursor is a time: things of the same
 * millisecond are never on two pages.
 */
export async function readTimeline(
  runtime: Runtime,
  place: Owned,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<TimelinePage> {
  const { database } = runtime;
  const paging = pagingOf(runtime, `timeline ${place.id}`, query, z.iso.datetime());
  const before = paging.after === undefined ? new Date(Date.now() + 60_000) : new Date(paging.after);
  const stretch = { storeId: place.id, before, most: query.limit * READ_FOR_EACH };
  const [kept, audit] = await Promise.all([
    database.withTenant(place.tenantId, (tx) => readThings(tx, stretch)),
    listAuditOfStore(database, publicId('store', place.id), stretch),
  ]);
  const sources = [...kept, audit.flatMap((entry) => ofAudit(entry, publicId('store', place.id)))];
  // Behind the oldest of a source that was cut there may be more of it: what is older is for the next page.
  const isCut = [...kept.map(({ length }) => length), audit.length].some((length) => length >= stretch.most);
  const all = sources.flat().sort(newestFirst);
  const { runs, told } = inRuns(isCut ? all.slice(0, stretch.most) : all, query.limit);
  const last = all[told - 1];
  const isMore = told < all.length || isCut;
  return {
    data: runs.map(present),
    nextCursor: isMore && last !== undefined ? paging.cursorAt(last.at.toISOString()) : null,
  };
}

async function readThings(
  tx: TenantTransaction,
  stretch: { readonly storeId: string; readonly before: Date; readonly most: number },
): Promise<readonly (readonly PastThing[])[]> {
  const store = await findStore(tx, stretch.storeId);
  const credential = await findCredentialTimes(tx, stretch.storeId);
  return [
    (await listStoreHistory(tx, stretch)).map(ofEvent),
    (await listPastAttempts(tx, stretch)).map(ofAttempt),
    (await listStoreDeliveries(tx, stretch)).map(ofDelivery),
    ofErrors(store, credential).filter(({ at }) => at < stretch.before),
  ];
}

function newestFirst(one: PastThing, other: PastThing): number {
  return other.at.getTime() - one.at.getTime() || (one.id < other.id ? -1 : 1);
}

const HOUR_MS = 3600_000;

/**
 * Things of an hour that say the same are one run. Takes as many things as make so many runs, and those of the same moment as
 * the last: the next page begins before that.
 */
function inRuns(things: readonly PastThing[], most: number): { readonly runs: readonly Run[]; readonly told: number } {
  const runs = new Map<string, Run>();
  let told = 0;
  for (const thing of things) {
    const key = `${thing.kind} ${Math.floor(thing.at.getTime() / HOUR_MS)} ${thing.text}`;
    const run = runs.get(key);
    if (run !== undefined) run.count += thing.count;
    else if (runs.size < most || thing.at.getTime() === things[told - 1]?.at.getTime())
      runs.set(key, { newest: thing, count: thing.count });
    else break;
    told += 1;
  }
  return { runs: [...runs.values()], told };
}

function present({ newest: { id, at, kind, tone, text }, count }: Run): TimelineEntry {
  return { id, at: at.toISOString(), kind, tone, text, count };
}
