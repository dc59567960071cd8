import { Big } from '#contract';
import { priceOf, type Price } from '../amounts.js';
import { buildOrder } from '../orders/build-order.js';
import type { CouponPlan, LinePlan, NextId, OrderPlan } from '../orders/order-plan.js';
import { lineOptions } from '../orders/line-options.js';
import { createRandom, type Random } from '../../random.js';
import type { Product, SeedRows, Variant } from '../state/rows.js';
import type { Store } from '../stores.js';
import type { OrderTables } from './order-tables.js';
import { tellStory } from './order-story.js';
import { buyersOf, orderPerson } from './people.js';
import { accountsOf } from './seed-customers.js';

const HOUR = 3_600_000;
const FIRST_ORDER = 100;

type Goods = Required<Pick<SeedRows, 'products' | 'variants' | 'brands'>>;

/** The first fifteen orders have one status each; the rest what a shop has. */
const USUAL = [11, 11, 11, 9, 2, 2, 2, 10, 10, 10, 7, 1, 3, 5, 14, 4, 0, 8, 12];

function linePlan(
  {
    product,
    variant,
    quantity,
    brand,
    address,
  }: { product: Product; variant: Variant; quantity: number; brand: string; address: number },
  store: Store,
): LinePlan {
  const sale = Number(product['sale_price']) > 0 ? Number(product['sale_price']) : product.price;
  const price = new Big(variant.price ?? sale);
  return {
    productId: product.id,
    variantId: variant.id,
    name: product.name,
    sku: variant.sku,
    type: product.type,
    quantity,
    price: priceOf(price, store.pricesIncludeTax, store.taxPpm, store.decimalPlaces),
    weight: variant.weight ?? product.weight,
    brand,
    address,
    options: lineOptions(variant),
  };
}

function pickLines(
  store: Store,
  goods: Goods,
  random: Random,
  addresses: number,
  digital: boolean,
): readonly LinePlan[] {
  const sold = goods.products.filter(
    ({ is_visible, availability, type }) =>
      is_visible && availability !== 'disabled' && (digital ? type === 'digital' : type === 'physical'),
  );
  const count = digital ? 1 : Math.max(addresses, random.between(1, 3));
  const chosen = new Set<Product>();
  while (chosen.size < Math.min(count, sold.length)) chosen.add(random.pick(sold));
  return [...chosen].map((product, index) => {
    const variant = random.pick(goods.variants.filter(({ product_id }) => product_id === product.id));
    const brand = goods.brands.find(({ id }) => id === product['brand_id'])?.name ?? '';
    const quantity = digital ? 1 : random.between(1, 3);
    return linePlan({ product, variant, quantity, brand, address: index % Math.max(addresses, 1) }, store);
  });
}

function couponFor(index: number, lines: readonly LinePlan[], store: Store): CouponPlan | undefined {
  if (index % 7 !== 3) return undefined;
  const worth = lines.reduce(
    (sum, { price, quantity }) => sum.plus((store.pricesIncludeTax ? price.inc : price.ex).times(quantity)),
    new Big(0),
  );
  const fixed = store.decimalPlaces === 0 ? '500' : '10';
  if (index % 2 === 0 && worth.gt(fixed)) {
    return { couponId: 1, code: 'TENOFF', name: 'Ten off', type: 2, amount: `${fixed}.0000`, discount: new Big(fixed) };
  }
  const discount = worth.times(15).div(100).round(store.decimalPlaces, Big.roundHalfUp);
  return { couponId: 2, code: 'FIFTEEN', name: '15% off', type: 1, amount: '15.0000', discount };
}

/** What some orders say and most do not. */
function fieldsOf(index: number): OrderPlan['fields'] {
  return {
    cart_id: `a8458391-ef68-4fe5-9ec1-${index.toString(16).padStart(12, '0')}`,
    ...(index % 9 === 2 && { customer_message: 'Please ring the bell twice.' }),
    ...(index % 23 === 7 && { order_source: 'manual', staff_notes: 'Taken on the phone.' }),
    ...(index % 31 === 9 && { order_source: 'external', external_source: 'M-MIG', external_order_id: `OLD-${index}` }),
  };
}

function planOrder(index: number, store: Store, base: number, goods: Goods, random: Random): OrderPlan {
  const buyerIndex = random.between(0, buyersOf(store).length - 1);
  const buyer = random.pick(buyersOf(store).slice(buyerIndex, buyerIndex + 1));
  const digital = index % 17 === 10;
  const addresses = digital ? 0 : index % 29 === 5 ? 2 : 1;
  const lines = pickLines(store, goods, random, addresses, digital);
  const price = (amount = '0'): Price =>
    priceOf(new Big(amount), store.pricesIncludeTax, store.taxPpm, store.decimalPlaces);
  const [small, off, fee] =
    store.decimalPlaces === 0 ? (['550', '100', '200'] as const) : (['7.95', '2.5', '3.5'] as const);
  const person = orderPerson(buyer);
  const second = orderPerson(random.pick(buyersOf(store)));
  const method = random.pick(['Flat Rate', 'UPS Ground', 'Free Shipping']);
  const coupon = couponFor(index, lines, store);
  return {
    // The newest order is an hour old.
    at: base - (store.orders - index) * 7 * HOUR + 6 * HOUR,
    statusId: index < 15 ? index : random.pick(USUAL),
    customerId: buyerIndex < accountsOf(store) ? 11 + buyerIndex : 0,
    billing: person,
    addresses: Array.from({ length: addresses }, (_, place) => ({
      person: place === 0 ? person : second,
      method,
      cost: price(method === 'Free Shipping' ? '0' : small),
    })),
    lines,
    handling: price(index % 13 === 4 && !digital ? '2' : '0'),
    discount: new Big(index % 19 === 8 ? off : 0),
    ...(coupon && { coupon }),
    fees: index % 11 === 6 ? [{ name: 'Package Protection', cost: price(fee) }] : [],
    paymentMethod: random.pick(['Authorize.net', 'PayPal', 'Bank Deposit', 'Cash on Delivery', 'Authorize.net']),
    paymentStatus: '',
    fields: fieldsOf(index),
  };
}

function counter(): NextId {
  const last: Record<string, number> = { orders: FIRST_ORDER - 1, lines: 0, orderAddresses: 0 };
  return (table) => (last[table] = (last[table] ?? 0) + 1);
}

/** Orders of every status with lines, addresses, coupons, fees, taxes, shipments, payments and refunds. */
export function seedOrders(store: Store, base: number, goods: Goods): OrderTables {
  const random = createRandom(`orders of ${store.hash}`);
  const next = counter();
  const tables: OrderTables = {
    orders: [],
    lines: [],
    orderAddresses: [],
    orderCoupons: [],
    orderTaxes: [],
    fees: [],
    messages: [],
    shipments: [],
    transactions: [],
    refunds: [],
  };
  for (let index = 0; index < store.orders; index += 1) {
    const plan = planOrder(index, store, base, goods, random);
    tellStory(buildOrder(plan, store, next), { index, at: plan.at, store, tables, base });
  }
  return tables;
}
