import type { GraphQLResolveInfo } from 'graphql';
import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment, printMomentOrNull } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { printAmount } from '../orders/bag.js';
import { gid } from '../views/gid.js';
import { moneyView } from '../views/money-view.js';
import { catalogueSlice, locationsOf, type Location } from './catalogue-slice.js';
import { momentField, numberField, searched, type SearchFields } from './search-records.js';
import { isStandalone, type Collection, type Level, type Product, type Variant } from './product.js';

const exact = (count: number) => ({ count, precision: 'EXACT' });
const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A level with the variant it is of. */
interface LevelRow {
  readonly level: Level;
  readonly variant: Variant;
  readonly product: Product;
}

const LEVEL_FIELDS: SearchFields<LevelRow> = {
  created_at: momentField(({ level }) => level.createdAt),
  updated_at: momentField(({ level }) => level.updatedAt),
  id: numberField(({ level }) => [level.id]),
  inventory_item_id: numberField(({ variant }) => [variant.itemId]),
};

function levelsAt(location: Location, context: RequestContext): readonly LevelRow[] {
  return catalogueSlice.read(context.data).products.flatMap((product) =>
    product.variants.flatMap((variant) => {
      const level = variant.levels.find(({ locationId }) => locationId === location.id);
      return level === undefined ? [] : [{ level, variant, product }];
    }),
  );
}

/** `Location`. */
export function locationView(location: Location, context: RequestContext): object {
  const { id, name, isActive } = location;
  const { shop, shopCreatedAt } = context;
  const view = ({ level, variant, product }: LevelRow) => levelView(level, variant, product, context);
  const { address1, city, province, provinceCode, country, countryCode, zip, phone } = shop.address;
  return {
    id: gid('Location', id),
    legacyResourceId: String(id),
    ...{ name, isActive, fulfillsOnlineOrders: isActive, shipsInventory: isActive, isFulfillmentService: false },
    ...{ createdAt: printMoment(shopCreatedAt), updatedAt: printMoment(shopCreatedAt) },
    address: { address1, address2: null, city, province, provinceCode, country, countryCode, zip, phone },
    inventoryLevel: ({ inventoryItemId }: { readonly inventoryItemId: string }) => {
      const found = levelsAt(location, context).find(
        ({ variant }) => gid('InventoryItem', variant.itemId) === inventoryItemId,
      );
      return found === undefined ? null : view(found);
    },
    inventoryLevels: (
      { query, ...page }: PageArguments & { readonly query?: string | null },
      _: unknown,
      info: GraphQLResolveInfo,
    ) =>
      connection(
        {
          items: searched(levelsAt(location, context), query, LEVEL_FIELDS, context, info),
          idOf: ({ level }) => level.id,
          view,
        },
        page,
      ),
  };
}

/** recorded: `gid://shopify/InventoryLevel/{n}?inventory_item_id={item}`. */
export function levelGid(level: Level, variant: Variant): string {
  return `${gid('InventoryLevel', level.id)}?inventory_item_id=${variant.itemId}`;
}

/** docs: on hand is what is available, committed or set aside. Nothing is ever set aside or on its way here. */
export function quantityOf({ available, committed }: Level, name: string): number {
  if (name === 'available') return available;
  if (name === 'committed') return committed;
  return name === 'on_hand' ? available + committed : 0;
}

/** `InventoryLevel`. */
export function levelView(level: Level, variant: Variant, product: Product, context: RequestContext) {
  const id = levelGid(level, variant);
  const location = locationsOf(context.shop).find((one) => one.id === level.locationId);
  return {
    id,
    isActive: location?.isActive ?? false,
    createdAt: printMoment(level.createdAt),
    updatedAt: printMoment(level.updatedAt),
    location: () => location && locationView(location, context),
    item: () => itemView(variant, product, context),
    quantities: ({ names }: { readonly names: readonly string[] }) =>
      names.map((name) => ({
        id: `gid://shopify/InventoryQuantity/${level.id}?inventory_item_id=${variant.itemId}&name=${name}`,
        ...{ name, quantity: quantityOf(level, name), updatedAt: printMoment(level.updatedAt) },
      })),
  };
}

/** `InventoryItem`. */
export function itemView(variant: Variant, product: Product, context: RequestContext): object {
  const { itemId, sku, tracked, requiresShipping, weight, levels, cost } = variant;
  const view = (level: Level) => levelView(level, variant, product, context);
  return {
    id: gid('InventoryItem', itemId),
    legacyResourceId: String(itemId),
    ...{ sku, tracked, requiresShipping },
    countryCodeOfOrigin: variant.country,
    provinceCodeOfOrigin: variant.province,
    harmonizedSystemCode: variant.harmonizedSystemCode,
    createdAt: printMoment(variant.createdAt),
    updatedAt: printMoment(variant.itemUpdatedAt),
    unitCost: cost === null ? null : moneyView(cost, context.shop.currency),
    measurement: { weight },
    variant: () => variantView(variant, product, context),
    variants: (page: PageArguments) =>
      connection({ items: [variant], idOf: ({ id }) => id, view: (one) => variantView(one, product, context) }, page),
    inventoryLevel: ({ locationId }: { readonly locationId: string }) => {
      const level = levels.find((one) => gid('Location', one.locationId) === locationId);
      return level === undefined ? null : view(level);
    },
    inventoryLevels: (page: PageArguments) => connection({ items: levels, idOf: ({ id }) => id, view }, page),
  };
}

const stockOf = ({ levels }: Variant): number => levels.reduce((units, { available }) => units + available, 0);

