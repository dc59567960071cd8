import type { RecordedRequest, ReplayTarget } from '#contract';
import { recognizeCatalogue } from './catalogue/recognize-catalogue.js';

/** A route below `V1`, and what a GET of it is. */
export interface Route {
  readonly route: RegExp;
  readonly target: (id: string, url: URL) => ReplayTarget | undefined;
}

const READS: readonly Route[] = [
  { route: /^store\/(?:storeConfigs|websites)$/, target: () => ({ operation: 'shop.get' }) },
  { route: /^orders$/, target: () => ({ operation: 'orders.list' }) },
  { route: /^orders\/(\d+)$/, target: (platformId) => ({ operation: 'orders.get', platformId }) },
  { route: /^shipments$/, target: (_, url) => ofOrder('fulfillments.list', url) },
  { route: /^creditmemos$/, target: (_, url) => ofOrder('refunds.list', url) },
  { route: /^transactions$/, target: (_, url) => ofOrder('transactions.list', url) },
  { route: /^carts\/search$/, target: () => ({ operation: 'carts.list' }) },
  { route: /^carts\/(\d+)$/, target: (platformId) => ({ operation: 'carts.get', platformId }) },
];

/** Each record names its order, so a list of all orders' records is read as if it were that of one. */
function ofOrder(operation: string, url: URL): ReplayTarget {
  return { operation, filter: { orderId: searchedFor(url, 'order_id') ?? '1' } };
}

/** What a search wants of a field, in either spelling of its parameters. */
export function searchedFor(url: URL, field: string): string | undefined {
  for (const [name, value] of url.searchParams) {
    if (value === field && name.endsWith('[field]')) {
      return url.searchParams.get(`${name.slice(0, -'[field]'.length)}[value]`) ?? undefined;
    }
  }
  return undefined;
}

/** Which operation a recorded request belongs to, in any sub-folder and for any store view. */
export function recognize({ method, url }: RecordedRequest): ReplayTarget | undefined {
  const route = /\/rest\/(?:[\w-]+\/)?V1\/(.+?)\/*$/.exec(url.pathname)?.[1];
  if (route === undefined || method.toUpperCase() !== 'GET') return undefined;
  return targetOf(READS, route, url) ?? recognizeCatalogue(route, url);
}

/** The first route that fits. */
export function targetOf(routes: readonly Route[], route: string, url: URL): ReplayTarget | undefined {
  const found = routes.find((one) => one.route.test(route));
  return found?.target(found.route.exec(route)?.[1] ?? '', url);
}
