import { z } from 'zod';
import { inputText, moment, personalInput, reference } from './fields.js';
import { money } from './money.js';
import { addressInput } from './order-inputs.js';
import { PRODUCT_STATUSES, WEIGHT_UNITS } from './product.js';

const positiveMoney = money.refine(({ amount }) => !amount.startsWith('-'), 'must not be negative');
const writableStatus = z.enum(PRODUCT_STATUSES).exclude(['other']);
const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be a decimal such as "12.5"');
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);
const stock = z.number().int().min(-1_000_000_000).max(1_000_000_000);

const variantShape = {
  sku: inputText(255).optional(),
  barcode: inputText(255).optional(),
  price: positiveMoney.optional(),
  compareAtPrice: positiveMoney.nullable().optional().meta({ description: 'null: no longer on sale.' }),
  weight: z.strictObject({ value: decimalText, unit: z.enum(WEIGHT_UNITS) }).optional(),
  tracked: z.boolean().optional(),
};

const options = z.array(z.strictObject({ name: inputText(255).min(1), value: inputText(255).min(1) })).max(10);

const productShape = {
  name: inputText(255).min(1).optional(),
  description: inputText(60_000).optional(),
  status: writableStatus.optional(),
  type: inputText(255).optional(),
  vendor: inputText(255).optional(),
  tags: z.array(inputText(255).min(1)).max(250).optional().meta({ description: 'Replaces them all.' }),
  handle: inputText(255).optional(),
  categoryIds: z.array(reference('category')).max(100).optional().meta({ description: 'Replaces them all.' }),
  images: z
    .array(z.strictObject({ url: webAddress, alt: inputText(500).optional() }))
    .max(100)
    .optional(),
};

/** A new product. Without `variants` it has one, which takes `price`, `sku` and so on from the product itself. */
export const productInput = z
  .strictObject({
    ...productShape,
    name: inputText(255).min(1),
    ...variantShape,
    variants: z
      .array(z.strictObject({ ...variantShape, options: options.min(1) }))
      .min(1)
      .max(250)
      .optional(),
  })
  .meta({ id: 'ProductInput' });
export type ProductInput = z.output<typeof productInput>;

export const productChange = z
  .strictObject({ productId: reference('product'), ...productShape })
  .meta({ id: 'ProductChange' });
export type ProductChange = z.output<typeof productChange>;

/** Finds the variant with this very SKU and changes it and its product, or makes a product with it. */
export const productUpsert = z
  .strictObject({ ...productShape, ...variantShape, sku: inputText(255).min(1) })
  .meta({ id: 'ProductUpsert' });
export type ProductUpsert = z.output<typeof productUpsert>;

export const productDeletion = z.strictObject({ productId: reference('product') });

export const variantInput = z
  .strictObject({ productId: reference('product'), ...variantShape, options: options.min(1) })
  .meta({ id: 'VariantInput' });
export type VariantInput = z.output<typeof variantInput>;

export const variantChange = z
  .strictObject({
    productId: reference('product'),
    variantId: reference('variant'),
    ...variantShape,
    options: options.min(1).optional(),
  })
  .meta({ id: 'VariantChange' });
export type VariantChange = z.output<typeof variantChange>;

export const variantDeletion = z.strictObject({ productId: reference('product'), variantId: reference('variant') });

const inventoryPlace = {
  variantId: reference('variant'),
  locationId: reference('location').optional().meta({ description: 'Where the platform has locations: required.' }),
};

export const inventorySet = z
  .strictObject({
    ...inventoryPlace,
    available: stock,
    ifAvailable: stock.optional().meta({ description: 'Only if it is still this many; otherwise `conflict`.' }),
  })
  .meta({ id: 'InventorySet' });
export type InventorySet = z.output<typeof inventorySet>;

export const inventoryAdjustment = z
  .strictObject({
    ...inventoryPlace,
    delta: stock.refine((delta) => delta !== 0, 'must not be 0'),
    reason: z.enum(['correction', 'received', 'damaged', 'restock', 'shrinkage', 'other']).optional(),
  })
  .meta({ id: 'InventoryAdjustment' });
