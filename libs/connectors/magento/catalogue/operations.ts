import * as addressWrites from './address-writes.js';
import * as categoryReads from './categories.js';
import * as categoryWrites from './category-writes.js';
import * as couponWrites from './coupon-writes.js';
import * as couponReads from './coupons.js';
import * as customerWrites from './customer-writes.js';
import * as customerReads from './customers.js';
import * as stockWrites from './inventory-writes.js';
import { listInventory } from './inventory.js';
import { listLocations } from './locations.js';
import * as productWrites from './product-writes.js';
import * as productReads from './products.js';
import * as variantWrites from './variant-writes.js';
import { listVariants } from './variants.js';

/** What a shop sells, to whom, and at which discounts. */
export const catalogue = {
  products: {
    list: productReads.listProducts,
    get: productReads.getProduct,
    create: productWrites.createProducts,
    update: productWrites.updateProducts,
    delete: productWrites.deleteProducts,
    upsertBySku: productWrites.upsertProducts,
  },
  variants: {
    list: listVariants,
    create: variantWrites.createVariants,
    update: variantWrites.updateVariants,
    delete: variantWrites.deleteVariants,
  },
  inventory: { list: listInventory, set: stockWrites.setInventory, adjust: stockWrites.adjustInventory },
  locations: { list: listLocations },
  customers: {
    list: customerReads.listCustomers,
    get: customerReads.getCustomer,
    create: customerWrites.createCustomers,
    update: customerWrites.updateCustomers,
    delete: customerWrites.deleteCustomers,
  },
  addresses: {
    list: customerReads.listAddresses,
    create: addressWrites.createAddresses,
    update: addressWrites.updateAddresses,
    delete: addressWrites.deleteAddresses,
  },
  categories: {
    list: categoryReads.listCategories,
    get: categoryReads.getCategory,
    create: categoryWrites.createCategories,
    update: categoryWrites.updateCategories,
    delete: categoryWrites.deleteCategories,
  },
  coupons: {
    list: couponReads.listCoupons,
    get: couponReads.getCoupon,
    create: couponWrites.createCoupons,
    update: couponWrites.updateCoupons,
    delete: couponWrites.deleteCoupons,
  },
};
