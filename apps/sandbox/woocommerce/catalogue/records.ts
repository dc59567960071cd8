import { z } from 'zod';
import type { JsonValue } from '#contract';

// What the simulated database holds of the catalogue, in the JSON form of the sandbox's own state file as well.
// Instants are seconds since 1970, prices decimals as the merchant typed them.
const whole = z.number().int();

export interface Meta {
  readonly id: number;
  readonly key: string;
  readonly value: JsonValue;
}
const meta: z.ZodType<Meta> = z.object({ id: whole, key: z.string(), value: z.json() });

export const PRODUCT_TYPES = ['simple', 'grouped', 'external', 'variable'] as const;

const imageSchema = z.object({
  id: whole,
  src: z.string(),
  name: z.string(),
  alt: z.string(),
  createdAt: whole,
  modifiedAt: whole,
});

const attributeSchema = z.object({
  /** 0 for one that only this product has. */
  id: whole,
  name: z.string(),
  position: whole,
  visible: z.boolean(),
  variation: z.boolean(),
  /** Names, also those of a global attribute's terms. */
  options: z.array(z.string()),
});

/** What a variation, or a default, says of one attribute. A global attribute's option is the slug of its term. */
const choiceSchema = z.object({ id: whole, name: z.string(), option: z.string() });

const dimensionsSchema = z.object({ length: z.string(), width: z.string(), height: z.string() });

const saleSchema = z.object({ from: whole.nullable(), to: whole.nullable() });

export const productSchema = z.object({
  id: whole,
  parentId: whole,
  type: z.enum([...PRODUCT_TYPES, 'variation']),
  status: z.string(),
  createdAt: whole,
  modifiedAt: whole,
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  shortDescription: z.string(),
  sku: z.string(),
  globalUniqueId: z.string(),
  regularPrice: z.string(),
  salePrice: z.string(),
  sale: saleSchema,
  featured: z.boolean(),
  visibility: z.string(),
  totalSales: whole,
  virtual: z.boolean(),
  downloadable: z.boolean(),
  downloads: z.array(z.object({ id: z.string(), name: z.string(), file: z.string() })),
  downloadLimit: whole,
  downloadExpiry: whole,
  externalUrl: z.string(),
  buttonText: z.string(),
  taxStatus: z.string(),
  /** Of a variation `parent` is possible, too. */
  taxClass: z.string(),
  manageStock: z.boolean(),
  stockQuantity: z.number().nullable(),
  stockStatus: z.string(),
  backorders: z.string(),
  lowStockAmount: z.number().nullable(),
  soldIndividually: z.boolean(),
  weight: z.string(),
  dimensions: dimensionsSchema,
  reviewsAllowed: z.boolean(),
  upsells: z.array(whole),
  crossSells: z.array(whole),
  purchaseNote: z.string(),
  categories: z.array(whole),
  tags: z.array(whole),
  images: z.array(imageSchema),
  attributes: z.array(attributeSchema),
  choices: z.array(choiceSchema),
  grouped: z.array(whole),
  menuOrder: whole,
  password: z.string(),
  meta: z.array(meta),
});

export const termSchema = z.object({
  id: whole,
  /** `product_cat`, `product_tag` or the slug of a global attribute. */
  taxonomy: z.string(),
  name: z.string(),
  slug: z.string(),
  parent: whole,
  description: z.string(),
  display: z.string(),
  menuOrder: whole,
  image: imageSchema.nullable(),
});

export const globalAttributeSchema = z.object({
  id: whole,
  name: z.string(),
  slug: z.string(),
  orderBy: z.string(),
  hasArchives: z.boolean(),
});

const addressSchema = z.record(z.string(), z.string());

export const customerSchema = z.object({
  id: whole,
  createdAt: whole,
  modifiedAt: whole.nullable(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  role: z.string(),
  username: z.string(),
  /** By the names of the REST API; what is not there is empty. */
  billing: addressSchema,
  shipping: addressSchema,
  meta: z.array(meta),
});

export const couponSchema = z.object({
  id: whole,
  code: z.string(),
  amount: z.string(),
  status: z.string(),
  createdAt: whole,
  modifiedAt: whole,
  type: z.enum(['percent', 'fixed_cart', 'fixed_product']),
  description: z.string(),
  expiresAt: whole.nullable(),
  individualUse: z.boolean(),
  products: z.array(whole),
  excludedProducts: z.array(whole),
  usageLimit: whole.nullable(),
  usageLimitPerUser: whole.nullable(),
  itemLimit: whole.nullable(),
  freeShipping: z.boolean(),
  categories: z.array(whole),
  excludedCategories: z.array(whole),
  excludeSaleItems: z.boolean(),
  minimumAmount: z.string(),
  maximumAmount: z.string(),
  emailRestrictions: z.array(z.string()),
  meta: z.array(meta),
});

export type CatalogueProduct = Readonly<z.infer<typeof productSchema>>;
export type ProductImage = Readonly<z.infer<typeof imageSchema>>;
export type ProductAttribute = Readonly<z.infer<typeof attributeSchema>>;
export type ProductChoice = Readonly<z.infer<typeof choiceSchema>>;
export type Term = Readonly<z.infer<typeof termSchema>>;
export type GlobalAttribute = Readonly<z.infer<typeof globalAttributeSchema>>;
export type Customer = Readonly<z.infer<typeof customerSchema>>;
export type ShopCoupon = Readonly<z.infer<typeof couponSchema>>;

/** What a product is of which nothing was said. */
export const BLANK_PRODUCT: Omit<CatalogueProduct, 'id' | 'createdAt' | 'modifiedAt'> = {
  parentId: 0,
  type: 'simple',
  status: 'publish',
  name: '',
  slug: '',
  description: '',
  shortDescription: '',
  sku: '',
  globalUniqueId: '',
  regularPrice: '',
  salePrice: '',
  sale: { from: null, to: null },
  featured: false,
  visibility: 'visible',
  totalSales: 0,
  virtual: false,
  downloadable: false,
  downloads: [],
  downloadLimit: -1,
  downloadExpiry: -1,
  externalUrl: '',
  buttonText: '',
  taxStatus: 'taxable',
  taxClass: '',
  manageStock: false,
  stockQuantity: null,
  stockStatus: 'instock',
  backorders: 'no',
  lowStockAmount: null,
  soldIndividually: false,
  weight: '',
  dimensions: { length: '', width: '', height: '' },
  reviewsAllowed: true,
  upsells: [],
  crossSells: [],
  purchaseNote: '',
  categories: [],
  tags: [],
  images: [],
  attributes: [],
  choices: [],
  grouped: [],
  menuOrder: 0,
  password: '',
  meta: [],
};
