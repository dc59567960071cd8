import { sum } from '#contract';
import type { CouponLine, FeeLine, LineItem, MetaDatum, ShippingLine, TaxLine } from '../order.js';
import { roundMoney } from '../money-rounding.js';
import { discountTaxOf, type PricedOrder, type PricedTax } from '../pricing.js';
import type { WooShop } from '../shop.js';
import type { ItemNumbers } from './item-numbers.js';
import type { DraftLine, OrderDraft } from './order-draft.js';

// Entering one of these takes stock, and the line says how much (fact sheet, section 5.2).
const REDUCES_STOCK = new Set(['processing', 'on-hold', 'completed', 'trash', 'refunded']);

export function lineItems(draft: OrderDraft, priced: PricedOrder, numbers: ItemNumbers): LineItem[] {
  return draft.lines.map((line, index) => {
    const price = priced.lines[index];
    if (!price) throw new RangeError('a line was not priced');
    return {
      id: numbers.item(),
      name: lineName(line),
      quantity: line.quantity,
      taxClass: line.product.taxClass,
      ...price,
      meta: lineMeta(draft, line, numbers),
      ...catalogueFields(line),
    };
  });
}

function lineName({ product, variation }: DraftLine): string {
  return variation ? `${product.name} - ${variation.choices.map((choice) => choice.name).join(', ')}` : product.name;
}

type CatalogueFields = Pick<
  LineItem,
  'productId' | 'variationId' | 'sku' | 'globalUniqueId' | 'imageId' | 'parentName'
>;

/** What a line says of its product beside the name; of one deleted since, nothing. */
function catalogueFields({ product, variation }: DraftLine): CatalogueFields {
  if (product.deleted === true) {
    return { productId: 0, variationId: 0, sku: null, globalUniqueId: null, imageId: 0, parentName: null };
  }
  if (!variation) {
    const { id, sku, globalUniqueId } = product;
    return { productId: id, variationId: 0, sku, globalUniqueId, imageId: '', parentName: null };
  }
  const { id, sku } = variation;
  return { productId: product.id, variationId: id, sku, globalUniqueId: '', imageId: 0, parentName: product.name };
}

function lineMeta(draft: OrderDraft, line: DraftLine, numbers: ItemNumbers): MetaDatum[] {
  const choices = (line.variation?.choices ?? []).map((choice) => ({
    id: numbers.meta(),
    key: choice.key,
    value: choice.slug,
    display: { key: choice.label, value: choice.name },
  }));
  if (!REDUCES_STOCK.has(draft.status) || line.product.deleted === true) return choices;
  return [...choices, itemMeta(numbers, '_reduced_stock', String(line.quantity))];
}

/** A meta datum without a label: what is shown is the key itself. */
export function itemMeta(numbers: ItemNumbers, key: string, value: string): MetaDatum {
  return { id: numbers.meta(), key, value, display: { key, value } };
}

export function taxLines(shop: WooShop, taxes: readonly PricedTax[], numbers: ItemNumbers): TaxLine[] {
  return taxes.map(({ rate, total, shippingTotal }) => ({
    id: numbers.item(),
    rateId: rate.id,
    rateCode: [rate.country, rate.state, rate.name.toUpperCase(), String(rate.priority)]
      .filter((part) => part !== '')
      .join('-'),
    label: rate.name,
    percent: rate.percent,
    total: roundMoney(total, shop),
    shippingTotal,
  }));
}

export function shippingLines(
  shop: WooShop,
  draft: OrderDraft,
  priced: PricedOrder,
  numbers: ItemNumbers,
): ShippingLine[] {
  if (draft.shipping === 'none') return [];
  const isFree = draft.shipping === 'free';
  const { title, freeTitle } = shop.plan.shipping;
  return [
    {
      id: numbers.item(),
      title: isFree ? freeTitle : title,
      methodId: isFree ? 'free_shipping' : 'flat_rate',
      ...priced.shipping,
    },
  ];
}

export function feeLines(draft: OrderDraft, priced: PricedOrder, numbers: ItemNumbers): FeeLine[] {
  const { fee } = draft;
  return fee ? priced.fees.map((cost) => ({ id: numbers.item(), name: fee.name, ...cost })) : [];
}

export function couponLines(shop: WooShop, draft: OrderDraft, priced: PricedOrder, numbers: ItemNumbers): CouponLine[] {
  if (!draft.coupon) return [];
  const discount = sum(priced.lines.map((line) => line.subtotal.minus(line.total)));
  return [
    {
      id: numbers.item(),
      metaId: numbers.meta(),
      coupon: draft.coupon,
      discount: roundMoney(discount, shop),
      discountTax: roundMoney(discountTaxOf(priced.lines), shop),
    },
  ];
}
