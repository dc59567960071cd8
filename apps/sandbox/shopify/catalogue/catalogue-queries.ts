import type { GraphQLResolveInfo } from 'graphql';
import { connection, type PageArguments, type SortValue } from '../graphql/connection.js';
import { sortableMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { gid, numberOfGid } from '../views/gid.js';
import { catalogueSlice, locationsOf, type Location } from './catalogue-slice.js';
import { sameHandle, type Collection, type Product, type Variant } from './product.js';
import {
  choiceField,
  countView,
  exactField,
  momentField,
  numberField,
  searched,
  wordsField,
  type SearchFields,
} from './search-records.js';
import { collectionView, itemView, levelGid, levelView, locationView, productView, variantView } from './views.js';

interface ListArguments extends PageArguments {
  readonly query?: string | null;
  readonly sortKey?: string;
  readonly limit?: number | null;
}

/** A variant with the product it belongs to. */
export interface Row {
  readonly variant: Variant;
  readonly product: Product;
}

const stock = ({ variants }: Product): number =>
  variants.flatMap(({ levels }) => levels).reduce((units, { available }) => units + available, 0);

const PRODUCT_FIELDS: SearchFields<Product> = {
  updated_at: momentField(({ updatedAt }) => updatedAt),
  created_at: momentField(({ createdAt }) => createdAt),
  published_at: momentField(({ publishedAt }) => publishedAt),
  id: numberField(({ id }) => [id]),
  variant_id: numberField(({ variants }) => variants.map(({ id }) => id)),
  inventory_total: numberField((product) => [stock(product)]),
  collection_id: ({ value }, { data }) => {
    const chosen = catalogueSlice.read(data).collections.find(({ id }) => id === Number(value));
    return ({ id }) => chosen?.productIds.includes(id) === true;
  },
  status: choiceField(({ status }) => [status]),
  gift_card: choiceField(({ giftCard }) => [String(giftCard)]),
  published_status: choiceField(({ publishedAt }) =>
    publishedAt === null ? ['unpublished', 'any'] : ['published', 'any'],
  ),
  sku: wordsField(({ variants }) => variants.map(({ sku }) => sku)),
  barcode: wordsField(({ variants }) => variants.map(({ barcode }) => barcode)),
  vendor: exactField(({ vendor }) => [vendor]),
  product_type: exactField(({ productType }) => [productType]),
  handle: exactField(({ handle }) => [handle]),
  title: wordsField(({ title }) => [title]),
  variant_title: wordsField(({ variants }) => variants.map(({ values }) => values.join(' / '))),
  tag: exactField(({ tags }) => tags),
  tag_not: (term, context) => {
    const has = exactField<Product>(({ tags }) => tags)(term, context);
    return (product) => !has(product);
  },
  default: wordsField(({ title, vendor, productType, tags, variants }) => [
    ...[title, vendor, productType, ...tags],
    ...variants.map(({ sku }) => sku),
  ]),
};

const VARIANT_FIELDS: SearchFields<Row> = {
  updated_at: momentField(({ variant }) => variant.updatedAt),
  id: numberField(({ variant }) => [variant.id]),
  product_id: numberField(({ product }) => [product.id]),
  sku: wordsField(({ variant }) => [variant.sku]),
  barcode: wordsField(({ variant }) => [variant.barcode]),
  title: wordsField(({ variant }) => [variant.values.join(' / ')]),
  vendor: exactField(({ product }) => [product.vendor]),
  product_type: exactField(({ product }) => [product.productType]),
  product_status: choiceField(({ product }) => [product.status]),
  default: wordsField(({ variant, product }) => [product.title, variant.sku, variant.barcode]),
};

const ITEM_FIELDS: SearchFields<Row> = {
  updated_at: momentField(({ variant }) => variant.itemUpdatedAt),
  created_at: momentField(({ variant }) => variant.createdAt),
  id: numberField(({ variant }) => [variant.itemId]),
  sku: wordsField(({ variant }) => [variant.sku]),
  default: wordsField(({ variant }) => [variant.sku]),
};

const COLLECTION_FIELDS: SearchFields<Collection> = {
  updated_at: momentField(({ updatedAt }) => updatedAt),
  id: numberField(({ id }) => [id]),
  product_id: numberField(({ productIds }) => productIds),
  title: wordsField(({ title }) => [title]),
  handle: exactField(({ handle }) => [handle]),
  collection_type: choiceField(({ smart }) => [smart ? 'smart' : 'custom']),
  published_status: choiceField(() => ['published', 'any']),
  default: wordsField(({ title }) => [title]),
};

const LOCATION_FIELDS: SearchFields<Location> = {
  id: numberField(({ id }) => [id]),
  name: wordsField(({ name }) => [name]),
  active: choiceField(({ isActive }) => [String(isActive)]),
  default: wordsField(({ name }) => [name]),
};

type Sortings<Item> = Readonly<Record<string, (item: Item) => SortValue>>;

const PRODUCT_SORTINGS: Sortings<Product> = {
  CREATED_AT: ({ createdAt }) => sortableMoment(createdAt),
  UPDATED_AT: ({ updatedAt }) => sortableMoment(updatedAt),
  PUBLISHED_AT: ({ publishedAt }) => (publishedAt === null ? '' : sortableMoment(publishedAt)),
  INVENTORY_TOTAL: stock,
  PRODUCT_TYPE: ({ productType }) => productType.toLowerCase(),
  TITLE: ({ title }) => title.toLowerCase(),
  VENDOR: ({ vendor }) => vendor.toLowerCase(),
};

const VARIANT_SORTINGS: Sortings<Row> = {
  SKU: ({ variant }) => (variant.sku ?? '').toLowerCase(),
  TITLE: ({ variant }) => variant.values.join(' / ').toLowerCase(),
  FULL_TITLE: ({ variant, product }) => `${product.title} - ${variant.values.join(' / ')}`.toLowerCase(),
  NAME: ({ variant, product }) => `${product.title} - ${variant.values.join(' / ')}`.toLowerCase(),
  POSITION: ({ variant, product }) => product.variants.indexOf(variant) + 1,
};

const COLLECTION_SORTINGS: Sortings<Collection> = {
  UPDATED_AT: ({ updatedAt }) => sortableMoment(updatedAt),
  TITLE: ({ title }) => title.toLowerCase(),
};

/** All variants of a shop. */
export function rowsOf({ data }: Pick<RequestContext, 'data'>): readonly Row[] {
  return catalogueSlice
    .read(data)
    .products.flatMap((product) => product.variants.map((variant) => ({ variant, product })));
}

const sorting = <Item>(sortings: Sortings<Item>, key: string | undefined) => {
  const sortBy = sortings[key ?? 'ID'];
  return sortBy === undefined ? {} : { sortBy };
};

interface ById {
  readonly id?: string | null;
}

const products = ({ data }: RequestContext): readonly Product[] => catalogueSlice.read(data).products;
const collections = ({ data }: RequestContext): readonly Collection[] => catalogueSlice.read(data).collections;

function product({ id }: ById, context: RequestContext) {
  const found = products(context).find((one) => one.id === numberOfGid(id ?? '', 'Product'));
  return found === undefined ? null : productView(found, context);
}

const productQueries = {
  product,
  productByIdentifier: (
    { identifier }: { readonly identifier: { readonly id?: string | null; readonly handle?: string | null } },
    context: RequestContext,
  ) => {
    const { id, handle } = identifier;
    if (!handle) return product({ id: id ?? null }, context);
    const found = products(context).find((one) => sameHandle(one.handle, handle));
    return found === undefined ? null : productView(found, context);
  },
  products: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = searched(products(context), args.query, PRODUCT_FIELDS, context, info);
    const view = (one: Product): unknown => productView(one, context);
    return connection({ items, idOf: ({ id }) => id, ...sorting(PRODUCT_SORTINGS, args.sortKey), view }, args);
  },
  productsCount: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) =>
    countView(searched(products(context), args.query, PRODUCT_FIELDS, context, info).length, args.limit),
  productVariant: ({ id }: ById, context: RequestContext) => {
    const row = rowsOf(context).find(({ variant }) => variant.id === numberOfGid(id ?? '', 'ProductVariant'));
    return row === undefined ? null : variantView(row.variant, row.product, context);
  },
  productVariants: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = searched(rowsOf(context), args.query, VARIANT_FIELDS, context, info);
    const view = (row: Row): unknown => variantView(row.variant, row.product, context);
    return connection(
      { items, idOf: ({ variant }) => variant.id, ...sorting(VARIANT_SORTINGS, args.sortKey), view },
      args,
    );
  },
};

