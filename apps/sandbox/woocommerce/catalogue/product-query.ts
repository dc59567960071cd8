import { Big } from '#contract';
import type { ParameterReader } from '../parameter-reader.js';
import type { CatalogueCall } from './catalogue-call.js';
import { matchesPostQuery, matchesSearch, type PostQuery, readPostQuery, sortPosts } from '../post-query.js';
import { isAmount, isOnSale, priceOf } from './product-price.js';
import { type CatalogueProduct, PRODUCT_TYPES } from './records.js';
import { stockStatusOf } from './stock.js';

const STATUSES = ['any', 'future', 'trash', 'draft', 'pending', 'private', 'publish'] as const;
const NAMED_STATUSES = STATUSES.filter((status) => status !== 'any');
const STOCK_STATUSES = ['instock', 'outofstock', 'onbackorder'] as const;
const TAX_CLASSES = ['standard', 'reduced-rate', 'zero-rate'] as const;
const COMMON_ORDER = ['date', 'id', 'include', 'title', 'slug', 'modified'] as const;
const PRODUCT_ORDER = [
  ...COMMON_ORDER,
  ...(['popularity', 'rating', 'post__in', 'price', 'sales', 'menu_order', 'random'] as const),
] as const;
const VARIATION_ORDER = [...COMMON_ORDER, 'menu_order'] as const;

/** What `GET /products` and the lists of variations are asked. */
export interface ProductQuery extends PostQuery<string> {
  readonly kind: 'product' | 'variation';
  readonly tests: readonly ProductTest[];
  readonly skus: readonly string[];
  readonly searchSku: string;
}

type ProductTest = (product: CatalogueProduct, call: CatalogueCall) => boolean;

export function readProductQuery(reader: ParameterReader): ProductQuery {
  const common = readPostQuery<string>(reader, PRODUCT_ORDER, 'date');
  const parents = parentTests(reader);
  const tests = [...parents, slugTest(reader), statusTest(reader), ...typeTests(reader)];
  const skus = skuList(reader);
  const terms = [termTest(reader, 'category'), termTest(reader, 'tag')];
  const rest = [...terms, ...sharedTests(reader), flagTest(reader, 'featured', (product) => product.featured)];
  const searchSku = reader.text('search_sku') ?? '';
  const nameOrSku = reader.text('search_name_or_sku');
  if (nameOrSku !== undefined) rest.push((product) => matchesSearch(nameOrSku, product.name, product.sku));
  const lists = listTests(reader);
  return { ...common, kind: 'product', tests: [...tests, ...rest, ...lists], skus, searchSku };
}

export function readVariationQuery(reader: ParameterReader): ProductQuery {
  const common = readPostQuery<string>(reader, VARIATION_ORDER, 'date');
  const tests = [...parentTests(reader), slugTest(reader), statusTest(reader)];
  const skus = skuList(reader);
  const rest = [...sharedTests(reader), flagTest(reader, 'has_price', (product) => product.regularPrice !== '')];
  return { ...common, kind: 'variation', tests: [...tests, ...rest], skus, searchSku: '' };
}

/** In the order asked for, the whole list. */
export function selectProducts(query: ProductQuery, call: CatalogueCall): readonly CatalogueProduct[] {
  const found = call.catalogue.products
    .all()
    .filter((product) => isOfKind(product, query))
    .filter((product) => query.tests.every((test) => test(product, call)))
    .filter((product) => matchesPostQuery(product, query, call.shop.timeZone))
    .filter((product) => matchesText(product, query));
  return sortPosts(found, query, (product) => sortKey(product, query.orderBy, call));
}

/** Asked by SKU, a product list holds variations as well (recorded: products-list-by-sku-of-variation.json). */
function isOfKind({ type }: CatalogueProduct, { kind, skus, searchSku }: ProductQuery): boolean {
  if (kind === 'variation') return type === 'variation';
  return type !== 'variation' || skus.length > 0 || searchSku !== '';
}

function matchesText(product: CatalogueProduct, { search, skus, searchSku }: ProductQuery): boolean {
  const { name, description, shortDescription, sku } = product;
  return (
    (search === '' || matchesSearch(search, name, shortDescription, description)) &&
    (skus.length === 0 || skus.includes(sku)) &&
    (searchSku === '' || sku.toLowerCase().includes(searchSku.toLowerCase()))
  );
}

