import { type ConnectedStore, GatewayError } from '#contract';
import { z } from 'zod';
import { id, list, meta } from './atoms.js';
import { REFERENCE_KEY } from './order-body.js';

// An order cannot be searched by its meta data: `search` looks at numbers, names and addresses (fact sheet, 5.2). But a
// list comes from the shop's own database and does not lag behind a write, so the newest orders are read and compared.
// A key is kept for a day, so an order older than two days than the newest one was made by no try that is still open.
const PAGE = 100;
const MOST_PAGES = 30;
const LONGEST_AGO_MS = 2 * 24 * 3_600_000;

// What came from elsewhere is left out by the platform, as far as its version can. Older ones call every order of the API
// `rest-api`, whatever was asked; the oldest ignore the parameter.
const PLAIN = /^[\w.-]{1,100}$/;

const row = z.object({
  id,
  status: z.string().nullish(),
  date_created_gmt: z.string().nullish(),
  meta_data: list(meta),
});
type Row = z.infer<typeof row>;

/**
 * The order that holds the reference, among those with one of the statuses. A draft is what a refused try left: it is
 * found only when it is asked for.
 * @throws GatewayError `outcome_unknown` when there are too many orders to be sure
 */
export async function findOrderId(
  store: ConnectedStore,
  source: string,
  reference: string,
  statuses: readonly string[],
): Promise<string | undefined> {
  for (const status of statuses) {
    const found = await findAmong(store, source, reference, status);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function findAmong(
  store: ConnectedStore,
  source: string,
  reference: string,
  status: string,
): Promise<string | undefined> {
  const query = {
    status,
    orderby: 'date',
    order: 'desc',
    per_page: PAGE,
    _fields: 'id,status,date_created_gmt,meta_data',
    ...(PLAIN.test(source) && { 'created_via[0]': source, 'created_via[1]': 'rest-api' }),
  };
  let newest = NaN;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const call = {
      path: 'wp-json/wc/v3/orders',
      query: { ...query, page },
      effect: 'read',
      expect: list(row),
    } as const;
    const rows = (await store.http(call)).data;
    const found = rows.find((order) => isMeant(order, reference, status));
    if (found !== undefined) return found.id;
    newest = Number.isNaN(newest) ? dateOf(rows[0]) : newest;
    const isOver = rows.length < PAGE || dateOf(rows.at(-1)) < newest - LONGEST_AGO_MS;
    if (isOver) return undefined;
  }
  throw new GatewayError('outcome_unknown', 'The shop has too many new orders to find this one among them.', {
    platform: { id: 'woocommerce' },
  });
}

function isMeant(order: Row, reference: string, status: string): boolean {
  if (order.status === 'checkout-draft' && status !== 'checkout-draft') return false;
  return order.meta_data.some(({ key, value }) => key === REFERENCE_KEY && value === reference);
}

function dateOf(order: Row | undefined): number {
  return Date.parse(`${order?.date_created_gmt ?? ''}Z`);
}
