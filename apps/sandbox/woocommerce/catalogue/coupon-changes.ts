import type { JsonValue } from '#contract';
import {
  type Arguments,
  amountArgument,
  textArgument,
  textOr,
  truthArgument,
  wholeArgument,
} from '../order-writes/arguments.js';
import { writeMeta } from '../order-writes/order-meta.js';
import { restError, type RestError } from '../rest-error.js';
import type { CatalogueCall } from './catalogue-call.js';
import { dateArgument } from './date-argument.js';
import { wholeList } from './product-parts.js';
import type { ShopCoupon } from './records.js';
import { BLANK_COUPON } from './seeds/seed-catalogue.js';

export type WrittenCoupon = { readonly value: ShopCoupon } | { readonly error: RestError };

const TAKEN = restError(400, 'woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists');
const ALREADY_TRASHED = restError(410, 'woocommerce_rest_already_trashed', 'The shop_coupon has already been deleted.');
export const INVALID_COUPON = restError(404, 'woocommerce_rest_shop_coupon_invalid_id', 'Invalid ID.');
/** Changing a missing one is a 400, reading it a 404 (fact sheet, section 4.4). */
const INVALID_TO_EDIT: RestError = { ...INVALID_COUPON, status: 400, data: { status: 400 } };

export function createCoupon(values: Arguments, call: CatalogueCall): WrittenCoupon {
  const made = applied({ ...BLANK_COUPON, id: 0, code: '', createdAt: call.now, modifiedAt: call.now }, values, call);
  if ('error' in made) return made;
  const coupon = call.catalogue.coupons.save({ ...made.value, id: call.nextPost() });
  call.report('coupon.created', coupon.id);
  return { value: coupon };
}

export function updateCoupon(id: number, values: Arguments, call: CatalogueCall): WrittenCoupon {
  const before = call.catalogue.coupons.find(id);
  if (!before) return { error: INVALID_TO_EDIT };
  const made = applied(before, values, call);
  if ('error' in made) return made;
  const coupon = call.catalogue.coupons.save({ ...made.value, modifiedAt: call.now });
  call.report('coupon.updated', coupon.id);
  return { value: coupon };
}

/** @returns what was there before */
export function deleteCoupon(id: number, force: boolean, call: CatalogueCall): WrittenCoupon {
  const before = call.catalogue.coupons.find(id);
  if (!before) return { error: INVALID_COUPON };
  if (force) {
    call.catalogue.coupons.remove(id);
    return { value: before };
  }
  if (before.status === 'trash') return { error: ALREADY_TRASHED };
  call.catalogue.coupons.save({ ...before, status: 'trash', modifiedAt: call.now });
  call.report('coupon.deleted', id);
  return { value: before };
}

function applied(before: ShopCoupon, values: Arguments, { catalogue, shop }: CatalogueCall): WrittenCoupon {
  // Codes are kept in small letters (recorded: coupon-create-duplicate.json).
  const code = textOr(values['code'], before.code).trim().toLowerCase();
  const isTaken = catalogue.coupons
    .all()
    .some((one) => one.code === code && one.id !== before.id && one.status !== 'trash');
  if (isTaken) return { error: TAKEN };
  const expiresAt = dateArgument(values, 'date_expires', shop.timeZone);
  const amount = (name: string, known: string): string => amountArgument(values[name])?.toFixed() ?? known;
  const truth = (name: string, known: boolean): boolean =>
    values[name] === undefined || values[name] === null ? known : truthArgument(values[name]);
  const coupon: ShopCoupon = {
    ...before,
    code,
    amount: amount('amount', before.amount),
    status: textOr(values['status'], before.status),
    type: typeOf(values['discount_type'], before.type),
    description: textOr(values['description'], before.description),
    expiresAt: expiresAt === undefined ? before.expiresAt : expiresAt,
    individualUse: truth('individual_use', before.individualUse),
    freeShipping: truth('free_shipping', before.freeShipping),
    excludeSaleItems: truth('exclude_sale_items', before.excludeSaleItems),
    minimumAmount: amount('minimum_amount', before.minimumAmount),
    maximumAmount: amount('maximum_amount', before.maximumAmount),
    meta: [...writeMeta(before.meta, values['meta_data'], () => catalogue.next('meta'), false)],
    ...limits(before, values),
    ...lists(before, values),
  };
  return { value: coupon };
}

function typeOf(value: JsonValue | undefined, known: ShopCoupon['type']): ShopCoupon['type'] {
  const text = textArgument(value);
  return text === 'percent' || text === 'fixed_product' || text === 'fixed_cart' ? text : known;
}

/** No limit is printed as null, and zero is none. */
function limits(before: ShopCoupon, values: Arguments): Partial<ShopCoupon> {
  const limit = (name: string, known: number | null): number | null =>
    values[name] === undefined || values[name] === null ? known : wholeArgument(values[name]) || null;
  return {
    usageLimit: limit('usage_limit', before.usageLimit),
    usageLimitPerUser: limit('usage_limit_per_user', before.usageLimitPerUser),
    itemLimit: limit('limit_usage_to_x_items', before.itemLimit),
  };
}

function lists(before: ShopCoupon, values: Arguments): Partial<ShopCoupon> {
  return {
    products: wholeList(values['product_ids']) ?? before.products,
    excludedProducts: wholeList(values['excluded_product_ids']) ?? before.excludedProducts,
    categories: wholeList(values['product_categories']) ?? before.categories,
    excludedCategories: wholeList(values['excluded_product_categories']) ?? before.excludedCategories,
    emailRestrictions: textList(values['email_restrictions']) ?? before.emailRestrictions,
  };
}

function textList(value: JsonValue | undefined): string[] | undefined {
  if (value === undefined || value === null || typeof value !== 'object') return undefined;
  return Object.values(value).map((member: JsonValue) => textOr(member, ''));
}
