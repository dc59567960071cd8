import { Big, type ConnectedStore, type CouponChange, type CouponRecord, type JsonValue } from '#contract';
import { globalId } from '../global-id.js';
import { given, reject } from '../order-input.js';
import { requirePrice } from './variant-input.js';

type CouponFields = Omit<CouponChange, 'couponId'>;
type Kind = CouponRecord['kind'];

/** What is written of any discount by code. */
export function commonFields(input: CouponFields) {
  return given({
    code: input.code,
    title: input.name,
    startsAt: input.startsAt?.toISOString(),
    endsAt: input.endsAt === null ? null : input.endsAt?.toISOString(),
    usageLimit: input.usageLimit,
    appliesOncePerCustomer:
      input.usageLimitPerCustomer === undefined ? undefined : input.usageLimitPerCustomer !== null,
    minimumRequirement: minimum(input.minimumAmount),
  });
}

function minimum(amount: CouponFields['minimumAmount']): JsonValue | undefined {
  if (amount === undefined || amount === null) return amount;
  return { subtotal: { greaterThanOrEqualToSubtotal: amount.amount } };
}

/** The worth of a discount that is not on shipping, as `DiscountCustomerGetsInput` has it; undefined when not given. */
export function valueOf(kind: Kind, { percentage, amount }: CouponFields): JsonValue | undefined {
  if (kind === 'percentage')
    return percentage === undefined ? undefined : { percentage: new Big(percentage).div(100).toNumber() };
  if (amount === undefined) return undefined;
  return { discountAmount: { amount: amount.amount, appliesOnEachItem: kind === 'fixedItem' } };
}

/** What it is for. Ids are added and removed one by one: `present` is what it is for so far. */
export function itemsOf(
  { productIds, categoryIds }: CouponFields,
  present: Pick<CouponRecord, 'productIds' | 'categoryIds'> = { productIds: [], categoryIds: [] },
): JsonValue | undefined {
  if (productIds === undefined && categoryIds === undefined) return undefined;
  const wanted = {
    products: (productIds ?? present.productIds).map((id) => globalId('Product', id)),
    collections: (categoryIds ?? present.categoryIds).map((id) => globalId('Collection', id)),
  };
  const [addProducts, removeProducts] = differences(wanted.products, present.productIds);
  const [add, remove] = differences(wanted.collections, present.categoryIds);
  if (wanted.products.length > 0) return { products: { productsToAdd: addProducts, productsToRemove: removeProducts } };
  if (wanted.collections.length > 0) return { collections: { add, remove } };
  return { all: true };
}

function differences(wanted: readonly string[], present: readonly string[]): [string[], string[]] {
  return [wanted.filter((id) => !present.includes(id)), present.filter((id) => !wanted.includes(id))];
}

/** Checks what the platform cannot take, before anything is sent. @throws GatewayError `request_rejected` */
export function requireCoupon(
  store: ConnectedStore,
  operation: string,
  input: CouponFields,
  kind: Kind,
  goods: Pick<CouponFields, 'productIds' | 'categoryIds'> = input,
): void {
  requirePrice(store, operation, input.amount, 'amount');
  requirePrice(store, operation, input.minimumAmount, 'minimumAmount');
  const { usageLimitPerCustomer: perCustomer } = input;
  if (typeof perCustomer === 'number' && perCustomer !== 1)
    throw reject(
      operation,
      'usageLimitPerCustomer',
      'Shopify limits the use of a code to once per customer, or not at all',
    );
  requireGoods(operation, goods, kind);
}

function requireGoods(
  operation: string,
  { productIds = [], categoryIds = [] }: Pick<CouponFields, 'productIds' | 'categoryIds'>,
  kind: Kind,
): void {
  const path = productIds.length > 0 ? 'productIds' : 'categoryIds';
  if (productIds.length > 0 && categoryIds.length > 0)
    throw reject(
      operation,
      'categoryIds',
      'A discount of Shopify is for some products or for some collections, not for both',
    );
  if (kind === 'freeShipping' && productIds.length + categoryIds.length > 0)
    throw reject(operation, path, 'Free shipping is for all goods at Shopify');
}

/** Checks that a change of kind can be made, and brings what it needs. @throws GatewayError `request_rejected` */
export function requireKind(operation: string, before: CouponRecord, input: CouponFields): void {
  if (before.code === null)
    throw reject(operation, 'couponId', 'This discount applies by itself, without a code: it cannot be changed here');
  if (before.kind === 'other')
    throw reject(
      operation,
      'couponId',
      'A discount of this kind can be changed at Shopify only, or by the app that made it',
    );
  const kind = input.kind ?? before.kind;
  if ((kind === 'freeShipping') !== (before.kind === 'freeShipping'))
    throw reject(operation, 'kind', 'Shopify does not turn free shipping into another discount, or another into it');
  const own = WORTH[kind];
  for (const name of ['percentage', 'amount'] as const) {
    if (name !== own && input[name] !== undefined)
      throw reject(operation, name, `A discount of kind ${kind} has no ${name}`);
  }
  if (kind !== before.kind && own !== undefined && input[own] === undefined)
    throw reject(operation, own, `A discount of kind ${kind} needs its ${own} too`);
}

/** The field that says how much a discount of a kind is worth. */
const WORTH: Readonly<Record<Kind, 'percentage' | 'amount' | undefined>> = {
  percentage: 'percentage',
  fixedOrder: 'amount',
  fixedItem: 'amount',
  freeShipping: undefined,
  other: undefined,
};
