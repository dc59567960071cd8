import type { CouponRecord, ProductStatus, VariantRecord } from '#contract';

// Every table is complete: a test holds its words against the enumerations of the schema. A word added later is
// `other` and stands in platformStatus.

/** `Product.status`. Unlisted: on sale for whoever has the link. */
export const PRODUCT = {
  ACTIVE: 'active',
  ARCHIVED: 'archived',
  DRAFT: 'draft',
  UNLISTED: 'active',
} as const satisfies Readonly<Record<string, ProductStatus>>;

/** What is written for each of ours. */
export const PRODUCT_WORD = { active: 'ACTIVE', archived: 'ARCHIVED', draft: 'DRAFT' } as const;

/** `Discount.status`. A discount that was switched off has ended by that: it counts as expired. */
export const DISCOUNT = {
  ACTIVE: 'active',
  EXPIRED: 'expired',
  SCHEDULED: 'scheduled',
} as const satisfies Readonly<Record<string, CouponRecord['status']>>;

/** `Customer.state`, which is that of the account and no word of ours; it stands in platformStatus as it is. */
export const CUSTOMER_STATES = ['DECLINED', 'DISABLED', 'ENABLED', 'INVITED'] as const;

/** `CustomerEmailAddress.marketingState`. An invitation that was not confirmed is no consent. */
export const CONSENT: ReadonlyMap<string, boolean | null> = new Map([
  ['INVALID', null],
  ['NOT_SUBSCRIBED', false],
  ['PENDING', false],
  ['SUBSCRIBED', true],
  ['UNSUBSCRIBED', false],
]);

type Unit = NonNullable<VariantRecord['weight']>['unit'];

/** `Weight.unit`. */
export const WEIGHT: ReadonlyMap<string, Unit> = new Map([
  ['GRAMS', 'g'],
  ['KILOGRAMS', 'kg'],
  ['OUNCES', 'oz'],
  ['POUNDS', 'lb'],
]);
export const WEIGHT_WORD = { g: 'GRAMS', kg: 'KILOGRAMS', oz: 'OUNCES', lb: 'POUNDS' } as const satisfies Readonly<
  Record<Unit, string>
>;
