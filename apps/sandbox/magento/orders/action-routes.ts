import { inner, isRow, num, type Row, text } from '../row.js';
import { idIn, listIn, memberIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { NO_ENTITY, required, RestError } from '../rest/rest-error.js';
import { addHistory, type DocumentComment, type OrderWork, quantitiesIn, touch } from './documents.js';
import { invoiceOrder } from './invoice.js';
import { orderOf } from './order-routes.js';
import { canInvoice, canRefund, canShip, isOnline, refundable, toShip } from './order-rules.js';
import { moneyItems } from './order-items.js';
import { draftRefund, type RefundOrder, refundOrder } from './refund.js';
import { shipOrder } from './ship.js';
import { cancelOrder, holdOrder, unholdOrder } from './stop.js';

export function workOf(call: RestCall, order: Row): OrderWork {
  return { shop: call.shop, data: call.data, order, now: call.now };
}

function refused(document: string, reason: string): RestError {
  return new RestError(400, `${document} Document Validation Error(s):\n${reason}`);
}

function itemsIn(call: RestCall): Row[] {
  return listIn(call, 'items').map(snakeKeys);
}

function commentIn(call: RestCall): { readonly comment?: DocumentComment } {
  const given = memberIn(call, 'comment');
  if (!isRow(given) || text(given, 'comment') === '') return {};
  const row = snakeKeys(given);
  return { comment: { comment: text(row, 'comment'), isVisible: num(row, 'is_visible_on_front') === 1 } };
}

/** Recorded: shipment-create-partial.json, shipment-create-rest.json, shipment-create-too-many.json. */
function ship(call: RestCall): string {
  const order = orderOf(call, 'orderId');
  const quantities = quantitiesIn(itemsIn(call));
  const tracks = listIn(call, 'tracks').map(snakeKeys);
  if (!canShip(order)) throw refused('Shipment', 'The order does not allow a shipment to be created.');
  if (tracks.some((track) => text(track, 'track_number') === '')) {
    throw refused('Shipment', 'Please enter a tracking number.');
  }
  const isPossible = moneyItems(order).some((item) => {
    const wanted = quantities ? (quantities.get(num(item, 'item_id')) ?? 0) : toShip(item);
    return wanted > 0 && wanted <= toShip(item);
  });
  if (!isPossible) throw refused('Shipment', "You can't create a shipment without products.");
  const shipment = shipOrder(workOf(call, order), {
    quantities,
    tracks,
    sourceCode: sourceIn(call),
    ...commentIn(call),
  });
  return text(shipment, 'entity_id');
}

/**
 * With more than one source switched on, the shipment must say which it leaves (fact sheet, section 5.3; issue
 * magento/inventory#1542).
 */
function sourceIn(call: RestCall): string {
  const sent = memberIn(call, 'arguments');
  const given = text(inner(snakeKeys(isRow(sent) ? sent : {}), 'extension_attributes'), 'source_code');
  const enabled = call.data.tables.sources.filter((source) => source['enabled'] === true);
  const source =
    given === '' && enabled.length === 1 ? enabled[0] : enabled.find((one) => one['source_code'] === given);
  if (!source) throw new RestError(400, 'Could not save a shipment, see error log for details');
  return text(source, 'source_code');
}

/** Recorded: invoice-create.json. */
function invoice(call: RestCall): string {
  const order = orderOf(call, 'orderId');
  if (!canInvoice(order)) throw refused('Invoice', 'The order does not allow an invoice to be created.');
  const { comment } = commentIn(call);
  // Offline methods are paid by the invoice itself; a gateway is asked only with `capture`.
  const isPaid = memberIn(call, 'capture') === true || !isOnline(order);
  return text(invoiceOrder(workOf(call, order), quantitiesIn(itemsIn(call)), isPaid, comment), 'entity_id');
}

/** Recorded: refund-create-partial-item.json, refund-create-adjustment-only.json, refund-too-large.json. */
function refund(call: RestCall, order: Row, online: Pick<RefundOrder, 'isOnline' | 'invoiceId'>): string {
  if (!canRefund(order)) throw refused('Creditmemo', 'The order does not allow a creditmemo to be created.');
  const sent = memberIn(call, 'arguments');
  const given = snakeKeys(isRow(sent) ? sent : {});
  const returned = inner(given, 'extension_attributes')['return_to_stock_items'];
  const asked: RefundOrder = {
    quantities: quantitiesIn(itemsIn(call)),
    ...('shipping_amount' in given ? { shipping: num(given, 'shipping_amount') } : {}),
    positive: num(given, 'adjustment_positive'),
    negative: num(given, 'adjustment_negative'),
    returned: Array.isArray(returned) ? returned.map(Number) : [],
    ...online,
    ...commentIn(call),
  };
  const draft = draftRefund(order, asked);
  const total = num(draft.totals, 'base_grand_total');
  if (total > refundable(order)) {
    throw refused('Creditmemo', `The most money available to refund is ${String(refundable(order))}.`);
  }
  if (total <= 0) throw refused('Creditmemo', "The credit memo's total must be positive.");
  return text(refundOrder(workOf(call, order), asked, draft), 'entity_id');
}

function refundInvoice(call: RestCall): string {
  const invoiceId = idIn(call, 'invoiceId');
  const found = call.data.tables.invoices.find((one) => one['entity_id'] === invoiceId);
  const order = call.data.tables.orders.find((one) => one['entity_id'] === found?.['order_id']);
  if (!order) throw NO_ENTITY;
  const asked = memberIn(call, 'isOnline') === true;
  if (asked && !isOnline(order)) throw refused('Creditmemo', 'The payment method does not allow an online refund.');
  return refund(call, order, { isOnline: asked, invoiceId });
}

function hold(call: RestCall): boolean {
  if (!holdOrder(workOf(call, orderOf(call)))) throw new RestError(400, 'A hold action is not available.');
  return true;
}

function unhold(call: RestCall): boolean {
  if (!unholdOrder(workOf(call, orderOf(call)))) throw new RestError(400, 'You cannot remove the hold.');
  return true;
}

const STATE_STATUSES: Readonly<Record<string, readonly string[]>> = {
  new: ['pending'],
  processing: ['processing', 'fraud'],
  payment_review: ['payment_review', 'fraud'],
};

/** Recorded: order-comment-add.json. The status must be one of the order's state (2.4.5 and later). */
function comment(call: RestCall): boolean {
  const order = orderOf(call);
  const sent = memberIn(call, 'statusHistory');
  if (!isRow(sent)) throw required('statusHistory');
  const given = snakeKeys(sent);
  const [status, state] = [text(given, 'status'), text(order, 'state')];
  const custom = call.shop.customStatuses.filter((one) => one.state === state).map((one) => one.status);
  if (status !== '' && ![...(STATE_STATUSES[state] ?? [state]), ...custom].includes(status)) {
    const message = 'Unable to add comment: The status "%1" is not part of the order status history.';
    throw new RestError(400, message, [status]);
  }
  if (status !== '') order['status'] = status;
  const work = workOf(call, order);
  addHistory(work, text(given, 'comment'), undefined, num(given, 'is_visible_on_front'));
  touch(work);
  return true;
}

/** Nobody is written to. */
function emails(call: RestCall): boolean {
  orderOf(call);
  return true;
}

const SALES = 'Magento_Sales';

/** What can be done to an order. */
export const actionRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/V1/order/:orderId/ship', resource: `${SALES}::ship`, answer: ship },
  { method: 'POST', path: '/V1/order/:orderId/invoice', resource: `${SALES}::sales_invoice`, answer: invoice },
  {
    method: 'POST',
    path: '/V1/order/:orderId/refund',
    resource: `${SALES}::creditmemo`,
    answer: (call) => refund(call, orderOf(call, 'orderId'), { isOnline: false }),
  },
  {
    method: 'POST',
    path: '/V1/invoice/:invoiceId/refund',
    resource: `${SALES}::sales_creditmemo`,
    answer: refundInvoice,
  },
  {
    method: 'POST',
    path: '/V1/orders/:id/cancel',
    resource: `${SALES}::cancel`,
    answer: (call) => cancelOrder(workOf(call, orderOf(call))),
  },
  { method: 'POST', path: '/V1/orders/:id/hold', resource: `${SALES}::hold`, answer: hold },
  { method: 'POST', path: '/V1/orders/:id/unhold', resource: `${SALES}::unhold`, answer: unhold },
  { method: 'POST', path: '/V1/orders/:id/comments', resource: `${SALES}::comment`, answer: comment },
  {
    method: 'POST',
    path: '/V1/orders/:id/emails',
    resource: `${SALES}::emails`,
    answer: emails,
  },
];
