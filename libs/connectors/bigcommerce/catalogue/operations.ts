import type { OperationTable } from '#contract';
import { createAddresses, deleteAddresses, listAddresses, updateAddresses } from './addresses.js';
import { createCategories, deleteCategories, getCategory, listCategories, updateCategories } from './categories.js';
import { createCoupons, deleteCoupons, updateCoupons } from './coupon-writes.js';
import { getCoupon, listCoupons } from './coupons.js';
import { createCustomers, deleteCustomers, updateCustomers } from './customer-writes.js';
import { getCustomer, listCustomers } from './customers.js';
import { adjustInventory, setInventory } from './inventory-writes.js';
import { listInventory } from './inventory.js';
import { listLocations } from './locations.js';
import { createProducts, deleteProducts, updateProducts, upsertProducts } from './product-writes.js';
import { getProduct, listProducts, listVariants } from './products.js';
import { createVariants, deleteVariants, updateVariants } from './variant-writes.js';

/** What a shop sells, where it lies, to whom, and at which discounts. */
export const catalogue = {
  products: {
    list: listProducts,
    get: getProduct,
    create: createProducts,
    update: updateProducts,
    delete: deleteProducts,
    upsertBySku: upsertProducts,
  },
  variants: { list: listVariants, create: createVariants, update: updateVariants, delete: deleteVariants },
  inventory: { list: listInventory, set: setInventory, adjust: adjustInventory },
  locations: { list: listLocations },
  customers: {
    list: listCustomers,
    get: getCustomer,
    create: createCustomers,
    update: updateCustomers,
    delete: deleteCustomers,
  },
  addresses: { list: listAddresses, create: createAddresses, update: updateAddresses, delete: deleteAddresses },
  categories: {
    list: listCategories,
    get: getCategory,
    create: createCategories,
    update: updateCategories,
    delete: deleteCategories,
  },
  coupons: { list: listCoupons, get: getCoupon, create: createCoupons, update: updateCoupons, delete: deleteCoupons },
} as const satisfies Partial<OperationTable>;
