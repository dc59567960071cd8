import type { Order, OrderAddress, OrderLine, Rows } from '../state/rows.js';
import type { StoreData } from '../state/store-data.js';
import { API_HOST } from '../stores.js';

const ofOrder =
  (id: number) =>
  ({ order_id: orderId }: { readonly order_id: number }): boolean =>
    orderId === id;

export const linesOf = ({ tables }: StoreData, id: number): readonly OrderLine[] => tables.lines.where(ofOrder(id));
export const addressesOf = ({ tables }: StoreData, id: number): readonly OrderAddress[] =>
  tables.orderAddresses.where(ofOrder(id));
export const shipmentsOf = ({ tables }: StoreData, id: number): readonly Rows['shipments'][] =>
  tables.shipments.where(ofOrder(id));
export const feesOf = ({ tables }: StoreData, id: number): readonly Rows['fees'][] => tables.fees.where(ofOrder(id));

/** docs: a part of an order stands as an address and a path until it is asked for. */
function link({ store }: StoreData, path: string): { url: string; resource: string } {
  return { url: `https://${API_HOST}/stores/${store.hash}/v2${path}`, resource: path };
}

/** A shipping address with the link to its quotes, which the platform spells without underscores. */
export function addressBody(data: StoreData, address: OrderAddress): Readonly<Record<string, unknown>> {
  const path = `/orders/${address.order_id}/shippingaddresses/${address.id}/shippingquotes`;
  return { ...address, shipping_quotes: link(data, path) };
}

function consignmentAddress(data: StoreData, address: OrderAddress, withLines: boolean): unknown {
  const { order_id: orderId, form_fields, ...rest } = address;
  const amounts = Object.fromEntries(
    Object.entries(rest).map(([field, value]) =>
      // Recorded in the docs' examples: amounts of a consignment are numbers.
      /cost/.test(field) && typeof value === 'string' ? [field, Number(value)] : [field, value],
    ),
  );
  const lines = linesOf(data, orderId).filter(({ order_address_id: id }) => id === address.id);
  return {
    ...amounts,
    form_fields,
    line_items: withLines ? lines : [link(data, `/orders/${orderId}/products`)],
    shipping_quotes: link(data, `/orders/${orderId}/consignments/shipping/${address.id}/shipping_quotes`),
  };
}

/** docs: GET /v2/orders/{id}/consignments. */
export function consignments(data: StoreData, order: Order, withLines: boolean): Readonly<Record<string, unknown>> {
  const digital = linesOf(data, order.id).filter(({ type }) => type === 'digital');
  const downloads = [
    {
      recipient_email: order.billing_address['email'] ?? '',
      line_items: withLines ? digital : [link(data, `/orders/${order.id}/products`)],
    },
  ];
  return {
    pickups: [],
    shipping: addressesOf(data, order.id).map((address) => consignmentAddress(data, address, withLines)),
    downloads: digital.length === 0 ? [] : downloads,
    email: { gift_certificates: [] },
  };
}

/** An order as V2 prints it. @param query its `include` puts parts in the place of their links */
export function orderBody(data: StoreData, order: Order, query: URLSearchParams): Readonly<Record<string, unknown>> {
  const wanted = (query.get('include') ?? '').split(',');
  const path = `/orders/${order.id}`;
  const withLines = wanted.includes('consignments.line_items');
  const parts = consignments(data, order, withLines);
  // docs: consignments are a list of one unless `consignment_structure=object` is asked for.
  const structured = query.get('consignment_structure') === 'object' ? parts : [parts];
  return {
    ...order,
    products: link(data, `${path}/products`),
    shipping_addresses: link(data, `${path}/shippingaddresses`),
    coupons: link(data, `${path}/coupons`),
    fees: wanted.includes('fees')
      ? feesOf(data, order.id).map(({ order_id: _order, ...fee }) => fee)
      : link(data, `${path}/fees`),
    consignments: withLines || wanted.includes('consignments') ? structured : link(data, `${path}/consignments`),
  };
}
