import { Big, type CouponFilter, type CouponRecord, Unreadable, decimal, moneyOf } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { connection, isCutShort } from '../connection.js';
import { notFound } from '../global-id.js';
import { listOf } from '../list.js';
import { text } from '../address.js';
import { statusOf } from '../order-status.js';
import { allOf, quoted, times } from '../search.js';
import { COUPONS_PAGE, COUPON_BY_ID, COUPON_COST } from './coupon-documents.js';
import { instantOf } from './product-record.js';
import { wholeRecords } from './products.js';
import { getOf, identify, sortKeys } from './read-one.js';
import { DISCOUNT } from './statuses.js';

const money = z.object({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() });
const ids = connection(z.object({ id: z.string() })).nullish();
const owners = connection(z.object({ product: z.object({ id: z.string() }) })).nullish();

const gets = z.object({
  value: z.object({
    __typename: text,
    percentage: z.union([z.string(), z.number()]).nullish(),
    amount: money.nullish(),
    appliesOnEachItem: z.boolean().nullish(),
  }),
  items: z.object({ products: ids, productVariants: owners, collections: ids }).nullish(),
});

const coupon = z.object({
  id: z.string().min(1),
  discount: z.object({
    __typename: z.string(),
    title: text,
    status: text,
    startsAt: text,
    endsAt: text,
    createdAt: text,
    updatedAt: text,
    usageLimit: z.number().nullish(),
    appliesOncePerCustomer: z.boolean().nullish(),
    asyncUsageCount: z.number().nullish(),
    codes: connection(z.object({ code: z.string() })).nullish(),
    minimumRequirement: z.object({ greaterThanOrEqualToSubtotal: money.nullish() }).nullish(),
    customerGets: gets.nullish(),
  }),
});
type PlatformCoupon = z.infer<typeof coupon>;
type Gets = z.infer<typeof gets>;

const reading: RecordReading<PlatformCoupon, CouponRecord> = { schema: coupon, map: mapCoupon, identify };

function mapCoupon({ id, discount }: PlatformCoupon): CouponRecord {
  // A part of what it is for would look like all of it.
  if (isCutShort(discount.customerGets)) throw new Unreadable('the discount names more goods than can be read');
  const { customerGets, minimumRequirement } = discount;
  const minimum = minimumRequirement?.greaterThanOrEqualToSubtotal;
  return {
    platformId: id,
    code: discount.codes?.nodes[0]?.code ?? null,
    name: discount.title,
    ...worth(discount.__typename, customerGets ?? null),
    status: statusOf(DISCOUNT, discount.status),
    platformStatus: discount.status,
    startsAt: instantOf(discount.startsAt),
    endsAt: instantOf(discount.endsAt),
    usageLimit: discount.usageLimit ?? null,
    usageLimitPerCustomer: discount.appliesOncePerCustomer === true ? 1 : null,
    usageCount: discount.asyncUsageCount ?? null,
    minimumAmount: minimum ? moneyOf(minimum.amount, minimum.currencyCode) : null,
    ...goods(customerGets ?? null),
    createdAt: instantOf(discount.createdAt),
    updatedAt: instantOf(discount.updatedAt),
  };
}

type Worth = Pick<CouponRecord, 'kind' | 'percentage' | 'amount'>;
const OTHER: Worth = { kind: 'other', percentage: null, amount: null };

function worth(type: string, given: Gets | null): Worth {
  if (type.endsWith('FreeShipping')) return { ...OTHER, kind: 'freeShipping' };
  if (!type.endsWith('Basic') || given === null) return OTHER;
  const { percentage, amount, appliesOnEachItem } = given.value;
  if (percentage !== null && percentage !== undefined)
    return { ...OTHER, kind: 'percentage', percentage: ofHundred(percentage) };
  if (!amount) return OTHER;
  return {
    kind: appliesOnEachItem === true ? 'fixedItem' : 'fixedOrder',
    percentage: null,
    amount: moneyOf(amount.amount, amount.currencyCode),
  };
}

/** The platform counts in fractions of one (recorded: `"percentage": 0.1`), as JSON numbers. */
function ofHundred(fraction: string | number): string {
  return decimal(typeof fraction === 'number' ? new Big(fraction).toFixed() : fraction)
    .times(100)
    .toFixed();
}

/** A discount on some variants is one on their products: there is no word of ours for less. */
function goods(given: Gets | null): Pick<CouponRecord, 'productIds' | 'categoryIds'> {
  const { products, productVariants, collections } = given?.items ?? {};
  const named = (products?.nodes ?? []).map(({ id }) => id);
  const owning = (productVariants?.nodes ?? []).map(({ product }) => product.id);
  return {
    productIds: [...new Set([...named, ...owning])],
    categoryIds: (collections?.nodes ?? []).map(({ id }) => id),
  };
}

const ID = /^(?:gid:\/\/shopify\/(Discount(?:Code|Automatic)?Node)\/)?(\d{1,20})$/;

/**
 * A discount has one number and up to two types of id: that of a node, and that of what it is. Lists and look-ups are seen
 * with either; a change asks for the second.
 */
export function discountId(platformId: string, type?: 'DiscountCodeNode' | 'DiscountAutomaticNode'): string {
  const [, named = 'DiscountNode', number] = ID.exec(platformId) ?? [];
  if (number === undefined) throw notFound('Discount', platformId);
  return `gid://shopify/${type ?? named}/${number}`;
}

export const oneCoupon = {
  type: 'DiscountNode',
  document: COUPON_BY_ID,
  root: 'discountNode',
  cost: COUPON_COST.coupon,
  reading: () => reading,
  idOf: (platformId: string) => discountId(platformId),
};

export const getCoupon = getOf('coupons.get', oneCoupon);

export const listCoupons = listOf<CouponFilter, PlatformCoupon, CouponRecord>({
  document: COUPONS_PAGE,
  path: ['discountNodes'],
  filters: { updatedSince: true, createdSince: true, createdUntil: true, code: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  nodeCost: COUPON_COST.couponInPage,
  variables: ({ filter, sort }) => ({
    query: allOf([...times(filter), ...(filter.code === undefined ? [] : [`code:${quoted(filter.code)}`])]),
    ...sortKeys(sort),
  }),
  whole: (store, nodes) => wholeRecords(store, oneCoupon, nodes),
  reading,
  fits: ({ code }, record) => code === undefined || record.code?.toLowerCase() === code.toLowerCase(),
});
