import {
  type ConnectedStore,
  type CouponFilter,
  type CouponRecord,
  decimal,
  GatewayError,
  type JsonValue,
  type ListOperation,
  type Mapped,
  moneyOf,
  type Operation,
} from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { amount, id, list, optionalAmount, text } from '../atoms.js';
import { decodeEntities } from '../entities.js';
import { type Place, readOne } from '../record-calls.js';
import { windowedPage } from '../windowed-list.js';
import { instantOf } from './map-product.js';
import { identify } from './product-schema.js';

// 0 is no limit, as null is.
const limit = z
  .number()
  .nullish()
  .transform((value) => value || null);

const wooCoupon = z.object({
  id,
  code: text,
  amount: amount.nullish().transform((value) => value || '0'),
  status: text,
  discount_type: z.string(),
  description: text,
  date_created_gmt: text,
  date_modified_gmt: text,
  date_expires_gmt: text,
  usage_count: z.number().nullish(),
  usage_limit: limit,
  usage_limit_per_user: limit,
  free_shipping: z.boolean().nullish(),
  product_ids: list(id),
  product_categories: list(id),
  minimum_amount: optionalAmount.transform(String),
});
export type WooCoupon = z.infer<typeof wooCoupon>;

const KINDS: ReadonlyMap<string, CouponRecord['kind']> = new Map([
  ['percent', 'percentage'],
  ['fixed_cart', 'fixedOrder'],
  ['fixed_product', 'fixedItem'],
]);

/** A coupon may give free shipping besides an amount; it is called by what it takes off the goods. */
export function kindOf(coupon: WooCoupon): CouponRecord['kind'] {
  if (coupon.free_shipping === true && decimal(coupon.amount).eq(0)) return 'freeShipping';
  return KINDS.get(coupon.discount_type) ?? 'other';
}

// A draft cannot be used, nor can what waits for review or is private.
const STATUSES: ReadonlyMap<string, CouponRecord['status']> = new Map([
  ['publish', 'active'],
  ['future', 'scheduled'],
  ['draft', 'disabled'],
  ['pending', 'disabled'],
  ['private', 'disabled'],
]);

function statusOf({ status, date_expires_gmt: expires }: WooCoupon, now: Date): CouponRecord['status'] {
  // Older versions print no status and have only published coupons.
  const known = status === null ? 'active' : (STATUSES.get(status) ?? 'other');
  const over = expires !== null && Date.parse(instantOf(expires) ?? '') <= now.getTime();
  return known === 'active' && over ? 'expired' : known;
}

function mapCoupon(coupon: WooCoupon, currency: string, now: Date): CouponRecord {
  const kind = kindOf(coupon);
  const isFixed = kind === 'fixedOrder' || kind === 'fixedItem';
  return {
    platformId: coupon.id,
    code: coupon.code === null ? null : decodeEntities(coupon.code),
    name: coupon.description === null ? null : decodeEntities(coupon.description),
    kind,
    percentage: kind === 'percentage' ? decimal(coupon.amount).toFixed() : null,
    amount: isFixed ? moneyOf(coupon.amount, currency) : null,
    status: statusOf(coupon, now),
    platformStatus: coupon.status,
    startsAt: null,
    endsAt: instantOf(coupon.date_expires_gmt),
    usageLimit: coupon.usage_limit,
    usageLimitPerCustomer: coupon.usage_limit_per_user,
    usageCount: coupon.usage_count ?? null,
    minimumAmount: decimal(coupon.minimum_amount).eq(0) ? null : moneyOf(coupon.minimum_amount, currency),
    productIds: coupon.product_ids,
    categoryIds: coupon.product_categories,
    createdAt: instantOf(coupon.date_created_gmt),
    updatedAt: instantOf(coupon.date_modified_gmt),
  };
}

export const COUPONS = 'wp-json/wc/v3/coupons';

export function couponsOf({ currency }: ConnectedStore): Place<WooCoupon, CouponRecord> {
  const now = new Date();
  const map = (coupon: WooCoupon) => mapCoupon(coupon, currency, now);
  const reading: RecordReading<WooCoupon, CouponRecord> = { schema: wooCoupon, map, identify };
  return { path: COUPONS, what: 'coupon', reading };
}

/** A coupon as it was printed, for what has to look at it before it is changed. */
export const couponAsPrinted: Place<WooCoupon, WooCoupon> = {
  path: COUPONS,
  what: 'coupon',
  reading: { schema: wooCoupon, map: (coupon) => coupon, identify },
};

export const listCoupons: ListOperation<CouponFilter, CouponRecord> = {
  filters: { updatedSince: true, createdSince: true, createdUntil: true, code: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  page(store, query, page) {
    const { code } = query.filter;
    return windowedPage(store, { ...couponsOf(store), query: { code }, keeps: hasCode(code) }, query, page);
  },
};

// Where no coupon has the code, some versions answer all of them.
function hasCode(code: string | undefined): (raw: JsonValue) => boolean {
  const wanted = code?.toLowerCase();
  const coded = z.object({ code: z.string() });
  return (raw) =>
    wanted === undefined || decodeEntities(coded.safeParse(raw).data?.code ?? '').toLowerCase() === wanted;
}

export const getCoupon: Operation<{ readonly platformId: string }, Mapped<CouponRecord>> = {
  async run(store, { platformId }) {
    const coupon = await readOne(store, couponsOf(store), platformId);
    if (coupon.record.platformStatus !== 'trash') return coupon;
    throw new GatewayError('not_found', 'There is no such coupon.', { platform: { id: 'woocommerce' } });
  },
};