function sortKey(product: CatalogueProduct, orderBy: string, call: CatalogueCall): number | string {
  switch (orderBy) {
    case 'title':
      return product.name;
    case 'slug':
      return product.slug;
    case 'price':
      return Number(priceOf(product, call));
    case 'popularity':
    case 'sales':
      return product.totalSales;
    case 'menu_order':
      return product.menuOrder;
    default:
      return 0;
  }
}

function parentTests(reader: ParameterReader): ProductTest[] {
  const parents = reader.integers('parent');
  const others = reader.integers('parent_exclude');
  return [
    ({ parentId }) => parents.length === 0 || parents.includes(parentId),
    ({ parentId }) => !others.includes(parentId),
  ];
}

function slugTest(reader: ParameterReader): ProductTest {
  const slug = reader.text('slug');
  return (product) => slug === undefined || product.slug === slug;
}

/** `any` is all but the trash. */
function statusTest(reader: ParameterReader): ProductTest {
  const asked = reader.oneOf('status', STATUSES, 'any');
  const list = reader.words('include_status', STATUSES);
  const others = reader.words('exclude_status', NAMED_STATUSES);
  const wanted = list.length > 0 ? list : [asked];
  return ({ status }) => {
    if (others.includes(status)) return false;
    return wanted.includes(status) || (wanted.includes('any') && status !== 'trash' && status !== 'auto-draft');
  };
}

function typeTests(reader: ParameterReader): ProductTest[] {
  const type = reader.has('type') ? reader.oneOf('type', PRODUCT_TYPES, 'simple') : undefined;
  return type === undefined ? [] : [(product) => product.type === type];
}

function listTests(reader: ParameterReader): ProductTest[] {
  const types = reader.words('include_types', PRODUCT_TYPES);
  const others = reader.words('exclude_types', PRODUCT_TYPES);
  return [({ type }) => types.length === 0 || types.includes(type), ({ type }) => !others.includes(type)];
}

function skuList(reader: ParameterReader): readonly string[] {
  return (reader.text('sku') ?? '')
    .split(',')
    .map((sku) => sku.trim())
    .filter((sku) => sku !== '');
}

/** A category counts with all below it. */
function termTest(reader: ParameterReader, name: 'category' | 'tag'): ProductTest {
  const ids = reader.integers(name);
  return (product, { catalogue }) => {
    if (ids.length === 0) return true;
    const isWanted = (id: number): boolean => {
      const term = catalogue.terms.find(id);
      return ids.includes(id) || (term !== undefined && term.parent !== 0 && isWanted(term.parent));
    };
    return (name === 'category' ? product.categories : product.tags).some(isWanted);
  };
}

function sharedTests(reader: ParameterReader): ProductTest[] {
  const taxClass = reader.has('tax_class') ? reader.oneOf('tax_class', TAX_CLASSES, 'standard') : undefined;
  const onSale = flagTest(reader, 'on_sale', isOnSale);
  const least = reader.text('min_price');
  const most = reader.text('max_price');
  const stock = reader.has('stock_status') ? reader.oneOf('stock_status', STOCK_STATUSES, 'instock') : undefined;
  return [
    (product) => taxClass === undefined || (product.taxClass === '' ? 'standard' : product.taxClass) === taxClass,
    onSale,
    (product, call) => least === undefined || !isAmount(least) || isPriced(product, call, (price) => price.gte(least)),
    (product, call) => most === undefined || !isAmount(most) || isPriced(product, call, (price) => price.lte(most)),
    (product, call) => stock === undefined || stockStatusOf(product, call) === stock,
    flagTest(reader, 'downloadable', (product) => product.downloadable),
    flagTest(reader, 'virtual', (product) => product.virtual),
  ];
}

function isPriced(product: CatalogueProduct, call: CatalogueCall, test: (price: Big) => boolean): boolean {
  const price = priceOf(product, call);
  return isAmount(price) && test(new Big(price));
}

function flagTest(reader: ParameterReader, name: string, flag: ProductTest): ProductTest {
  if (!reader.has(name)) return () => true;
  const wanted = reader.boolean(name);
  return (product, call) => flag(product, call) === wanted;
}
