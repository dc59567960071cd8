import { createRandom, type Random } from '../../random.js';
import type { DraftLine, OrderDraft } from '../orders/order-draft.js';
import { placeOrder } from '../orders/place-order.js';
import { num, type Row, text } from '../row.js';
import type { MagentoShop } from '../shop.js';
import type { ShopData } from '../shop-data.js';
import { addressOf, type SeedPlan } from './seed-plan.js';
import { liveOrder } from './order-lives.js';

const DAY = 86_400;
const HOUR = 3_600;

/** Everything a shop sold, spread over the days before `base`, the newest two hours old. */
export function seedOrders(shop: MagentoShop, data: ShopData, plan: SeedPlan, base: number): void {
  const random = createRandom(shop.host);
  const step = Math.floor((plan.days * DAY) / plan.orders);
  for (let index = 0; index < plan.orders; index += 1) {
    const at = base - 2 * HOUR - (plan.orders - index - 1) * step - random.between(0, Math.floor(step * 0.7));
    const order = placeOrder(shop, data, draftOf(shop, data, plan, index, at, random));
    liveOrder({ shop, data, plan, random, base }, order, index, at);
  }
}

function draftOf(
  shop: MagentoShop,
  data: ShopData,
  plan: SeedPlan,
  index: number,
  at: number,
  random: Random,
): OrderDraft {
  const buyer = random.pick(plan.buyers);
  const customer = data.tables.customers.find((one) => one['email'] === buyer.email);
  const lines = linesOf(data, index, random);
  const isShipped = lines.some((line) => !isVirtual(data, line));
  const rule = index % 5 === 2 ? data.tables.salesRules[index % data.tables.salesRules.length] : undefined;
  const coupon = rule && data.tables.coupons.find((one) => one['rule_id'] === rule['rule_id']);
  // Swiss buyers come by the view that is theirs.
  const view = shop.views.find((one) => one.currency !== shop.currency && buyer.country === 'CH') ?? shop.views[0];
  return {
    view,
    ...(customer ? { customer } : {}),
    email: buyer.email,
    billing: addressOf(buyer),
    ...(isShipped ? { shipping: addressOf(index % 7 === 3 ? random.pick(plan.buyers) : buyer) } : {}),
    lines,
    ...(rule && coupon
      ? {
          discount: { percent: num(rule, 'discount_amount'), code: text(coupon, 'code'), ruleId: num(rule, 'rule_id') },
        }
      : {}),
    payment: random.pick(plan.payments),
    at,
  };
}

/** Every eleventh order is a single thing that is not shipped. */
function linesOf(data: ShopData, index: number, random: Random): DraftLine[] {
  const sold = data.tables.products.filter((one) => one['type_id'] !== 'configurable' && one['status'] === 1);
  const goods = sold.filter((one) => one['type_id'] === 'simple');
  const others = sold.filter((one) => one['type_id'] !== 'simple');
  if (index % 11 === 5 && others.length > 0) return [{ sku: text(random.pick(others), 'sku'), quantity: 1 }];
  const chosen = new Set<Row>();
  const wanted = random.between(1, 3);
  while (chosen.size < wanted) chosen.add(random.pick(index % 6 === 4 ? sold : goods));
  return [...chosen].map((product) => ({ sku: text(product, 'sku'), quantity: random.between(1, 3) }));
}

function isVirtual(data: ShopData, { sku }: DraftLine): boolean {
  return data.tables.products.some((one) => one['sku'] === sku && one['type_id'] !== 'simple');
}
