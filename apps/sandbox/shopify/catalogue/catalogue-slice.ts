import { z } from 'zod';
import { catalogueOf, type CatalogueItem } from '../orders/catalogue.js';
import { createSlice, type ShopData } from '../shop-slice.js';
import {
  DEFAULT_OPTION,
  freeHandle,
  handleOf,
  type Collection,
  type Level,
  type Product,
  type Variant,
} from './product.js';

/** What a shop sells. */
export interface CatalogueState {
  readonly products: readonly Product[];
  readonly collections: readonly Collection[];
}

const DAY_MS = 86_400_000;
const OPTION_NAMES = ['Size', 'Color', 'Style'];
const GRAMS: Readonly<Record<string, number>> = { POUNDS: 453.59237, KILOGRAMS: 1_000, GRAMS: 1 };

const wholeSecond = (moment: number): number => Math.floor(moment / 1_000) * 1_000;

/** A place goods are sent from. */
export interface Location {
  readonly id: number;
  readonly name: string;
  readonly isActive: boolean;
}

/** A shop's locations: one that sends, a second shelf, and one given up. */
export function locationsOf({ id, address }: ShopData['shop']): readonly Location[] {
  return [
    { id: id + 17, name: address.address1, isActive: true },
    { id: id * 100 + 91, name: 'Warehouse', isActive: true },
    { id: id * 100 + 92, name: 'Old depot', isActive: false },
  ];
}

function seedLevels(data: ShopData, number: number, at: number): readonly Level[] {
  return locationsOf(data.shop)
    .filter(({ isActive }, index) => isActive && (index === 0 || number % 2 === 0))
    .map((location, index) => ({
      id: data.shop.id * 100 + 30_000 + number * 10 + index,
      locationId: location.id,
      available: index === 0 ? (number * 7) % 40 : 12,
      committed: 0,
      createdAt: at,
      updatedAt: at,
    }));
}

function seedProduct(data: ShopData, item: CatalogueItem, number: number): Product {
  const { shop, seededAt } = data;
  const base = shop.id * 100;
  const at = wholeSecond(seededAt - (500 - number) * DAY_MS);
  const updatedAt = wholeSecond(seededAt - (30 - number * 2) * DAY_MS);
  const values = item.variantTitle?.split(' / ') ?? [DEFAULT_OPTION.value];
  const names = item.variantTitle === null ? [DEFAULT_OPTION.name] : OPTION_NAMES;
  const handle = handleOf(item.title);
  return {
    ...{ id: base + number, title: item.title, handle: handle === '' ? `item-${number}` : handle },
    ...{ descriptionHtml: `<p>${item.title}</p>`, vendor: item.vendor ?? shop.name, productType: item.kind ?? 'Goods' },
    ...{ status: 'ACTIVE', tags: number % 3 === 0 ? ['featured'] : [], giftCard: item.kind === 'giftCard' },
    ...{ createdAt: at, updatedAt, publishedAt: at, seo: { title: null, description: null }, templateSuffix: null },
    media: [],
    options: values.map((value, index) => ({
      id: base + 20_000 + number * 10 + index,
      name: names[index] ?? `Option ${index + 1}`,
      values: [{ id: base + 25_000 + number * 10 + index, name: value }],
    })),
    variants: [
      {
        ...{ id: base + 5_000 + number, itemId: base + 15_000 + number, values, sku: item.sku, barcode: null },
        ...{ price: item.price, compareAtPrice: null, cost: null, taxable: item.kind !== 'giftCard' },
        ...{ policy: 'DENY', tracked: item.kind === undefined, requiresShipping: item.kind === undefined },
        weight: { value: Number((item.grams / (GRAMS[shop.weightUnit] ?? 1)).toFixed(4)), unit: shop.weightUnit },
        ...{
          country: null,
          province: null,
          harmonizedSystemCode: null,
          createdAt: at,
          updatedAt,
          itemUpdatedAt: updatedAt,
        },
        levels: seedLevels(data, number, at),
      },
    ],
  };
}

/** What the orders never mention: a product nobody bought yet and one given up. */
function moreProducts(data: ShopData, [first]: readonly Product[]): readonly Product[] {
  if (first === undefined) return [];
  const base = data.shop.id * 100;
  return ['DRAFT', 'ARCHIVED'].map((status, index) => {
    const number = 51 + index;
    const plain: CatalogueItem = {
      title: `Sample ${number}`,
      variantTitle: null,
      sku: `SMP-${number}`,
      vendor: null,
      price: first.variants[0]?.price ?? 0,
      grams: 100,
    };
    return {
      ...seedProduct(data, plain, number),
      id: base + number,
      status,
      publishedAt: null,
      updatedAt: first.updatedAt,
    };
  });
}

function seed(data: ShopData): CatalogueState {
  const own = catalogueOf(data.shop).map((item, index) => seedProduct(data, item, index + 1));
  const products: Product[] = [];
  for (const product of [...own, ...moreProducts(data, own)]) {
    products.push({
      ...product,
      handle: freeHandle(
        product.handle,
        products.map(({ handle }) => handle),
      ),
    });
  }
  const collection = (number: number, title: string, smart: boolean, productIds: readonly number[]): Collection => ({
    ...{ id: data.shop.id * 100 + 40_000 + number, title, handle: handleOf(title), descriptionHtml: '' },
    ...{ sortOrder: 'BEST_SELLING', updatedAt: wholeSecond(data.seededAt - number * DAY_MS), smart, image: null },
    ...{ seo: { title: null, description: null }, templateSuffix: null, productIds },
  });
  const ids = products.map(({ id }) => id);
  return {
    products,
    collections: [
      collection(1, 'Home page', false, ids.slice(0, 3)),
      collection(
        2,
        'Featured',
        true,
        products.filter(({ tags }) => tags.includes('featured')).map(({ id }) => id),
      ),
      collection(3, 'Coming soon', false, []),
    ],
  };
}

// Only ever saved by this sandbox itself, so the outline is enough to tell it from another state.
const outline = z.looseObject({
  products: z.array(z.looseObject({ id: z.number(), variants: z.array(z.unknown()) })),
  collections: z.array(z.looseObject({ id: z.number(), productIds: z.array(z.number()) })),
});
const stateSchema = z.custom<CatalogueState>((value) => outline.safeParse(value).success);

export const catalogueSlice = createSlice('catalogue', stateSchema, seed);

/** A variant with its product. */
export function findVariant(data: ShopData, variantId: number): { product: Product; variant: Variant } | undefined {
  for (const product of catalogueSlice.read(data).products) {
    const variant = product.variants.find(({ id }) => id === variantId);
    if (variant !== undefined) return { product, variant };
  }
  return undefined;
}

/** Puts a product in the place of the one with its id, or adds it. */
export function saveProduct(data: ShopData, product: Product): void {
  catalogueSlice.update(data, (state) => ({
    ...state,
    products: state.products.some(({ id }) => id === product.id)
      ? state.products.map((one) => (one.id === product.id ? product : one))
      : [...state.products, product],
  }));
}

/** Puts a collection in the place of the one with its id, or adds it. */
export function saveCollection(data: ShopData, collection: Collection): void {
  catalogueSlice.update(data, (state) => ({
    ...state,
    collections: state.collections.some(({ id }) => id === collection.id)
      ? state.collections.map((one) => (one.id === collection.id ? collection : one))
      : [...state.collections, collection],
  }));
}
