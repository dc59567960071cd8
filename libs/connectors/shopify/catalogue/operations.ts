import type { OperationTable } from '#contract';
import { createAddress, deleteAddress, listAddresses, updateAddress } from './addresses.js';
import { getCategory, listCategories } from './categories.js';
import { createCategory, deleteCategory, updateCategory } from './category-writes.js';
import { createCoupon, deleteCoupon, updateCoupon } from './coupon-writes.js';
import { getCoupon, listCoupons } from './coupons.js';
import { createCustomer, deleteCustomer, updateCustomer } from './customer-writes.js';
import { getCustomer, listCustomers } from './customers.js';
import { listInventory } from './inventory.js';
import { listLocations } from './locations.js';
import { createProduct, deleteProduct, updateProduct, upsertProduct } from './product-writes.js';
import { getProduct, listProducts, listVariants } from './products.js';
import { adjustInventory, setInventory } from './stock-writes.js';
import { createVariant, deleteVariant, updateVariant } from './variant-writes.js';

/** What a shop sells, where it lies, to whom, and for less. */
export const catalogue = {
  products: {
    list: listProducts,
    get: getProduct,
    create: createProduct,
    update: updateProduct,
    delete: deleteProduct,
    upsertBySku: upsertProduct,
  },
  variants: { list: listVariants, create: createVariant, update: updateVariant, delete: deleteVariant },
  inventory: { list: listInventory, set: setInventory, adjust: adjustInventory },
  locations: { list: listLocations },
  customers: {
    list: listCustomers,
    get: getCustomer,
    create: createCustomer,
    update: updateCustomer,
    delete: deleteCustomer,
  },
  addresses: { list: listAddresses, create: createAddress, update: updateAddress, delete: deleteAddress },
  categories: {
    list: listCategories,
    get: getCategory,
    create: createCategory,
    update: updateCategory,
    delete: deleteCategory,
  },
  coupons: {
    list: listCoupons,
    get: getCoupon,
    create: createCoupon,
    update: updateCoupon,
    delete: deleteCoupon,
  },
} as const satisfies Partial<OperationTable>;
