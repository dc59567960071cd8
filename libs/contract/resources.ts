import { z } from 'zod';
import * as inputs from './catalogue-inputs.js';
import {
  cartFilter,
  cartRecord,
  couponFilter,
  couponRecord,
  customerAddressRecord,
  customerFilter,
  customerRecord,
  ofCustomerFilter,
} from './customer.js';
import type { RecordKind } from './ids.js';
import {
  fulfillmentChange,
  fulfillmentInput,
  orderCancellation,
  orderChange,
  orderInput,
  refundInput,
  returnInput,
} from './order-inputs.js';
import { fulfillmentRecord, ofOrderFilter, refundRecord, returnRecord, transactionRecord } from './order-related.js';
import { orderFilter, orderRecord } from './order.js';
import {
  categoryFilter,
  categoryRecord,
  inventoryFilter,
  inventoryLevelRecord,
  locationRecord,
  ofProductFilter,
  productFilter,
  productRecord,
  variantRecord,
} from './product.js';

/** A list: what it may be narrowed by, and what it holds. */
interface ListShape<F extends z.ZodType, R extends z.ZodType> {
  readonly shape: 'list';
  readonly filter: F;
  readonly record: R;
  readonly kind: RecordKind;
}
interface GetShape<R extends z.ZodType> {
  readonly shape: 'get';
  readonly record: R;
  readonly kind: RecordKind;
}
interface WriteShape<I extends z.ZodType, R extends z.ZodType | null> {
  readonly shape: 'write';
  readonly input: I;
  /** null: nothing is left to be answered. */
  readonly record: R;
  readonly kind: RecordKind;
  /** An order or a refund made twice costs somebody money: these must carry an `Idempotency-Key`. */
  readonly keyRequired: boolean;
}

const list = <F extends z.ZodType, R extends z.ZodType>(kind: RecordKind, filter: F, record: R): ListShape<F, R> => ({
  shape: 'list',
  kind,
  filter,
  record,
});
const get = <R extends z.ZodType>(kind: RecordKind, record: R): GetShape<R> => ({ shape: 'get', kind, record });
const write = <I extends z.ZodType, R extends z.ZodType | null>(
  kind: RecordKind,
  input: I,
  record: R,
  keyRequired = false,
): WriteShape<I, R> => ({ shape: 'write', kind, input, record, keyRequired });

const nothing = z.strictObject({});

/**
 * The shape of every operation a caller may ask for: the one source of the operations' types, of the routes, their
 * validation and their description. `shop` and `webhooks` are the gateway's own business and have none.
 */
export const RESOURCES = {
  orders: {
    list: list('order', orderFilter, orderRecord),
    get: get('order', orderRecord),
    create: write('order', orderInput, orderRecord, true),
    update: write('order', orderChange, orderRecord),
    cancel: write('order', orderCancellation, orderRecord),
  },
  fulfillments: {
    list: list('fulfillment', ofOrderFilter, fulfillmentRecord),
    create: write('fulfillment', fulfillmentInput, fulfillmentRecord),
    update: write('fulfillment', fulfillmentChange, fulfillmentRecord),
  },
  refunds: {
    list: list('refund', ofOrderFilter, refundRecord),
    create: write('refund', refundInput, refundRecord, true),
  },
  returns: {
    list: list('return', ofOrderFilter, returnRecord),
    create: write('return', returnInput, returnRecord),
  },
  transactions: { list: list('transaction', ofOrderFilter, transactionRecord) },
  products: {
    list: list('product', productFilter, productRecord),
    get: get('product', productRecord),
    create: write('product', inputs.productInput, productRecord),
    update: write('product', inputs.productChange, productRecord),
    delete: write('product', inputs.productDeletion, null),
    upsertBySku: write('product', inputs.productUpsert, productRecord),
  },
  variants: {
    list: list('variant', ofProductFilter, variantRecord),
    create: write('variant', inputs.variantInput, variantRecord),
    update: write('variant', inputs.variantChange, variantRecord),
    delete: write('variant', inputs.variantDeletion, null),
  },
  inventory: {
    list: list('inventoryLevel', inventoryFilter, inventoryLevelRecord),
    set: write('inventoryLevel', inputs.inventorySet, inventoryLevelRecord),
    adjust: write('inventoryLevel', inputs.inventoryAdjustment, inventoryLevelRecord),
  },
  locations: { list: list('location', nothing, locationRecord) },
  customers: {
    list: list('customer', customerFilter, customerRecord),
    get: get('customer', customerRecord),
    create: write('customer', inputs.customerInput, customerRecord),
    update: write('customer', inputs.customerChange, customerRecord),
    delete: write('customer', inputs.customerDeletion, null),
  },
  addresses: {
    list: list('address', ofCustomerFilter, customerAddressRecord),
    create: write('address', inputs.customerAddressInput, customerAddressRecord),
    update: write('address', inputs.customerAddressChange, customerAddressRecord),
    delete: write('address', inputs.customerAddressDeletion, null),
  },
  categories: {
    list: list('category', categoryFilter, categoryRecord),
    get: get('category', categoryRecord),
    create: write('category', inputs.categoryInput, categoryRecord),
    update: write('category', inputs.categoryChange, categoryRecord),
    delete: write('category', inputs.categoryDeletion, null),
  },
  coupons: {
    list: list('coupon', couponFilter, couponRecord),
    get: get('coupon', couponRecord),
    create: write('coupon', inputs.couponInput, couponRecord),
    update: write('coupon', inputs.couponChange, couponRecord),
    delete: write('coupon', inputs.couponDeletion, null),
  },
  carts: {
    list: list('cart', cartFilter, cartRecord),
    get: get('cart', cartRecord),
  },
} as const;

export type OperationShape =
  ListShape<z.ZodType, z.ZodType> | GetShape<z.ZodType> | WriteShape<z.ZodType, z.ZodType | null>;
export type { GetShape, ListShape, WriteShape };
