import type { z } from 'zod';
import * as api from '#operator-api';
import { attentionOf, capabilitiesOf, countsOf, platformOf, queuesOf, tokensOf } from './figures.js';
import { id as publicId, instantAt, makeStoreDetail, makeTimeline, PLATFORMS } from './stores.js';
import type { World } from './world.js';

/** An answer with the schema it must be of. */
export interface FixtureAnswer {
  readonly schema: z.ZodType;
  readonly body: unknown;
}

type Query = URLSearchParams;
type Make = (world: World, query: Query, id: string) => FixtureAnswer | undefined;

const answer = <S extends z.ZodType>(schema: S, body: z.input<S>): FixtureAnswer => ({ schema, body });

function pageOf<T>(rows: readonly T[], query: Query) {
  const limit = Number(query.get('limit') ?? 50);
  const offset = Number(query.get('cursor') ?? 0);
  const next = offset + limit;
  return {
    data: rows.slice(offset, next),
    nextCursor: next < rows.length ? String(next) : null,
    total: rows.length,
  };
}

const has = (text: string, part: string | null) => part === null || text.toLowerCase().includes(part.toLowerCase());
const is = (value: string, wanted: string | null) => wanted === null || value === wanted;

const FAR = '9999';

function storesAnswer({ stores }: World, query: Query): FixtureAnswer {
  const matching = stores.filter(
    ({ id, name, domain, health, platform, appName }) =>
      has(`${name} ${domain} ${id}`, query.get('search')) &&
      is(health.who, query.get('who')) &&
      is(health.state, query.get('state')) &&
      is(platform, query.get('platform')) &&
      is(String(health.dying), query.get('dying')) &&
      (query.get('app') === null || publicId('app', Number(appName.slice(4))) === query.get('app')),
  );
  const sort = query.get('sort') ?? 'urgency';
  const key = ({ name, health }: api.StoreRow): string => {
    if (sort === 'name') return name;
    if (sort === 'since') return health.since;
    if (sort === 'diesAt') return health.diesAt ?? FAR;
    return `${String(api.WHO_ACTS.indexOf(health.who))}${health.state === 'healthy' ? 'z' : 'a'}${health.since}`;
  };
  const keyed = matching.map((store) => [key(store), store] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const page = pageOf(
    keyed.map(([, store]) => store),
    query,
  );
  return answer(api.storesPage, { ...page, counts: countsOf(stores) });
}

const storeAnswer: Make = ({ stores, now }, _query, id) => {
  const number = stores.findIndex((store) => store.id === id);
  const store = stores[number];
  return store === undefined ? undefined : answer(api.storeDetail, makeStoreDetail(store, number, now));
};

const timelineAnswer: Make = ({ now }, query) => {
  const { data, nextCursor } = pageOf(makeTimeline(now, 70), query);
  return answer(api.timelinePage, { data, nextCursor });
};

const deliveriesAnswer: Make = ({ deliveries }, query) =>
  answer(
    api.deliveriesPage,
    pageOf(
      deliveries.filter(
        ({ store, platform, status }) =>
          is(store?.id ?? '', query.get('store')) &&
          is(platform, query.get('platform')) &&
          is(status, query.get('status')),
      ),
      query,
    ),
  );

const auditAnswer: Make = ({ audit }, query) =>
  answer(
    api.auditPage,
    pageOf(
      audit.filter(
        ({ action, actor, target }) =>
          has(action, query.get('action')) && has(actor, query.get('actor')) && has(target, query.get('target')),
      ),
      query,
    ),
  );

const sessionsAnswer: Make = ({ now }) =>
  answer(api.sessions, {
    data: [0, 1].map((index) => ({
      id: `00000000-0000-4000-9000-00000000000${String(index)}`,
      name: 'Ada Lovelace',
      browser: index === 0 ? 'Chromium on Linux' : 'Firefox on macOS',
      createdAt: instantAt(now, -4_000),
      lastSeenAt: instantAt(now, -index * 900),
      endsAt: instantAt(now, 30_000),
      isThis: index === 0,
      isOwn: true,
    })),
  });

const platformAnswer: Make = (world, _query, id) => {
  const platform = PLATFORMS.find((known) => known === id);
  return platform === undefined ? undefined : answer(api.platformDetail, platformOf(platform, world));
};

const appAnswer: Make = ({ apps }, _query, id) => {
  const app = apps.find((known) => known.id === id);
  return app === undefined ? undefined : answer(api.appDetail, app);
};

/** Every question of the console, and what a world answers. `:id` is the one id in a path. */
const ROUTES: readonly (readonly [path: RegExp, make: Make])[] = [
  [/^\/ops\/attention$/, (world) => answer(api.attention, attentionOf(world))],
  [/^\/ops\/stores$/, storesAnswer],
  [/^\/ops\/stores\/([^/]+)$/, storeAnswer],
  [/^\/ops\/stores\/([^/]+)\/timeline$/, timelineAnswer],
  [
    /^\/ops\/platforms$/,
    (world) =>
      answer(api.platforms, {
        asOf: instantAt(world.now, 0),
        data: PLATFORMS.map((platform) => api.platformRow.parse(platformOf(platform, world))),
      }),
  ],
  [/^\/ops\/platforms\/([^/]+)$/, platformAnswer],
  [/^\/ops\/capabilities$/, () => answer(api.capabilityMatrix, capabilitiesOf())],
  [/^\/ops\/tokens$/, (world) => answer(api.tokens, tokensOf(world))],
  [/^\/ops\/queues$/, (world) => answer(api.queues, queuesOf(world))],
  [/^\/ops\/deliveries$/, deliveriesAnswer],
  [/^\/ops\/subscriptions$/, ({ subscriptions }, query) => answer(api.subscriptionsPage, pageOf(subscriptions, query))],
  [
    /^\/ops\/apps$/,
    ({ apps }, query) =>
      answer(
        api.appsPage,
        pageOf(
          apps.filter(({ name, id }) => has(`${name} ${id}`, query.get('search'))),
          query,
        ),
      ),
  ],
  [/^\/ops\/apps\/([^/]+)$/, appAnswer],
  [/^\/ops\/audit$/, auditAnswer],
  [/^\/ops\/operators$/, ({ operators }) => answer(api.operators, { data: [...operators] })],
  [/^\/ops\/sessions$/, sessionsAnswer],
  [/^\/ops\/stops$/, ({ stops }) => answer(api.stops, { data: stops })],
];

/** What a world answers to a question; undefined where there is nothing at that address. */
export function answerOf(world: World, path: string, query: Query): FixtureAnswer | undefined {
  for (const [pattern, make] of ROUTES) {
    const match = pattern.exec(path);
    if (match !== null) return make(world, query, decodeURIComponent(match[1] ?? ''));
  }
  return undefined;
}
