import type { JsonValue } from '#contract';
import type { LineItem, MetaDatum, Refund, WooOrder } from '../order.js';
import { priceOrder, type PricedOrder } from '../pricing.js';
import type { WooShop } from '../shop.js';
import { type ItemNumbers, itemNumbers } from './item-numbers.js';
import { draftOrders, type OrderDraft } from './order-draft.js';
import { couponLines, feeLines, itemMeta, lineItems, shippingLines, taxLines } from './order-items.js';
import { type NumberedRefund, refundsOf } from './refunds.js';
import { type SeedRandom, seedRandom } from './seed-random.js';

/** A draft with the ids its post and its refunds' posts got. */
interface NumberedDraft {
  readonly id: number;
  readonly draft: OrderDraft;
  readonly refunds: readonly NumberedRefund[];
}

/**
 * Everything a shop sold, the same at every start with the same `base`. In the order of their ids.
 * @param base the shop's "now" at the first start, in seconds since 1970; no date is later
 */
export function seedOrders(shop: WooShop, base: number): readonly WooOrder[] {
  const random = seedRandom(shop.host);
  const numbers = itemNumbers();
  return numberDrafts(shop, draftOrders(shop, base, random)).map((numbered, index) =>
    seedOrder(shop, numbered, index, random, numbers),
  );
}

/** Orders and refunds are posts of one sequence, numbered as they were written. */
function numberDrafts(shop: WooShop, drafts: readonly OrderDraft[]): NumberedDraft[] {
  const posts = drafts.flatMap((draft) => [
    { at: draft.insertedAt, draft },
    ...draft.refunds.map((refund) => ({ at: refund.at, draft, refund })),
  ]);
  const ordered = posts
    .sort((a, b) => a.at - b.at)
    .map((post, index) => ({ ...post, id: shop.plan.firstOrderId + index }));
  const refundIds = new Map<OrderDraft, NumberedRefund[]>();
  const orders: { readonly id: number; readonly draft: OrderDraft }[] = [];
  for (const post of ordered) {
    if (!('refund' in post)) orders.push(post);
    else refundIds.set(post.draft, [...(refundIds.get(post.draft) ?? []), { id: post.id, draft: post.refund }]);
  }
  return orders.map(({ id, draft }) => ({ id, draft, refunds: refundIds.get(draft) ?? [] }));
}

function seedOrder(
  shop: WooShop,
  { id, draft, refunds }: NumberedDraft,
  index: number,
  random: SeedRandom,
  numbers: ItemNumbers,
): WooOrder {
  const priced = priceDraft(shop, draft);
  const lines = lineItems(draft, priced, numbers);
  const taxes = taxLines(shop, priced.taxes, numbers);
  const sold = { id, total: priced.totals.total, lines, taxLines: taxes };
  const made = refundsOf(shop, sold, refunds, () => random.pick(shop.plan.refundReasons), numbers);
  return {
    ...historyOf(draft),
    id,
    number: shop.plan.numberPrefix === undefined ? String(id) : `${shop.plan.numberPrefix}${1001 + index}`,
    orderKey: `wc_order_${random.token(13)}`,
    buyer: draft.buyer,
    shipTo: draft.buyer,
    gateway: draft.gateway,
    transactionId: draft.gateway.online && draft.paidAt !== null ? `txn_${random.token(12)}` : '',
    meta: orderMeta(draft, numbers),
    lines: withRestocks(lines, made, numbers),
    taxLines: taxes,
    shippingLines: shippingLines(shop, draft, priced, numbers),
    feeLines: feeLines(draft, priced, numbers),
    couponLines: couponLines(shop, draft, priced, numbers),
    refunds: [...made].reverse(),
    totals: priced.totals,
  };
}

function historyOf(
  draft: OrderDraft,
): Pick<WooOrder, 'status' | 'createdVia' | 'createdAt' | 'modifiedAt' | 'paidAt' | 'completedAt' | 'note'> {
  const { status, createdAt, modifiedAt, paidAt, completedAt, note } = draft;
  const createdVia = status === 'checkout-draft' ? 'store-api' : 'checkout';
  return { status, createdVia, createdAt, modifiedAt, paidAt, completedAt, note };
}

function priceDraft(shop: WooShop, draft: OrderDraft): PricedOrder {
  return priceOrder(shop, {
    country: draft.buyer.country,
    state: draft.buyer.state,
    lines: draft.lines.map(({ product, quantity, net }) => ({
      taxClass: product.taxClass,
      taxable: product.taxable,
      price: product.price,
      quantity,
      ...(net === undefined ? {} : { net }),
    })),
    ...(draft.coupon ? { coupon: draft.coupon } : {}),
    ...(draft.shipping === 'flat' ? { shipping: shop.plan.shipping.price } : {}),
    fees: draft.fee ? [draft.fee.amount] : [],
  });
}

/** A line of which a piece came back says how much went into stock again (recorded: order-get-partial-refund.json). */
function withRestocks(lines: readonly LineItem[], refunds: readonly Refund[], numbers: ItemNumbers): LineItem[] {
  const returned = new Set(refunds.flatMap((refund) => refund.lines.map((line) => line.item.id)));
  return lines.map((line) => {
    if (!returned.has(line.id)) return line;
    return { ...line, meta: [...line.meta, itemMeta(numbers, '_restock_refunded_items', '1')] };
  });
}

function orderMeta(draft: OrderDraft, numbers: ItemNumbers): MetaDatum[] {
  const entries: [string, JsonValue][] = [];
  if (draft.extras.externalId) entries.push(['external_order_id', `A-${String(draft.createdAt).slice(-6)}`]);
  if (draft.buyer.company !== '') entries.push(['_billing_vat_id', `${draft.buyer.country}123456789`]);
  if (draft.extras.tracking && draft.completedAt !== null) entries.push(trackingOf(draft.completedAt));
  if (draft.status === 'trash') {
    entries.push(['_wp_trash_meta_status', 'wc-completed'], ['_wp_trash_meta_time', String(draft.modifiedAt)]);
  }
  return entries.map(([key, value]) => ({ id: numbers.meta(), key, value }));
}

/** What the shipment tracking plugins store (fact sheet, section 5.4). */
function trackingOf(shippedAt: number): [string, JsonValue] {
  const tracking = {
    tracking_provider: 'DHL',
    tracking_number: `0034043416${String(shippedAt)}`,
    custom_tracking_link: '',
    date_shipped: String(shippedAt),
  };
  return ['_wc_shipment_tracking_items', [tracking]];
}
