import { num, type Row, rowsOf, sumOf } from '../row.js';
import { idIn, type RestCall, type RestRoute } from '../rest/rest-call.js';
import { noSuch } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';

function cartOf(call: RestCall): Row {
  const id = idIn(call, 'cartId');
  const cart = call.data.tables.carts.find((one) => one['id'] === id);
  if (!cart) throw noSuch('cartId', id);
  return cart;
}

function list(call: RestCall): Row {
  return searchPage(call, {
    rows: call.data.tables.carts,
    columns: ['entity_id', 'converted_at', 'customer_id', 'customer_email', 'reserved_order_id'],
    read: (row, column) => (column === 'entity_id' ? row['id'] : row[column]),
  });
}

/** Before shipping and tax are known, which is where carts are left. */
function totals(call: RestCall): Row {
  const cart = cartOf(call);
  const items = rowsOf(cart, 'items');
  const subtotal = sumOf(...items.map((item) => num(item, 'price') * num(item, 'qty')));
  const both = { grand_total: subtotal, subtotal, discount_amount: 0, shipping_amount: 0, tax_amount: 0 };
  return {
    ...both,
    ...Object.fromEntries(Object.entries(both).map(([name, value]) => [`base_${name}`, value])),
    base_currency_code: call.shop.currency,
    quote_currency_code: call.shop.currency,
    items_qty: num(cart, 'items_qty'),
    items,
    total_segments: [{ code: 'grand_total', title: 'Grand Total', value: subtotal, area: 'footer' }],
  };
}

const CART = 'Magento_Cart::manage';

/** Carts, abandoned ones among them. */
export const cartRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/carts/search', resource: CART, answer: list },
  { method: 'GET', path: '/V1/carts/:cartId', resource: CART, answer: cartOf },
  { method: 'GET', path: '/V1/carts/:cartId/totals', resource: CART, answer: totals },
];
