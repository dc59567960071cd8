import { notBuilt } from '#contract';
import { getCategory, listCategories } from './categories.js';
import { getCoupon, listCoupons } from './coupons.js';
import { getCustomer, listAddresses, listCustomers } from './customers.js';
import { listInventory } from './inventory.js';
import { getProduct, listProducts } from './products.js';
import { listVariants } from './variants.js';

const writes = { create: notBuilt, update: notBuilt, delete: notBuilt };

/** What a shop sells, to whom, and at which discounts. */
export const catalogue = {
  products: { list: listProducts, get: getProduct, ...writes, upsertBySku: notBuilt },
  variants: { list: listVariants, ...writes },
  inventory: { list: listInventory, set: notBuilt, adjust: notBuilt },
  customers: { list: listCustomers, get: getCustomer, ...writes },
  addresses: { list: listAddresses, ...writes },
  categories: { list: listCategories, get: getCategory, ...writes },
  coupons: { list: listCoupons, get: getCoupon, ...writes },
};
