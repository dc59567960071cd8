import { Big, type JsonValue, sum } from '#contract';
import { changeStock, DEFAULT_LOCATION } from '../catalog/stock.js';
import { four, rfc2822 } from '../amounts.js';
import { noContent, ok, RestFailure, type Answer, type Call, type Endpoint } from '../rest/answer.js';
import { readV2 } from '../rest/read-body.js';
import type { Order, OrderLine } from '../state/rows.js';
import { buildOrder } from './build-order.js';
import type { OrderPlan, OrderRows } from './order-plan.js';
import { changeOrder } from './change-order.js';
import { linesOf, orderBody } from './order-body.js';
import {
  createOrderSchema,
  givenPrice,
  lineOf,
  personOf,
  plainFields,
  updateOrderSchema,
  type FeeInput,
} from './order-input.js';
import { orderIn } from './order-reads.js';

export const WRITE_ORDERS = ['store_v2_orders'];
const ZERO = new Big(0);
const FREE = { ex: ZERO, inc: ZERO };
const PENDING = 1;

function keep({ data }: Call, rows: OrderRows): void {
  const { tables } = data;
  tables.orders.put(rows.order);
  for (const line of rows.lines) tables.lines.put(line);
  for (const address of rows.addresses) tables.orderAddresses.put(address);
  for (const tax of rows.taxes) tables.orderTaxes.put(tax);
  for (const fee of rows.fees) tables.fees.put(fee);
}

/** An order over the API takes stock as any other does. */
function takeStock({ data, emit }: Call, lines: readonly OrderLine[]): void {
  for (const { product_id: productId, variant_id: variantId, quantity } of lines) {
    const tracking = data.tables.products.find(productId)?.inventory_tracking ?? 'none';
    if (tracking === 'none') continue;
    const taken = { variantId, locationId: DEFAULT_LOCATION, method: 'relative', quantity: -quantity } as const;
    changeStock(data, { ...taken, byOrder: true }, emit);
  }
}

function feePlans(fees: readonly FeeInput[]): OrderPlan['fees'] {
  return fees.map((fee) => ({
    name: fee.display_name_customer ?? fee.name ?? 'Fee',
    cost: givenPrice(fee.cost_ex_tax ?? fee.base_cost, fee.cost_inc_tax) ?? FREE,
  }));
}

/** docs: without shipping addresses the order goes to the billing address. */
function createOrder(call: Call): Answer {
  const { data, now, emit, query } = call;
  const given = readV2(createOrderSchema, call.body);
  const billing = personOf(given.billing_address);
  const lines = given.products.map((line) => lineOf(data, line, 0));
  const wanted = given.shipping_addresses ?? [];
  const people =
    wanted.length > 0 ? wanted : lines.some(({ type }) => type === 'physical') ? [given.billing_address] : [];
  const fields = plainFields(given);
  const cost = givenPrice(given.shipping_cost_ex_tax, given.shipping_cost_inc_tax) ?? FREE;
  const handling = givenPrice(given.handling_cost_ex_tax, given.handling_cost_inc_tax) ?? FREE;
  const createdAt = given.date_created === undefined ? now : Date.parse(given.date_created);
  if (Number.isNaN(createdAt))
    throw new RestFailure(400, "The field 'date_created' is invalid.", { field: 'date_created' });
  const plan: OrderPlan = {
    ...{
      at: createdAt,
      statusId: given.status_id ?? PENDING,
      customerId: given.customer_id ?? 0,
      billing,
      lines,
      handling,
    },
    addresses: people.map((person, index) => ({
      person: personOf(person),
      method: typeof person['shipping_method'] === 'string' ? person['shipping_method'] : '',
      cost: index === 0 ? cost : FREE,
    })),
    discount: given.discount_amount ?? ZERO,
    fees: feePlans(given.fees ?? []),
    paymentMethod: '',
    paymentStatus: '',
    fields: { order_source: 'external', ...fields, date_modified: rfc2822(now) },
  };
  const rows = buildOrder(plan, data.store, (table) => data.tables[table].nextId());
  keep(call, rows);
  takeStock(call, rows.lines);
  emit('store/order/created', { type: 'order', id: rows.order.id });
  return { status: 201, body: orderBody(data, rows.order, query) };
}

type LineEdit = NonNullable<ReturnType<typeof updateOrderSchema.parse>['products']>[number];

/** docs: an edited line loses its discounts; quantity 0 takes it away. */
function editLine({ data }: Call, line: OrderLine, edit: LineEdit): void {
  if (edit.quantity === 0) {
    data.tables.lines.remove(({ id }) => id === line.id);
    return;
  }
  const quantity = edit.quantity ?? line.quantity;
  const price = givenPrice(edit.price_ex_tax, edit.price_inc_tax) ?? {
    ex: new Big(line.price_ex_tax),
    inc: new Big(line.price_inc_tax),
  };
  const [ex, inc] = [price.ex.times(quantity), price.inc.times(quantity)];
  const entered = data.store.pricesIncludeTax ? price.inc : price.ex;
  data.tables.lines.put({
    ...line,
    ...(edit.name !== undefined && { name: edit.name }),
    quantity,
    ...{ price_ex_tax: four(price.ex), price_inc_tax: four(price.inc), price_tax: four(price.inc.minus(price.ex)) },
    ...{ total_ex_tax: four(ex), total_inc_tax: four(inc), total_tax: four(inc.minus(ex)) },
    ...{ base_price: four(entered), base_total: four(entered.times(quantity)) },
    ...{ discounted_total_inc_tax: four(inc), applied_discounts: [] },
  });
}