/** `ProductVariant`. */
export function variantView(variant: Variant, product: Product, context: RequestContext) {
  const { id, values, sku, barcode, price, compareAtPrice, taxable, policy, tracked } = variant;
  const { currency } = context.shop;
  const title = values.join(' / ');
  const stock = stockOf(variant);
  return {
    id: gid('ProductVariant', id),
    legacyResourceId: String(id),
    ...{ title, displayName: `${product.title} - ${title}`, sku, barcode, taxable, inventoryPolicy: policy },
    position: product.variants.indexOf(variant) + 1,
    price: printMoney(price, currency),
    compareAtPrice: compareAtPrice === null ? null : printMoney(compareAtPrice, currency),
    inventoryQuantity: stock,
    availableForSale: product.status === 'ACTIVE' && (!tracked || policy === 'CONTINUE' || stock > 0),
    createdAt: printMoment(variant.createdAt),
    updatedAt: printMoment(variant.updatedAt),
    selectedOptions: product.options.map((option, index) => {
      const value = values[index] ?? '';
      const known = option.values.find((one) => one.name === value);
      return {
        ...{ name: option.name, value },
        optionValue: known && { id: gid('ProductOptionValue', known.id), name: known.name },
      };
    }),
    inventoryItem: () => itemView(variant, product, context),
    product: () => productView(product, context),
  };
}

/** The Money scalar: two decimals at least, whatever the currency (not recorded; the schema calls it a decimal). */
function printMoney(minor: number, currency: string): string {
  const amount = printAmount(minor, currency);
  const [whole = '0', decimals = ''] = amount.split('.');
  return `${whole}.${decimals.padEnd(2, '0')}`;
}

function optionViews({ options, variants }: Product, first: number | null | undefined) {
  return options.slice(0, first ?? undefined).map(({ id, name, values }, index) => ({
    id: gid('ProductOption', id),
    ...{ name, position: index + 1, values: values.map((value) => value.name) },
    optionValues: values.map((value) => ({
      ...{ id: gid('ProductOptionValue', value.id), name: value.name },
      hasVariants: variants.some((variant) => variant.values[index] === value.name),
    })),
  }));
}

function mediaViews({ media }: Product) {
  return media.map(({ id, alt, type, url }) => ({
    __typename: 'MediaImage',
    id: gid('MediaImage', id),
    ...{ alt, mediaContentType: type, status: 'READY', image: { url, altText: alt, width: 800, height: 800 } },
    number: id,
  }));
}

function partsOf(product: Product, context: RequestContext) {
  const { currency } = context.shop;
  const prices = product.variants.map(({ price }) => price);
  const media = mediaViews(product);
  return {
    options: ({ first }: { readonly first?: number | null }) => optionViews(product, first),
    priceRangeV2: {
      minVariantPrice: moneyView(Math.min(...prices), currency),
      maxVariantPrice: moneyView(Math.max(...prices), currency),
    },
    variantsCount: exact(product.variants.length),
    variants: ({ sortKey, ...page }: PageArguments & { readonly sortKey?: string }) =>
      connection(
        {
          items: product.variants,
          idOf: ({ id }) => id,
          ...(sortKey === 'ID' ? {} : { sortBy: (one: Variant) => product.variants.indexOf(one) + 1 }),
          view: (one) => variantView(one, product, context),
        },
        page,
      ),
    media: (page: PageArguments) =>
      connection({ items: media, idOf: ({ number }) => number, view: (one) => one }, page),
    featuredMedia: media[0] ?? null,
    collections: (page: PageArguments) =>
      connection(
        {
          items: catalogueSlice
            .read(context.data)
            .collections.filter(({ productIds }) => productIds.includes(product.id)),
          idOf: ({ id }) => id,
          view: (one) => collectionView(one, context),
        },
        page,
      ),
  };
}

/** `Product`. */
export function productView(product: Product, context: RequestContext): object {
  const { id, title, handle, descriptionHtml, vendor, productType, status, tags, variants } = product;
  const tracked = variants.filter((variant) => variant.tracked);
  const online = product.publishedAt !== null && status === 'ACTIVE';
  return {
    ...partsOf(product, context),
    id: gid('Product', id),
    legacyResourceId: String(id),
    ...{ title, handle, descriptionHtml, description: plain(descriptionHtml), vendor, productType, status, tags },
    createdAt: printMoment(product.createdAt),
    updatedAt: printMoment(product.updatedAt),
    publishedAt: printMomentOrNull(product.publishedAt),
    onlineStoreUrl: online ? `https://${context.shop.host}/products/${encodeURIComponent(handle)}` : null,
    totalInventory: tracked.reduce((units, variant) => units + stockOf(variant), 0),
    tracksInventory: tracked.length > 0,
    isGiftCard: product.giftCard,
    hasOnlyDefaultVariant: isStandalone(product),
    hasOutOfStockVariants: tracked.some((variant) => stockOf(variant) <= 0),
    templateSuffix: product.templateSuffix,
    category: null,
    seo: product.seo,
  };
}

/** `Collection`. */
export function collectionView(collection: Collection, context: RequestContext): object {
  const { id, title, handle, descriptionHtml, sortOrder, updatedAt, image, seo, templateSuffix, productIds } =
    collection;
  return {
    id: gid('Collection', id),
    legacyResourceId: String(id),
    ...{ title, handle, descriptionHtml, description: plain(descriptionHtml), sortOrder, image, seo, templateSuffix },
    updatedAt: printMoment(updatedAt),
    productsCount: exact(productIds.length),
    sources: [],
    products: (page: PageArguments) =>
      connection(
        {
          items: catalogueSlice.read(context.data).products.filter((product) => productIds.includes(product.id)),
          idOf: (product) => product.id,
          sortBy: (product) => productIds.indexOf(product.id),
          view: (product) => productView(product, context),
        },
        page,
      ),
  };
}
