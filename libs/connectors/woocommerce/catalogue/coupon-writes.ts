import {
  type ConnectedStore,
  type CouponChange,
  type couponDeletion,
  type CouponInput,
  type CouponRecord,
  GatewayError,
  type JsonValue,
  type Losses,
  type WriteOperation,
  type Written,
} from '#contract';
import type { z } from 'zod';
import { amountIn } from '../order-body.js';
import { bodyOf, checkedId, readOne, rejected, writeCall } from '../record-calls.js';
import { couponAsPrinted, COUPONS, couponsOf, kindOf } from './coupons.js';
import { asHtml } from './product-input.js';
import { trashCall } from './steps.js';

const LOSSES: Losses = {
  code: { fate: 'changed', why: 'WooCommerce keeps codes in small letters.' },
  startsAt: { fate: 'ignored', why: 'A WooCommerce coupon holds from the moment it is made.' },
};

type Fields = Partial<Omit<CouponChange, 'couponId'>>;
type Kind = NonNullable<Fields['kind']>;

const DISCOUNTS: Readonly<Record<Kind, string>> = {
  percentage: 'percent',
  fixedOrder: 'fixed_cart',
  fixedItem: 'fixed_product',
  freeShipping: 'fixed_cart',
};

/** What is taken off; a number without its kind would be read as whatever the coupon is. */
function discountBody(currency: string, kind: Kind | undefined, { percentage, amount }: Fields) {
  if (kind === undefined) return {};
  if (percentage !== undefined && kind !== 'percentage')
    throw rejected('belongs to kind percentage and to no other', 'percentage');
  if (amount !== undefined && !kind.startsWith('fixed'))
    throw rejected('belongs to kind fixedOrder or fixedItem and to no other', 'amount');
  const money = amount && amountIn(currency, amount, 'amount');
  const isFree = kind === 'freeShipping';
  return { discount_type: DISCOUNTS[kind], free_shipping: isFree, amount: isFree ? '0' : (percentage ?? money) };
}

function couponBody(
  { currency }: ConnectedStore,
  kind: Kind | undefined,
  fields: Fields,
): Readonly<Record<string, JsonValue>> {
  const { code, name, startsAt, endsAt, minimumAmount, disabled } = fields;
  // It would hold before it should.
  if (startsAt !== undefined && startsAt.getTime() > Date.now())
    throw rejected('A WooCommerce coupon cannot begin later: make it when it is to hold, or disabled.', 'startsAt');
  return bodyOf({
    code,
    description: name === undefined ? undefined : asHtml(name),
    ...discountBody(currency, kind, fields),
    // The one that ends on `_gmt` is ignored when it is written, and a time without a zone is the shop's own.
    date_expires: endsAt === null ? '' : endsAt?.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    ...limits(fields),
    minimum_amount: minimumAmount === null ? '0' : minimumAmount && amountIn(currency, minimumAmount, 'minimumAmount'),
    product_ids: fields.productIds?.map((id) => Number(checkedId(id, 'product'))),
    product_categories: fields.categoryIds?.map((id) => Number(checkedId(id, 'category'))),
    status: disabled === undefined ? undefined : disabled ? 'draft' : 'publish',
  });
}

// 0 is no limit.
function limits({ usageLimit, usageLimitPerCustomer }: Fields) {
  return {
    usage_limit: usageLimit === null ? 0 : usageLimit,
    usage_limit_per_user: usageLimitPerCustomer === null ? 0 : usageLimitPerCustomer,
  };
}

export const createCoupons: WriteOperation<CouponInput, Written<CouponRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'A second coupon of the same code is refused, but one that is disabled is not even found by it.',
  },
  losses: LOSSES,
  run: async (store, input) =>
    writeCall(
      store,
      { method: 'POST', path: COUPONS, body: couponBody(store, input.kind, input) },
      couponsOf(store).reading,
    ),
};

export const updateCoupons: WriteOperation<CouponChange, Written<CouponRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: LOSSES,
  async run(store, { couponId, ...fields }) {
    const kind = await kindAfter(store, couponId, fields);
    const body = couponBody(store, kind, fields);
    const path = `${COUPONS}/${checkedId(couponId, 'coupon')}`;
    const coupon = await writeCall(store, { method: 'PUT', path, body }, couponsOf(store).reading);
    if (coupon.record.platformStatus !== 'trash') return coupon;
    throw new GatewayError('not_found', 'This coupon lies in the trash.', { platform: { id: 'woocommerce' } });
  },
};

// What its number counts.
function unitOf(kind: CouponRecord['kind']): string {
  return kind.startsWith('fixed') ? 'fixed' : kind;
}

/** 10 percent must not become 10 of the shop's currency, nor the other way round. */
async function kindAfter(store: ConnectedStore, couponId: string, fields: Fields): Promise<Kind | undefined> {
  const { kind, percentage, amount } = fields;
  const value = percentage ?? amount;
  if (kind === undefined && value === undefined) return undefined;
  if (kind === 'freeShipping' || (kind !== undefined && value !== undefined)) return kind;
  const current = kindOf((await readOne(store, couponAsPrinted, couponId)).record);
  if (kind !== undefined && unitOf(kind) !== unitOf(current))
    throw rejected(`A coupon that becomes ${kind} needs to be told how much it takes off.`, 'kind');
  if (kind !== undefined) return kind;
  if (current === 'other') throw rejected('Its discount is of a kind that only a plugin knows.', 'kind');
  return current;
}

export const deleteCoupons: WriteOperation<z.output<typeof couponDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What lies in the trash already is told apart from what was put there.' },
  losses: {},
  run: async (store, { couponId }) => trashCall(store, `${COUPONS}/${checkedId(couponId, 'coupon')}`),
};