const stockQueries = {
  location: ({ id }: ById, context: RequestContext) => {
    const all = locationsOf(context.shop);
    // docs: without an id the shop's primary location
    const found = id ? all.find((one) => gid('Location', one.id) === id) : all[0];
    return found === undefined ? null : locationView(found, context);
  },
  locations: (
    args: ListArguments & { readonly includeInactive?: boolean | null },
    context: RequestContext,
    info: GraphQLResolveInfo,
  ) => {
    const open = locationsOf(context.shop).filter(({ isActive }) => isActive || args.includeInactive === true);
    const items = searched(open, args.query, LOCATION_FIELDS, context, info);
    const view = (one: Location): unknown => locationView(one, context);
    const sortings: Sortings<Location> = { NAME: ({ name }) => name.toLowerCase() };
    return connection({ items, idOf: ({ id }) => id, ...sorting(sortings, args.sortKey), view }, args);
  },
  inventoryItem: ({ id }: ById, context: RequestContext) => {
    const row = rowsOf(context).find(({ variant }) => variant.itemId === numberOfGid(id ?? '', 'InventoryItem'));
    return row === undefined ? null : itemView(row.variant, row.product, context);
  },
  inventoryItems: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = searched(rowsOf(context), args.query, ITEM_FIELDS, context, info);
    const view = (row: Row): unknown => itemView(row.variant, row.product, context);
    return connection({ items, idOf: ({ variant }) => variant.itemId, view }, args);
  },
  inventoryLevel: ({ id }: ById, context: RequestContext) => {
    for (const { variant, product: owner } of rowsOf(context)) {
      const level = variant.levels.find((one) => levelGid(one, variant) === id);
      if (level !== undefined) return levelView(level, variant, owner, context);
    }
    return null;
  },
};

