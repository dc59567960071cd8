import type { RecordedRequest, ReplayTarget } from '#contract';
import { recognizeCatalogue } from './catalogue/recognize-catalogue.js';

interface Rule {
  readonly path: RegExp;
  /** What a request asks for beyond its path. */
  readonly when?: (url: URL) => boolean;
  readonly target: (id: string, url: URL) => ReplayTarget;
}

const isWhole = ({ searchParams }: URL): boolean => searchParams.has('consignment_structure');

const READS: readonly Rule[] = [
  { path: /^v2\/store$/, target: () => ({ operation: 'shop.get' }) },
  // Without its lines an order cannot be mapped.
  { path: /^v2\/orders$/, when: isWhole, target: () => ({ operation: 'orders.list' }) },
  {
    path: /^v2\/orders\/(\d+)$/,
    when: isWhole,
    target: (platformId) => ({ operation: 'orders.get', platformId }),
  },
  {
    path: /^v2\/orders\/(\d+)\/shipments$/,
    target: (orderId) => ({ operation: 'fulfillments.list', filter: { orderId } }),
  },
  {
    path: /^v3\/orders\/payment_actions\/refunds$/,
    when: ({ searchParams }) => /^\d+$/.test(searchParams.get('order_id:in') ?? ''),
    target: (_, { searchParams }) => ({
      operation: 'refunds.list',
      filter: { orderId: searchParams.get('order_id:in') ?? '' },
    }),
  },
  {
    path: /^v3\/orders\/(\d+)\/transactions$/,
    target: (orderId) => ({ operation: 'transactions.list', filter: { orderId } }),
  },
  { path: /^v3\/carts\/([0-9a-f-]{36})$/, target: (platformId) => ({ operation: 'carts.get', platformId }) },
  { path: /^v3\/hooks$/, target: () => ({ operation: 'webhooks.list' }) },
];

/** Which operation a recorded request belongs to; a call of a test is below the API root already. */
export function recognize({ method, url }: RecordedRequest): ReplayTarget | undefined {
  const path = /^(?:\/stores\/[a-z0-9]+)?\/(v[23]\/.*?)(?:\.json)?\/*$/.exec(url.pathname)?.[1];
  if (path === undefined || method.toUpperCase() !== 'GET') return undefined;
  for (const rule of READS) {
    const found = rule.path.exec(path);
    if (found !== null && (rule.when?.(url) ?? true)) return rule.target(found[1] ?? '', url);
  }
  return recognizeCatalogue(path, url);
}
