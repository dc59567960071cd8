import type { GraphQLResolveInfo } from 'graphql';
import { connection, type PageArguments } from '../graphql/connection.js';
import type { RequestContext } from '../graphql/request-context.js';
import { gid, numberOfGid } from '../views/gid.js';
import { catalogueSlice, locationsOf, type Location } from './catalogue-slice.js';
import { sameHandle, type Collection, type Product } from './product.js';
import {
  COLLECTION_FIELDS,
  COLLECTION_SORTINGS,
  ITEM_FIELDS,
  LOCATION_FIELDS,
  PRODUCT_FIELDS,
  PRODUCT_SORTINGS,
  VARIANT_FIELDS,
  VARIANT_SORTINGS,
  type Row,
  type Sortings,
} from './catalogue-search.js';
import { countView, searched } from './search-records.js';
import { collectionView, itemView, levelGid, levelView, locationView, productView, variantView } from './views.js';

interface ListArguments extends PageArguments {
  readonly query?: string | null;
  readonly sortKey?: string;
  readonly limit?: number | null;
}

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

/** docs: https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps; which are in use is the sandbox's own choice. */
const ON_HAND = ['available', 'committed', 'damaged', 'quality_control', 'reserved', 'safety_stock'];
const IN_USE = ['available', 'committed', 'on_hand'];

const quantityName = (name: string) => ({
  name,
  displayName: `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`,
  isInUse: IN_USE.includes(name),
  belongsTo: ON_HAND.includes(name) ? ['on_hand'] : [],
  comprises: name === 'on_hand' ? ON_HAND : [],
});

const inventoryProperties = { quantityNames: [...ON_HAND, 'incoming', 'on_hand'].sort().map(quantityName) };

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
  inventoryProperties,
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