const collectionQueries = {
  collection: ({ id }: ById, context: RequestContext) => {
    const found = collections(context).find((one) => one.id === numberOfGid(id ?? '', 'Collection'));
    return found === undefined ? null : collectionView(found, context);
  },
  collections: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = searched(collections(context), args.query, COLLECTION_FIELDS, context, info);
    const view = (one: Collection): unknown => collectionView(one, context);
    return connection({ items, idOf: ({ id }) => id, ...sorting(COLLECTION_SORTINGS, args.sortKey), view }, args);
  },
  collectionsCount: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) =>
    countView(searched(collections(context), args.query, COLLECTION_FIELDS, context, info).length, args.limit),
};

/** The number of the one publication a shop has, its online store. */
export const publicationIdOf = (context: Pick<RequestContext, 'shop'>): number => context.shop.id * 100 + 80;

const publicationQueries = {
  publications: (args: PageArguments, context: RequestContext) => {
    const id = publicationIdOf(context);
    const catalog = { __typename: 'AppCatalog', id: gid('AppCatalog', id + 1), title: 'Online Store' };
    const view = () => ({ id: gid('Publication', id), name: 'Online Store', catalog });
    return connection({ items: [id], idOf: (one) => one, view }, args);
  },
};

/** The fields of QueryRoot that read products, stock and collections. */
export const catalogueQueries = { ...productQueries, ...stockQueries, ...collectionQueries, ...publicationQueries };
