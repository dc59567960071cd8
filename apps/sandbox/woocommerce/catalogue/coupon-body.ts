import { Big } from '#contract';
import { amountPrinter } from '../amount-printer.js';
import type { JsonObject } from '../response-fields.js';
import { type CatalogueCall, datePair } from './catalogue-call.js';
import { isAmount } from './product-price.js';
import type { ShopCoupon } from './records.js';

/** Orders in these statuses did not use it after all. */
const UNUSED = new Set(['pending', 'cancelled', 'failed', 'trash', 'checkout-draft']);

/** A coupon as `GET /coupons/{id}` prints it (recorded: coupon-get.json), without `_links`. */
export function couponBody(coupon: ShopCoupon, call: CatalogueCall): JsonObject {
  const print = (amount: string): string =>
    amountPrinter(call.shop.printedDecimals)(new Big(isAmount(amount) ? amount : 0));
  const users = usersOf(coupon, call);
  return {
    id: coupon.id,
    code: coupon.code,
    amount: print(coupon.amount),
    status: coupon.status,
    ...datePair('date_created', coupon.createdAt, call),
    ...datePair('date_modified', coupon.modifiedAt, call),
    discount_type: coupon.type,
    description: coupon.description,
    ...datePair('date_expires', coupon.expiresAt, call),
    usage_count: users.length,
    individual_use: coupon.individualUse,
    product_ids: coupon.products,
    excluded_product_ids: coupon.excludedProducts,
    usage_limit: coupon.usageLimit,
    usage_limit_per_user: coupon.usageLimitPerUser,
    limit_usage_to_x_items: coupon.itemLimit,
    free_shipping: coupon.freeShipping,
    product_categories: coupon.categories,
    excluded_product_categories: coupon.excludedCategories,
    exclude_sale_items: coupon.excludeSaleItems,
    minimum_amount: print(coupon.minimumAmount),
    maximum_amount: print(coupon.maximumAmount),
    email_restrictions: coupon.emailRestrictions,
    used_by: users,
    meta_data: coupon.meta.map((one) => ({ ...one })),
  };
}

/** Customers by id, guests by address, one entry for each order. */
function usersOf({ code }: ShopCoupon, call: CatalogueCall): string[] {
  return call
    .orders()
    .filter((order) => !UNUSED.has(order.status) && order.couponLines.some((line) => line.coupon.code === code))
    .map(({ buyer }) => (buyer.customerId === 0 ? buyer.email : String(buyer.customerId)));
}
