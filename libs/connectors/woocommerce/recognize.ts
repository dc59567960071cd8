import type { RecordedRequest, ReplayTarget } from '#contract';
import { recognizeCatalogue } from './catalogue/recognize-catalogue.js';
import { SHIPMENT_FIELDS } from './fulfillments.js';

const ORDER = /^\/wc\/v[23]\/orders\/(\d+)$/;

interface Rule {
  readonly route: RegExp;
  /** What a request asks for beyond its route. */
  readonly when?: (url: URL) => boolean;
  readonly target: (id: string) => ReplayTarget;
}

// The first rule that fits. The calls `shop.get` makes have no id; the empty route is WordPress's own index.
const READS: readonly Rule[] = [
  { route: /^\/wc\/v[23]\/orders$/, target: () => ({ operation: 'orders.list' }) },
  {
    route: /^(?:\/wc\/v3\/(?:data\/currencies\/current|system_status))?$/,
    target: () => ({ operation: 'shop.get' }),
  },
  {
    route: ORDER,
    when: (url) => url.searchParams.get('_fields') === SHIPMENT_FIELDS,
    target: (orderId) => ({ operation: 'fulfillments.list', filter: { orderId } }),
  },
  { route: ORDER, target: orderOf },
  {
    route: /^\/wc\/v3\/orders\/(\d+)\/refunds$/,
    target: (orderId) => ({ operation: 'refunds.list', filter: { orderId } }),
  },
  { route: /^\/wc\/v3\/webhooks$/, target: () => ({ operation: 'webhooks.list' }) },
];

// All three mean the same to WordPress; the answer is the record as it stands afterwards.
const CHANGES: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'POST']);

function orderOf(platformId: string): ReplayTarget {
  return { operation: 'orders.get', platformId };
}

/** Which operation a recorded request belongs to, in any sub-folder and with the route in the path or in a parameter. */
export function recognize({ method, url }: RecordedRequest): ReplayTarget | undefined {
  const route = routeOf(url)?.replace(/(?<!\/)\/+$/, '');
  if (route === undefined) return undefined;
  if (CHANGES.has(method.toUpperCase())) return recognizeChanged(route, url);
  if (method.toUpperCase() !== 'GET') return undefined;
  const rule = READS.find((one) => one.route.test(route) && (one.when?.(url) ?? true));
  return rule?.target(rule.route.exec(route)?.[1] ?? '') ?? recognizeCatalogue(route, url);
}

function recognizeChanged(route: string, url: URL): ReplayTarget | undefined {
  const order = ORDER.exec(route)?.[1];
  const target = order === undefined ? recognizeCatalogue(route, url) : orderOf(order);
  return target?.platformId === undefined ? undefined : target;
}

/** Shops without permalinks take the route as `?rest_route=` (recorded: rest-route-without-permalinks). */
function routeOf(url: URL): string | undefined {
  return /\/wp-json(\/.*|)$/.exec(url.pathname)?.[1] ?? url.searchParams.get('rest_route') ?? undefined;
}
