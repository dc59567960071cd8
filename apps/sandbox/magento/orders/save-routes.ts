import { createHash } from 'node:crypto';
import { inner, isRow, num, type Row, rowsOf, text } from '../row.js';
import { objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { NO_ENTITY } from '../rest/rest-error.js';
import { nextIncrementId } from './place-order.js';
import { orderOf } from './order-routes.js';

/**
 * Writes an order as it is given: nothing is worked out and no stock is set aside (recorded:
 * order-create-direct-post.json). With the id of an order it overwrites that one (issue #22431).
 */
function save(call: RestCall): Row {
  const {
    extension_attributes: _extensions,
    status_histories: _histories,
    ...given
  } = snakeKeys(objectIn(call, 'entity'));
  const { orders } = call.data.tables;
  const known = orders.find((one) => one['entity_id'] === given['entity_id']);
  if (known) {
    Object.assign(known, given, { updated_at: call.now });
    return shown(known);
  }
  const order = fresh(call, given);
  const assignments = rowsOf(
    inner(snakeKeys(objectIn(call, 'entity')), 'extension_attributes'),
    'shipping_assignments',
  );
  const shipping = inner(assignments[0] ?? {}, 'shipping');
  if ('address' in shipping) order['_shipping_address'] = address(call, order, inner(shipping, 'address'), 'shipping');
  if ('method' in shipping) order['_shipping_method'] = text(shipping, 'method');
  const billing = address(call, order, inner(given, 'billing_address'), 'billing');
  Object.assign(order, { billing_address: billing, billing_address_id: num(billing, 'entity_id') });
  orders.push(order);
  return shown(order);
}

function fresh(call: RestCall, given: Row): Row {
  const { data, shop, now } = call;
  const id = data.next('order');
  const storeId = num(given, 'store_id') || 1;
  const view = shop.views.find((one) => one.id === storeId) ?? shop.views[0];
  const items = rowsOf(given, 'items');
  const dues = ['', 'base_'].flatMap((prefix): [string, number][] =>
    `${prefix}grand_total` in given ? [[`${prefix}total_due`, num(given, `${prefix}grand_total`)]] : [],
  );
  return {
    state: 'new',
    status: 'pending',
    ...given,
    ...Object.fromEntries(dues),
    created_at: now,
    entity_id: id,
    increment_id: text(given, 'increment_id') || nextIncrementId(data, storeId, 'order'),
    protect_code: createHash('md5').update(`${shop.host} ${id}`).digest('hex'),
    store_id: storeId,
    store_name: `${shop.websiteName}\n${shop.groupName}\n${view.name}`,
    total_item_count: items.length,
    updated_at: now,
    items: items.map((item) => savedItem(call, id, item)),
    payment: savedPayment(id, inner(given, 'payment')),
    status_histories: [],
  };
}

function savedItem({ data, now }: RestCall, orderId: number, item: Row): Row {
  return {
    ...item,
    created_at: now,
    item_id: data.next('order_item'),
    order_id: orderId,
    ...('original_price' in item ? {} : { original_price: num(item, 'price') }),
    updated_at: now,
    row_total_incl_tax: num(item, 'row_total_incl_tax') || num(item, 'row_total'),
    base_row_total_incl_tax: num(item, 'base_row_total_incl_tax') || num(item, 'base_row_total'),
  };
}

function savedPayment(orderId: number, given: Row): Row {
  const base = {
    account_status: null,
    additional_information: [],
    cc_last4: null,
    entity_id: orderId,
    parent_id: orderId,
  };
  return { ...base, ...given };
}

function address({ data }: RestCall, order: Row, given: Row, kind: string): Row {
  return { address_type: kind, ...given, entity_id: data.next('order_address'), parent_id: num(order, 'entity_id') };
}

/** The answer to a save has no extension attributes (recorded: order-create-direct-post.json). */
function shown(order: Row): Row {
  return { ...order };
}

/** `PUT /V1/orders/:parent_id` edits one of its addresses. */
function saveAddress(call: RestCall): Row {
  const order = orderOf(call, 'parent_id');
  const given = snakeKeys(objectIn(call, 'entity'));
  const addresses = [order['_shipping_address'], order['billing_address']].filter((one) => isRow(one ?? null)) as Row[];
  const found =
    addresses.find((one) => one['entity_id'] === given['entity_id']) ??
    addresses.find((one) => one['address_type'] === given['address_type']);
  if (!found) throw NO_ENTITY;
  Object.assign(found, given, { entity_id: num(found, 'entity_id'), parent_id: num(order, 'entity_id') });
  order['updated_at'] = call.now;
  return found;
}

const CREATE = 'Magento_Sales::create';

/** Raw saves of orders. */
export const saveRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/V1/orders', resource: CREATE, answer: save },
  { method: 'PUT', path: '/V1/orders/create', resource: CREATE, answer: save },
  { method: 'PUT', path: '/V1/orders/:parent_id', resource: CREATE, answer: saveAddress },
];
