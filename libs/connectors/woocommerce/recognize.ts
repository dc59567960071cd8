import type { RecordedRequest, ReplayTarget } from '#contract';

const ORDERS = /^\/wc\/v[23]\/orders$/;
const ORDER = /^\/wc\/v[23]\/orders\/(\d+)$/;
/** The calls `shop.get` makes; the empty route is WordPress's own index. */
const SHOP = /^(?:\/wc\/v3\/(?:data\/currencies\/current|system_status))?$/;

/** Which operation a recorded request belongs to, in any sub-folder and with the route in the path or in a parameter. */
export function recognize({ method, url }: RecordedRequest): ReplayTarget | undefined {
  const route = routeOf(url)?.replace(/(?<!\/)\/+$/, '');
  if (method.toUpperCase() !== 'GET' || route === undefined) return undefined;
  if (ORDERS.test(route)) return { operation: 'orders.list' };
  if (SHOP.test(route)) return { operation: 'shop.get' };
  const platformId = ORDER.exec(route)?.[1];
  return platformId === undefined ? undefined : { operation: 'orders.get', platformId };
}

/** Shops without permalinks take the route as `?rest_route=` (recorded: rest-route-without-permalinks). */
function routeOf(url: URL): string | undefined {
  return /\/wp-json(\/.*|)$/.exec(url.pathname)?.[1] ?? url.searchParams.get('rest_route') ?? undefined;
}
