import {
  type ConnectedStore,
  type CouponFilter,
  type CouponRecord,
  decimal,
  type JsonValue,
  type ListOperation,
  type Mapped,
  type Operation,
} from '#contract';
import { anyJson, mapOne, readPageState, type RecordReading, readRecords } from '#kit';
import { z } from 'zod';
import { amount, id, list, mailInstant, moneyFrom, text } from '../atoms.js';
import { broken, missing, recordNumber } from '../record-calls.js';
import { identify } from './product-schema.js';

// 0 is no limit.
const limit = z
  .int()
  .nullish()
  .transform((value) => value || null);

const platformCoupon = z.object({
  id,
  name: text,
  code: text,
  type: z.string(),
  amount,
  min_purchase: amount.nullish().transform((value) => value || '0'),
  expires: text,
  enabled: z.boolean(),
  applies_to: z.object({ entity: z.string(), ids: list(z.int()) }).nullish(),
  num_uses: z.int().nullish(),
  max_uses: limit,
  max_uses_per_customer: limit,
  date_created: text,
});
export type PlatformCoupon = z.infer<typeof platformCoupon>;

// What a coupon takes off the shipping, and what only a promotion knows, are of no kind of ours (marketing.v2.yml).
const KINDS: ReadonlyMap<string, CouponRecord['kind']> = new Map([
  ['percentage_discount', 'percentage'],
  ['per_total_discount', 'fixedOrder'],
  ['per_item_discount', 'fixedItem'],
  ['free_shipping', 'freeShipping'],
]);

export function kindOf({ type }: Pick<PlatformCoupon, 'type'>): CouponRecord['kind'] {
  return KINDS.get(type) ?? 'other';
}

function mapCoupon(coupon: PlatformCoupon, currency: string, now: Date): CouponRecord {
  const kind = kindOf(coupon);
  const endsAt = mailInstant(coupon.expires);
  const isOver = endsAt !== null && Date.parse(endsAt) <= now.getTime();
  return {
    platformId: coupon.id,
    code: coupon.code,
    name: coupon.name,
    kind,
    percentage: kind === 'percentage' ? decimal(coupon.amount).toFixed() : null,
    amount: kind === 'fixedOrder' || kind === 'fixedItem' ? moneyFrom(coupon.amount, currency) : null,
    status: !coupon.enabled ? 'disabled' : isOver ? 'expired' : 'active',
    platformStatus: coupon.enabled ? 'enabled' : 'disabled',
    startsAt: null,
    endsAt,
    usageLimit: coupon.max_uses,
    usageLimitPerCustomer: coupon.max_uses_per_customer,
    usageCount: coupon.num_uses ?? null,
    minimumAmount: decimal(coupon.min_purchase).eq(0) ? null : moneyFrom(coupon.min_purchase, currency),
    productIds: idsOf(coupon, 'products'),
    categoryIds: idsOf(coupon, 'categories'),
    createdAt: mailInstant(coupon.date_created),
    updatedAt: null,
  };
}

// Category 0 is all of them.
function idsOf({ applies_to: scope }: PlatformCoupon, entity: string): string[] {
  return scope?.entity === entity ? scope.ids.filter((one) => one > 0).map(String) : [];
}

export function couponReading({ currency }: ConnectedStore): RecordReading<PlatformCoupon, CouponRecord> {
  const now = new Date();
  return { schema: platformCoupon, map: (coupon) => mapCoupon(coupon, currency, now), identify };
}

/** A coupon as it was printed, for what has to look at it before it is changed. */
export const couponAsPrinted: RecordReading<PlatformCoupon, PlatformCoupon> = {
  schema: platformCoupon,
  map: (coupon) => coupon,
  identify,
};

/** Without a number behind it, a DELETE here takes every coupon of the shop: see `recordNumber` and `deleteAt`. */
export const COUPONS = 'v2/coupons';

// V2 answers 204 without a body where it has nothing, and 404 on some of its lists.
const rows = z
  .array(anyJson)
  .nullish()
  .transform((items) => items ?? []);

async function ask(store: ConnectedStore, query: Readonly<Record<string, string | number | undefined>>) {
  return (await store.http({ path: COUPONS, query, effect: 'read', expect: rows })).data;
}

// The list is in the order of numbers, and can begin with any of them (marketing.v2.yml): it counts no pages.
const position = z.strictObject({ from: z.int().positive() });
const numbered = z.object({ id: z.int().positive() });

export const listCoupons: ListOperation<CouponFilter, CouponRecord> = {
  filters: { code: true },
  sorts: ['createdAt'],
  maxPageSize: 250,
  async page(store, { filter: { code } }, { size, state }) {
    const from = readPageState(position, state)?.from;
    const answered = await ask(store, { code, min_id: from, limit: size });
    const ids = answered.flatMap((raw) => numbered.safeParse(raw).data?.id ?? []);
    if (from !== undefined && ids.some((one) => one < from)) throw broken('coupons before the one asked for');
    const read = readRecords(answered.filter(hasCode(code)), couponReading(store));
    if (answered.length < size) return read;
    if (ids.length === 0) throw broken('coupons without numbers');
    return { ...read, next: { from: Math.max(...ids) + 1 } };
  },
};

const coded = z.object({ code: z.string() });

function hasCode(code: string | undefined): (raw: JsonValue) => boolean {
  const wanted = code?.toLowerCase();
  return (raw) => wanted === undefined || coded.safeParse(raw).data?.code.toLowerCase() === wanted;
}

export const getCoupon: Operation<{ readonly platformId: string }, Mapped<CouponRecord>> = {
  run: async (store, { platformId }) => readCoupon(store, platformId, couponReading(store)),
};

/** There is no path to read one coupon; it is asked for by its number (marketing.v2.yml). */
export async function readCoupon<T>(
  store: ConnectedStore,
  platformId: string,
  reading: RecordReading<PlatformCoupon, T>,
): Promise<Mapped<T>> {
  const number = recordNumber(platformId, 'coupon');
  const raw = (await ask(store, { id: number })).find((one) => identify(one) === platformId);
  if (raw === undefined) throw missing('coupon');
  return mapOne('bigcommerce', 'coupons.get', raw, reading);
}