export type InventoryAdjustment = z.output<typeof inventoryAdjustment>;

const customerShape = {
  email: personalInput(320).optional(),
  firstName: personalInput(255).optional(),
  lastName: personalInput(255).optional(),
  phone: personalInput(40).optional(),
  note: personalInput(5000).optional(),
  tags: z.array(inputText(255).min(1)).max(250).optional().meta({ description: 'Replaces them all.' }),
};

export const customerInput = z
  .strictObject({ ...customerShape, defaultAddress: addressInput.optional() })
  .meta({ id: 'CustomerInput' });
export type CustomerInput = z.output<typeof customerInput>;

export const customerChange = z
  .strictObject({ customerId: reference('customer'), ...customerShape })
  .meta({ id: 'CustomerChange' });
export type CustomerChange = z.output<typeof customerChange>;

export const customerDeletion = z.strictObject({ customerId: reference('customer') });

export const customerAddressInput = z
  .strictObject({
    customerId: reference('customer'),
    ...addressInput.shape,
    isDefault: z.boolean().optional(),
  })
  .meta({ id: 'CustomerAddressInput' });
export type CustomerAddressInput = z.output<typeof customerAddressInput>;

export const customerAddressChange = z
  .strictObject({ ...customerAddressInput.shape, addressId: reference('address') })
  .meta({ id: 'CustomerAddressChange' });
export type CustomerAddressChange = z.output<typeof customerAddressChange>;

export const customerAddressDeletion = z.strictObject({
  customerId: reference('customer'),
  addressId: reference('address'),
});

const categoryShape = {
  parentId: reference('category').nullable().optional(),
  description: inputText(60_000).optional(),
  handle: inputText(255).optional(),
  imageUrl: webAddress.optional(),
};

export const categoryInput = z
  .strictObject({ name: inputText(255).min(1), ...categoryShape })
  .meta({ id: 'CategoryInput' });
export type CategoryInput = z.output<typeof categoryInput>;

export const categoryChange = z
  .strictObject({ categoryId: reference('category'), name: inputText(255).min(1).optional(), ...categoryShape })
  .meta({ id: 'CategoryChange' });
export type CategoryChange = z.output<typeof categoryChange>;

export const categoryDeletion = z.strictObject({ categoryId: reference('category') });

const couponShape = {
  name: inputText(255).optional(),
  kind: z.enum(['percentage', 'fixedOrder', 'fixedItem', 'freeShipping']).optional(),
  percentage: decimalText
    .refine((text) => Number(text) > 0 && Number(text) <= 100, 'must be above 0, at most 100')
    .optional(),
  amount: positiveMoney.optional(),
  startsAt: moment.optional(),
  endsAt: moment.nullable().optional(),
  usageLimit: z.number().int().min(1).max(1_000_000_000).nullable().optional(),
  usageLimitPerCustomer: z.number().int().min(1).max(1_000_000).nullable().optional(),
  minimumAmount: positiveMoney.nullable().optional(),
  productIds: z.array(reference('product')).max(100).optional(),
  categoryIds: z.array(reference('category')).max(100).optional(),
  disabled: z.boolean().optional(),
};

export const couponInput = z
  .strictObject({ ...couponShape, code: inputText(255).min(1), kind: couponShape.kind.unwrap() })
  .refine(({ kind, percentage }) => (kind === 'percentage') === (percentage !== undefined), {
    message: 'belongs to kind percentage and to no other',
    path: ['percentage'],
  })
  .refine(({ kind, amount }) => kind.startsWith('fixed') === (amount !== undefined), {
    message: 'belongs to kind fixedOrder or fixedItem and to no other',
    path: ['amount'],
  })
  .meta({ id: 'CouponInput' });
export type CouponInput = z.output<typeof couponInput>;

export const couponChange = z
  .strictObject({ couponId: reference('coupon'), code: inputText(255).min(1).optional(), ...couponShape })
  .meta({ id: 'CouponChange' });
export type CouponChange = z.output<typeof couponChange>;

export const couponDeletion = z.strictObject({ couponId: reference('coupon') });
