import { z } from 'zod';
import { type FilterOf, inputText, reference, repeatable, timeFilter } from './fields.js';
import { money } from './money.js';
import { instant } from './order-parts.js';

const optionalText = z.string().nullable();

export const WEIGHT_UNITS = ['g', 'kg', 'oz', 'lb'] as const;
const DECIMAL = /^\d{1,12}(\.\d{1,6})?$/;

export const weight = z
  .object({ value: z.string().regex(DECIMAL), unit: z.enum(WEIGHT_UNITS) })
  .meta({ id: 'Weight', description: 'An exact decimal string and its unit.' });

export const selectedOption = z.object({ name: z.string(), value: z.string() });

/** What is sold: a product has at least one; that of a product without choices carries the product's own price. */
export const variantRecord = z.object({
  platformId: z.string().min(1),
  productId: reference('product'),
  sku: optionalText,
  barcode: optionalText,
  name: optionalText,
  options: z.array(selectedOption),
  price: money.nullable().meta({ description: 'What is asked for it now; null where it has no price yet.' }),
  compareAtPrice: money.nullable().meta({ description: 'The higher price it is compared with, while it is on sale.' }),
  weight: weight.nullable(),
  tracked: z.boolean().nullable().meta({ description: 'Whether stock is counted.' }),
  quantity: z
    .number()
    .nullable()
    .meta({ description: 'What can be sold, over all locations; null where not counted.' }),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type VariantRecord = z.infer<typeof variantRecord>;

export const PRODUCT_STATUSES = ['active', 'draft', 'archived', 'other'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** A variant as it stands inside its product. */
export const productVariant = z
  .object({ id: reference('variant'), ...variantRecord.omit({ platformId: true, productId: true }).shape })
  .meta({ id: 'ProductVariant' });
export type ProductVariant = z.infer<typeof productVariant>;

export const productRecord = z.object({
  platformId: z.string().min(1),
  name: z.string(),
  description: optionalText.meta({ description: 'HTML as the merchant wrote it: do not show it unescaped.' }),
  status: z.enum(PRODUCT_STATUSES),
  platformStatus: optionalText,
  type: optionalText,
  vendor: optionalText,
  tags: z.array(z.string()),
  handle: optionalText,
  url: optionalText,
  images: z.array(z.object({ id: z.string(), url: optionalText, alt: optionalText })),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  categoryIds: z.array(reference('category')).nullable().meta({ description: 'null where the product does not say.' }),
  variants: z.array(productVariant),
  variantsComplete: z.boolean().meta({ description: 'false: more variants than listed here; see its /variants.' }),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type ProductRecord = z.infer<typeof productRecord>;

export const productFilter = z.strictObject({
  ...timeFilter,
  status: repeatable(z.enum(PRODUCT_STATUSES), PRODUCT_STATUSES.length),
  sku: inputText(255).min(1).optional().meta({ description: 'Exact; of any of its variants.' }),
  name: inputText(255).min(1).optional().meta({ description: 'As far as the platform searches names.' }),
  categoryId: reference('category').optional(),
});
export type ProductFilter = FilterOf<typeof productFilter>;

export const ofProductFilter = z.strictObject({ productId: reference('product') });
export type OfProductFilter = FilterOf<typeof ofProductFilter>;

/** How much of a variant lies where. */
export const inventoryLevelRecord = z.object({
  platformId: z.string().min(1),
  variantId: reference('variant').nullable(),
  productId: reference('product').nullable(),
  sku: optionalText,
  locationId: reference('location').nullable().meta({ description: 'null where the platform has no locations.' }),
  tracked: z.boolean(),
  available: z.number().nullable().meta({ description: 'null where stock is not counted.' }),
  onHand: z.number().nullable(),
  updatedAt: instant.nullable(),
});
export type InventoryLevelRecord = z.infer<typeof inventoryLevelRecord>;

export const inventoryFilter = z.strictObject({
  updatedSince: timeFilter.updatedSince,
  locationId: reference('location').optional(),
  sku: inputText(255).min(1).optional(),
  variantId: reference('variant').optional(),
});
export type InventoryFilter = FilterOf<typeof inventoryFilter>;

/** Where stock lies. */
export const locationRecord = z.object({
  platformId: z.string().min(1),
  name: z.string(),
  active: z.boolean(),
  address1: optionalText,
  address2: optionalText,
  city: optionalText,
  provinceCode: optionalText,
  countryCode: optionalText,
  postalCode: optionalText,
  phone: optionalText,
});
export type LocationRecord = z.infer<typeof locationRecord>;

/** A group of products that shoppers browse. */
export const categoryRecord = z.object({
  platformId: z.string().min(1),
  name: z.string(),
  parentId: reference('category').nullable(),
  description: optionalText,
  handle: optionalText,
  imageUrl: optionalText,
  productCount: z.number().nullable(),
  updatedAt: instant.nullable(),
});
export type CategoryRecord = z.infer<typeof categoryRecord>;

export const categoryFilter = z.strictObject({
  updatedSince: timeFilter.updatedSince,
  name: inputText(255).min(1).optional(),
  parentId: reference('category').optional(),
});
export type CategoryFilter = FilterOf<typeof categoryFilter>;
