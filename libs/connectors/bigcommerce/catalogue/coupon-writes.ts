import {
  type ConnectedStore,
  type CouponChange,
  type couponDeletion,
  type CouponInput,
  type CouponRecord,
  type JsonValue,
  type Losses,
  type WriteOperation,
  type Written,
} from '#contract';
import { anyJson, mapOne } from '#kit';
import type { z } from 'zod';
import { mailTime, numberIn } from '../atoms.js';
import { type Body, bodyOf, deleteAt, inOurWords, recordNumber, rejected } from '../record-calls.js';
import { couponAsPrinted, couponReading, COUPONS, kindOf, type PlatformCoupon, readCoupon } from './coupons.js';

const LOSSES: Losses = {
  startsAt: { fate: 'ignored', why: 'A BigCommerce coupon holds from the moment it is made.' },
};

const OUR_WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  code: 'code',
  type: 'kind',
  amount: 'amount',
  min_purchase: 'minimumAmount',
  expires: 'endsAt',
  max_uses: 'usageLimit',
  max_uses_per_customer: 'usageLimitPerCustomer',
  applies_to: 'categoryIds',
};

type Fields = Partial<Omit<CouponChange, 'couponId'>>;
type Kind = NonNullable<Fields['kind']>;

const TYPES: Readonly<Record<Kind, string>> = {
  percentage: 'percentage_discount',
  fixedOrder: 'per_total_discount',
  fixedItem: 'per_item_discount',
  freeShipping: 'free_shipping',
};

/** Amounts of V2 are texts. */
function couponBody({ currency }: ConnectedStore, fields: Fields): Body {
  const { code, name, startsAt, endsAt, minimumAmount, usageLimit, usageLimitPerCustomer, disabled } = fields;
  // It would hold before it should.
  if (startsAt !== undefined && startsAt.getTime() > Date.now())
    throw rejected('A BigCommerce coupon cannot begin later: make it when it is to hold, or disabled.', 'startsAt');
  return bodyOf({
    name,
    code,
    expires: endsAt === null ? '' : endsAt && mailTime(endsAt),
    max_uses: usageLimit === null ? 0 : usageLimit,
    max_uses_per_customer: usageLimitPerCustomer === null ? 0 : usageLimitPerCustomer,
    min_purchase:
      minimumAmount === null ? '0' : minimumAmount && String(numberIn(currency, minimumAmount, 'minimumAmount')),
    enabled: disabled === undefined ? undefined : !disabled,
  });
}

function discountOf({ currency }: ConnectedStore, kind: Kind, { percentage, amount }: Fields): string | undefined {
  if (percentage !== undefined && kind !== 'percentage')
    throw rejected('belongs to kind percentage and to no other', 'percentage');
  if (amount !== undefined && !kind.startsWith('fixed'))
    throw rejected('belongs to kind fixedOrder or fixedItem and to no other', 'amount');
  if (kind === 'freeShipping') return '0';
  return percentage ?? (amount && String(numberIn(currency, amount, 'amount')));
}

/** A coupon is for products or for categories; category 0 is all of them. */
function scopeOf({ productIds, categoryIds }: Fields): Body | undefined {
  const products = productIds?.map((id) => recordNumber(id, 'product')) ?? [];
  const categories = categoryIds?.map((id) => recordNumber(id, 'category')) ?? [];
  if (products.length > 0 && categories.length > 0)
    throw rejected('A BigCommerce coupon is for products or for categories, not for both.', 'productIds');
  if (products.length > 0) return { entity: 'products', ids: products };
  if (productIds === undefined && categoryIds === undefined) return undefined;
  return { entity: 'categories', ids: categories.length === 0 ? [0] : categories };
}

export const createCoupons: WriteOperation<CouponInput, Written<CouponRecord>> = {
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no idempotency key; a second coupon of the same code or name is refused, but nothing tells who made the first.',
  },
  losses: LOSSES,
  async run(store, input) {
    const body = {
      // Required, and unique as the code is.
      name: input.code,
      ...couponBody(store, { ...input, disabled: input.disabled ?? false }),
      type: TYPES[input.kind],
      amount: discountOf(store, input.kind, input) ?? '0',
      applies_to: scopeOf(input) ?? { entity: 'categories', ids: [0] },
    };
    return send(store, 'POST', COUPONS, body);
  },
};

export const updateCoupons: WriteOperation<CouponChange, Written<CouponRecord>> = {
  repeat: { kind: 'sameEffect', why: 'It sets fields.' },
  losses: LOSSES,
  async run(store, { couponId, ...fields }) {
    const number = recordNumber(couponId, 'coupon');
    const current = await readCoupon(store, couponId, couponAsPrinted);
    const body = {
      ...unchanged(current),
      ...couponBody(store, fields),
      ...discountAfter(store, current.record, fields),
    };
    const scope = scopeOf(fields);
    return send(store, 'PUT', `${COUPONS}/${number}`, scope === undefined ? body : { ...body, applies_to: scope });
  },
};

const REQUIRED = ['name', 'code', 'type', 'amount', 'applies_to'];

/** A change has to hold these too, and one without `applies_to` would clear it (marketing.v2.yml). */
function unchanged({ raw }: { readonly raw: JsonValue }): Body {
  const printed = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Body) : {};
  return bodyOf(Object.fromEntries(REQUIRED.map((name) => [name, printed[name] ?? undefined])));
}

// What its number counts.
const unitOf = (kind: CouponRecord['kind']): string => (kind.startsWith('fixed') ? 'fixed' : kind);

/** 10 percent must not become 10 of the shop's currency, nor the other way round. */
function discountAfter(store: ConnectedStore, current: PlatformCoupon, fields: Fields): Body {
  const { kind: asked, percentage, amount } = fields;
  if (asked === undefined && percentage === undefined && amount === undefined) return {};
  const before = kindOf(current);
  const kind = asked ?? before;
  if (kind === 'other') throw rejected('Its discount is of a kind that only BigCommerce itself knows.', 'kind');
  const value = discountOf(store, kind, fields);
  if (value === undefined && unitOf(kind) !== unitOf(before))
    throw rejected(`A coupon that becomes ${kind} needs to be told how much it takes off.`, 'kind');
  return bodyOf({ type: TYPES[kind], amount: value });
}

async function send(
  store: ConnectedStore,
  method: 'POST' | 'PUT',
  path: string,
  body: Body,
): Promise<Written<CouponRecord>> {
  const { data } = await inOurWords(OUR_WORDS, () =>
    store.http({ method, path, body, effect: 'write', expect: anyJson }),
  );
  return mapOne('bigcommerce', 'coupons', data, couponReading(store));
}

export const deleteCoupons: WriteOperation<z.output<typeof couponDeletion>, null> = {
  repeat: { kind: 'sameEffect', why: 'What is gone stays gone.' },
  losses: {},
  run: async (store, { couponId }) => deleteAt(store, COUPONS, recordNumber(couponId, 'coupon')),
};
