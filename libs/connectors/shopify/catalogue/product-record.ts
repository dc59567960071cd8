import { Big, type ConnectedStore, type ProductRecord, type VariantRecord, moneyOf } from '#contract';
import { type RecordReading, utcInstant } from '#kit';
import { z } from 'zod';
import { connection } from '../connection.js';
import { text } from '../address.js';
import { statusOf } from '../order-status.js';
import { identify, nonEmpty } from './read-one.js';
import { PRODUCT, WEIGHT } from './statuses.js';

const amount = z.union([z.string(), z.number()]);

const variant = z.object({
  id: z.string().min(1),
  title: text,
  sku: text,
  barcode: text,
  price: amount.nullish(),
  compareAtPrice: amount.nullish(),
  inventoryQuantity: z.number().nullish(),
  createdAt: text,
  updatedAt: text,
  selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  inventoryItem: z
    .object({
      tracked: z.boolean().nullish(),
      measurement: z.object({ weight: z.object({ value: z.number(), unit: z.string() }).nullish() }).nullish(),
    })
    .nullish(),
});
type PlatformVariant = z.infer<typeof variant>;

const ownedVariant = variant.extend({ product: z.object({ id: z.string().min(1) }) });
export type OwnedVariant = z.infer<typeof ownedVariant>;

const product = z.object({
  id: z.string().min(1),
  title: z.string(),
  descriptionHtml: text,
  status: text,
  productType: text,
  vendor: text,
  tags: z.array(z.string()).default([]),
  handle: text,
  onlineStoreUrl: text,
  createdAt: text,
  updatedAt: text,
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })).default([]),
  variants: connection(variant),
  media: connection(
    z.object({
      id: z.string(),
      alt: text,
      mediaContentType: text,
      // Not there before the platform has fetched and resized it.
      image: z.object({ url: text }).nullish(),
    }),
  ).optional(),
  collections: connection(z.object({ id: z.string() })).optional(),
});
export type PlatformProduct = z.infer<typeof product>;

/** Prices do not name their currency: it is the shop's. */
export const productReading = ({ currency }: ConnectedStore): RecordReading<PlatformProduct, ProductRecord> => ({
  schema: product,
  map: (raw) => mapProduct(raw, currency),
  identify,
});

export const variantReading = ({ currency }: ConnectedStore): RecordReading<OwnedVariant, VariantRecord> => ({
  schema: ownedVariant,
  map: (raw) => ({ platformId: raw.id, productId: raw.product.id, ...variantFields(raw, currency) }),
  identify,
});

function mapProduct(raw: PlatformProduct, currency: string): ProductRecord {
  return {
    platformId: raw.id,
    name: raw.title,
    description: nonEmpty(raw.descriptionHtml),
    status: statusOf(PRODUCT, raw.status),
    platformStatus: raw.status,
    type: nonEmpty(raw.productType),
    vendor: nonEmpty(raw.vendor),
    tags: raw.tags,
    handle: raw.handle,
    url: raw.onlineStoreUrl,
    images: (raw.media?.nodes ?? [])
      .filter(({ mediaContentType }) => mediaContentType === 'IMAGE')
      .map(({ id, alt, image }) => ({ id, url: image?.url ?? null, alt: nonEmpty(alt) })),
    options: raw.options.filter(({ name, values }) => !(name === 'Title' && values.every(isDefaultTitle))),
    // Not said at all rather than in part.
    categoryIds: raw.collections && !raw.collections.hasNextPage ? raw.collections.nodes.map(({ id }) => id) : null,
    variants: raw.variants.nodes.map((one) => ({ id: one.id, ...variantFields(one, currency) })),
    variantsComplete: !raw.variants.hasNextPage,
    createdAt: instantOf(raw.createdAt),
    updatedAt: instantOf(raw.updatedAt),
  };
}

/** A product without choices has one option, `Title`, with this one value. */
function isDefaultTitle(value: string | null): boolean {
  return value === 'Default Title';
}

function variantFields(raw: PlatformVariant, currency: string): Omit<VariantRecord, 'platformId' | 'productId'> {
  const tracked = raw.inventoryItem?.tracked ?? null;
  const price = (given: string | number | null | undefined) =>
    given === null || given === undefined ? null : moneyOf(given, currency);
  return {
    sku: nonEmpty(raw.sku),
    barcode: nonEmpty(raw.barcode),
    name: isDefaultTitle(raw.title) ? null : raw.title,
    options: raw.selectedOptions.filter(({ name, value }) => !(name === 'Title' && isDefaultTitle(value))),
    price: price(raw.price),
    compareAtPrice: price(raw.compareAtPrice),
    weight: weightOf(raw),
    tracked,
    quantity: tracked === false ? null : (raw.inventoryQuantity ?? null),
    createdAt: instantOf(raw.createdAt),
    updatedAt: instantOf(raw.updatedAt),
  };
}

/** A JSON number: printed plainly, without the noise of binary fractions. */
function weightOf({ inventoryItem }: PlatformVariant): VariantRecord['weight'] {
  const given = inventoryItem?.measurement?.weight;
  const unit = WEIGHT.get(given?.unit ?? '');
  if (!given || unit === undefined || given.value < 0 || given.value >= 1e12) return null;
  return { value: new Big(given.value).round(6, Big.roundHalfUp).toFixed(), unit };
}

export function instantOf(given: string | null): string | null {
  return given === null ? null : utcInstant(given);
}
