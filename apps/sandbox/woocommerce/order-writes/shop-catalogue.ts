import { type CatalogueCall, catalogueCall } from '../catalogue/catalogue-call.js';
import { nameOf } from '../catalogue/product-body.js';
import { saveProduct } from '../catalogue/product-changes.js';
import { priceOf } from '../catalogue/product-price.js';
import type { CatalogueProduct, ProductChoice } from '../catalogue/records.js';
import { alignStock, stockKeeper } from '../catalogue/stock.js';
import type { SandboxState } from '../sandbox-state.js';
import type { VariationChoice } from '../shop.js';
import type { SiteRequest } from '../site-request.js';
import type { OrderCatalogue, SoldProduct, StockChange } from './order-catalogue.js';

/** The user every key belongs to; he may buy, too. */
const ADMIN_ID = 1;

/** The catalogue of a shop as orders see it. */
export function shopCatalogue(site: Pick<SiteRequest, 'shop' | 'siteUrl'>, state: SandboxState): OrderCatalogue {
  const call = catalogueCall(site, state);
  const { products, customers, coupons } = call.catalogue;
  return {
    product: (id) => {
      const product = products.find(id);
      return product && soldProduct(product, call);
    },
    idOfSku: (sku) => products.all().find((product) => product.sku === sku)?.id,
    changeStock: (id, difference) => changeStock(products.find(id), difference, call),
    hasCustomer: (id) => id === ADMIN_ID || customers.find(id) !== undefined,
    coupon: (code) => coupons.all().find((coupon) => coupon.status === 'publish' && coupon.code === code),
  };
}

/** Selling something bumps its date and is reported (fact sheet, section 5.6). */
function changeStock(
  product: CatalogueProduct | undefined,
  difference: number,
  call: CatalogueCall,
): StockChange | undefined {
  const keeper = product && stockKeeper(product, call);
  if (!keeper) return undefined;
  const from = keeper.stockQuantity ?? 0;
  const to = from + difference;
  saveProduct(alignStock({ ...keeper, stockQuantity: to }), call);
  return { from, to };
}

function soldProduct(product: CatalogueProduct, call: CatalogueCall): SoldProduct {
  const parent = product.type === 'variation' ? call.catalogue.products.find(product.parentId) : undefined;
  const common = {
    name: nameOf(product, call),
    globalUniqueId: product.globalUniqueId,
    price: priceOf(product, call),
    choices: product.choices.map((choice) => choiceOf(choice, call)),
    isFile: product.virtual && product.downloadable,
  };
  return { ...common, ...(parent ? ofVariation(product, parent) : ofProduct(product)) };
}

type OwnFields = Omit<SoldProduct, 'name' | 'globalUniqueId' | 'price' | 'choices' | 'isFile'>;

/** The picture's id is recorded as `''` where there is none (order-get-*.json). */
function ofProduct({ id, sku, taxClass, taxStatus }: CatalogueProduct): OwnFields {
  const taxable = taxStatus === 'taxable';
  return { productId: id, variationId: 0, parentName: null, sku, taxClass, taxable, imageId: '' };
}

/** What a variation does not say itself its product says. */
function ofVariation({ id, sku, taxClass }: CatalogueProduct, parent: CatalogueProduct): OwnFields {
  return {
    productId: parent.id,
    variationId: id,
    parentName: parent.name,
    sku: sku === '' ? parent.sku : sku,
    taxClass: taxClass === 'parent' ? parent.taxClass : taxClass,
    taxable: parent.taxStatus === 'taxable',
    imageId: 0,
  };
}

function choiceOf({ id, name, option }: ProductChoice, { catalogue }: CatalogueCall): VariationChoice {
  const attribute = catalogue.attributes.find(id);
  if (!attribute) return { key: name.toLowerCase().replace(/\s+/g, '-'), label: name, slug: option, name: option };
  const term = catalogue.terms.all().find((one) => one.taxonomy === attribute.slug && one.slug === option);
  return { key: attribute.slug, label: attribute.name, slug: option, name: term?.name ?? option };
}