function editLines(call: Call, order: Order, edits: readonly LineEdit[]): Partial<Order> {
  const { data } = call;
  const before = linesOf(data, order.id);
  for (const edit of edits) {
    const line = before.find(({ id }) => id === edit.id);
    if (edit.id !== undefined && line === undefined) {
      throw new RestFailure(400, "The field 'products' is invalid.", {
        field: 'products',
        invalid_reason: `Line ${edit.id} was not found.`,
      });
    }
    if (line !== undefined) editLine(call, line, edit);
    else addLine(call, order, edit);
  }
  return sumsOf(linesOf(data, order.id), order);
}

function addLine({ data }: Call, order: Order, { id: _id, quantity = 1, ...edit }: LineEdit): void {
  const plan = lineOf(data, { ...edit, quantity }, 0);
  const address = data.tables.orderAddresses.where(({ order_id: id }) => id === order.id)[0];
  const shared = { ...FREE_PLAN, at: 0, lines: [plan], billing: order.billing_address };
  const [line] = buildOrder(shared, data.store, (table) => (table === 'lines' ? data.tables.lines.nextId() : 0)).lines;
  if (line !== undefined) data.tables.lines.put({ ...line, order_id: order.id, order_address_id: address?.id ?? 0 });
}

const FREE_PLAN = {
  ...{ statusId: PENDING, customerId: 0, addresses: [], handling: FREE, discount: ZERO, fees: [], paymentMethod: '' },
  ...{ paymentStatus: '', fields: {} },
};

/** The order's sums after its lines changed; everything beside the lines keeps what it was. */
function sumsOf(lines: readonly OrderLine[], order: Order): Partial<Order> {
  const [ex, inc] = [
    sum(lines.map((one) => new Big(one.total_ex_tax))),
    sum(lines.map((one) => new Big(one.total_inc_tax))),
  ];
  const old = (name: string): Big => new Big(order[name] as string);
  const totalEx = new Big(order.total_ex_tax).minus(old('subtotal_ex_tax')).plus(ex);
  const totalInc = new Big(order.total_inc_tax).minus(old('subtotal_inc_tax')).plus(inc);
  const printed: Record<string, JsonValue> = {
    ...{ subtotal_ex_tax: four(ex), subtotal_inc_tax: four(inc), subtotal_tax: four(inc.minus(ex)) },
    ...{ total_ex_tax: four(totalEx), total_inc_tax: four(totalInc), total_tax: four(totalInc.minus(totalEx)) },
    items_total: lines.reduce((count, { quantity }) => count + quantity, 0),
  };
  return printed;
}

function editAddress({ data }: Call, order: Order, { id, ...given }: { readonly id: number }): void {
  const address = data.tables.orderAddresses.find(id);
  if (address?.order_id !== order.id) {
    throw new RestFailure(400, "The field 'shipping_addresses' is invalid.", { field: 'shipping_addresses' });
  }
  data.tables.orderAddresses.put({ ...address, ...personOf({ ...address, ...given }) });
}

function updateOrder(call: Call): Answer {
  const before = orderIn(call);
  const given = readV2(updateOrderSchema, call.body);
  const sums = given.products === undefined ? {} : editLines(call, before, given.products);
  for (const address of given.shipping_addresses ?? []) editAddress(call, before, address);
  const order = changeOrder(call, before, {
    ...sums,
    ...plainFields(given),
    ...(given.status_id !== undefined && { status_id: given.status_id }),
    ...(given.billing_address && {
      billing_address: { ...personOf({ ...before.billing_address, ...given.billing_address }), form_fields: [] },
    }),
  });
  return ok(orderBody(call.data, order, call.query));
}

function archive(call: Call, order: Order): void {
  if (order.is_deleted) return;
  call.data.tables.orders.put({ ...order, is_deleted: true, date_modified: rfc2822(call.now) });
  call.emit('store/order/archived', { type: 'order', id: order.id });
}

/** docs: without an id every order is archived; counted, so that a test can prove that nobody calls it. */
function archiveAll(call: Call): Answer {
  const { wipes, tables } = call.data;
  wipes['DELETE /v2/orders'] = (wipes['DELETE /v2/orders'] ?? 0) + 1;
  for (const order of tables.orders.all()) archive(call, order);
  return noContent;
}

/** Making, changing and archiving orders. */
export const ORDER_WRITES: readonly Endpoint[] = [
  { method: 'POST', path: '/v2/orders', scopes: WRITE_ORDERS, handle: createOrder },
  { method: 'PUT', path: '/v2/orders/:id', scopes: WRITE_ORDERS, handle: updateOrder },
  {
    method: 'DELETE',
    path: '/v2/orders/:id',
    scopes: WRITE_ORDERS,
    handle(call) {
      archive(call, orderIn(call));
      return noContent;
    },
  },
  { method: 'DELETE', path: '/v2/orders', scopes: WRITE_ORDERS, handle: archiveAll },
];
