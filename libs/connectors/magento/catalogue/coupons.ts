import {
  type ConnectedStore,
  type CouponFilter,
  type CouponRecord,
  decimal,
  GatewayError,
  type ListOperation,
  type Mapped,
  moneyOf,
  type Operation,
} from '#contract';
import { mapOne, naiveUtcInstant, type RecordReading, readRecords } from '#kit';
import { readOne } from '../record-calls.js';
import { type Group, where } from '../search-criteria.js';
import { numberedPage, searchAll } from '../search-page.js';
import { categoriesOf, minimumOf } from './coupon-conditions.js';
import { type Code, codes, identifyRule, rule, type Rule } from './coupon-schema.js';
import { COUPONS, RULES } from './places.js';
import { instantOf } from './product-record.js';

const KINDS: ReadonlyMap<string | null, CouponRecord['kind']> = new Map([
  ['by_percent', 'percentage'],
  ['cart_fixed', 'fixedOrder'],
  ['by_fixed', 'fixedItem'],
]);

/** A rule may give free shipping besides an amount; it is called by what it takes off the goods. */
export function kindOf({ simple_action: action, simple_free_shipping: free, discount_amount: amount }: Rule) {
  const isFree = !['0', '', 'NONE', 'null', 'undefined'].includes(String(free));
  if (isFree && decimal(amount).eq(0)) return 'freeShipping';
  return KINDS.get(action) ?? 'other';
}

const DAY = 86_400_000;

/** The day a rule begins, and the first one on which it is over: the last one still counts. */
export function periodOf({ from_date: from, to_date: to }: Pick<Rule, 'from_date' | 'to_date'>) {
  const start = (day: string) => naiveUtcInstant(`${day.slice(0, 10)} 00:00:00`);
  const next = (day: string) => new Date(Date.parse(start(day)) + DAY).toISOString().replace('.000Z', 'Z');
  return { startsAt: from === null ? null : start(from), endsAt: to === null ? null : next(to) };
}

function statusOf(isActive: boolean, { startsAt, endsAt }: ReturnType<typeof periodOf>, now: Date) {
  if (!isActive) return 'disabled';
  if (startsAt !== null && Date.parse(startsAt) > now.getTime()) return 'scheduled';
  return endsAt !== null && Date.parse(endsAt) <= now.getTime() ? 'expired' : 'active';
}

function mapCoupon(one: Rule, code: Code | undefined, currency: string, now: Date): CouponRecord {
  const kind = kindOf(one);
  const minimum = minimumOf(one);
  const period = periodOf(one);
  return {
    platformId: one.rule_id,
    code: code?.code ?? null,
    name: one.name,
    kind,
    percentage: kind === 'percentage' ? one.discount_amount : null,
    amount: kind === 'fixedOrder' || kind === 'fixedItem' ? moneyOf(one.discount_amount, currency) : null,
    status: statusOf(one.is_active, period, now),
    platformStatus: one.coupon_type,
    ...period,
    usageLimit: one.uses_per_coupon,
    usageLimitPerCustomer: one.uses_per_customer,
    usageCount: one.times_used ?? null,
    minimumAmount: minimum === null ? null : moneyOf(minimum, currency),
    // Rules name products by SKU or by anything else that they are.
    productIds: [],
    categoryIds: [...categoriesOf(one)],
    createdAt: instantOf(code?.created_at ?? null),
    updatedAt: null,
  };
}

export function couponReading(
  { currency }: ConnectedStore,
  primaries: readonly Code[],
): RecordReading<Rule, CouponRecord> {
  const now = new Date();
  const byRule = new Map(primaries.map((code) => [code.rule_id, code]));
  return { schema: rule, map: (one) => mapCoupon(one, byRule.get(one.rule_id), currency, now), identify: identifyRule };
}

export const ruleAsPrinted: RecordReading<Rule, Rule> = { schema: rule, map: (one) => one, identify: identifyRule };
const RULE_ID = { column: 'rule_id', field: 'rule_id' } as const;

export const listCoupons: ListOperation<CouponFilter, CouponRecord> = {
  // Neither rules nor codes say when they were changed, and rules not even when they were made.
  filters: { code: true },
  sorts: ['createdAt'],
  maxPageSize: 100,
  async page(store, { filter: { code } }, page) {
    const named = code === undefined ? undefined : await codesWhere(store, [where('code', 'eq', code)]);
    if (named?.length === 0) return { items: [], quarantined: [] };
    const ids = named?.map((one) => one.rule_id).join(',');
    const selection = {
      path: `${RULES}/search`,
      where: ids === undefined ? [] : [where('rule_id', 'in', ids)],
      id: RULE_ID,
      reading: ruleAsPrinted,
    };
    const { items, ...rest } = await numberedPage(store, selection, page);
    const primaries =
      named ??
      (await primariesOf(
        store,
        items.map(({ record }) => record),
      ));
    const raws = items.map(({ raw }) => raw);
    return { ...rest, items: readRecords(raws, couponReading(store, primaries)).items };
  },
};

/** The codes of those rules that have one of their own. */
async function primariesOf(store: ConnectedStore, rules: readonly Rule[]): Promise<readonly Code[]> {
  const ids = rules.filter((one) => one.coupon_type !== 'NO_COUPON').map((one) => one.rule_id);
  if (ids.length === 0) return [];
  try {
    return await codesWhere(store, [where('rule_id', 'in', ids.join(',')), where('is_primary', 'eq', '1')]);
  } catch (error) {
    // Only in a recording, where nobody asked for them.
    if (GatewayError.is(error, 'not_found')) return [];
    throw error;
  }
}

export async function codesWhere(store: ConnectedStore, groups: readonly Group[]): Promise<readonly Code[]> {
  const id = { column: 'coupon_id', field: 'coupon_id' };
  return codes.parse(await searchAll(store, { path: `${COUPONS}/search`, where: groups, id }));
}

export const getCoupon: Operation<{ readonly platformId: string }, Mapped<CouponRecord>> = {
  async run(store, { platformId }) {
    const { record, raw } = await readRule(store, platformId);
    return mapOne('magento', 'coupons.get', raw, couponReading(store, await primariesOf(store, [record])));
  },
};

export function readRule(store: ConnectedStore, platformId: string): Promise<Mapped<Rule>> {
  return readOne(store, { path: RULES, what: 'coupon', reading: ruleAsPrinted }, platformId);
}
