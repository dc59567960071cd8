import { CART_ENDPOINTS } from './carts.js';
import { CATEGORY_ENDPOINTS } from './catalog/categories.js';
import { INVENTORY_ENDPOINTS } from './catalog/inventory.js';
import { LOCATION_ENDPOINTS } from './catalog/locations.js';
import { PRODUCT_READS } from './catalog/product-reads.js';
import { PRODUCT_WRITES } from './catalog/product-writes.js';
import { VARIANT_WRITES } from './catalog/variant-writes.js';
import { COUPON_ENDPOINTS } from './coupons.js';
import { ADDRESS_ENDPOINTS } from './customers/addresses.js';
import { CUSTOMER_ENDPOINTS } from './customers/customers.js';
import { hookEndpoints } from './hooks/hook-endpoints.js';
import { ORDER_READS } from './orders/order-reads.js';
import { ORDER_WRITES } from './orders/order-writes.js';
import { PAYMENT_READS } from './orders/payment-reads.js';
import { REFUND_ENDPOINTS } from './orders/refunds.js';
import { SHIPMENT_ENDPOINTS } from './orders/shipments.js';
import type { Endpoint } from './rest/answer.js';
import { STORE_ENDPOINTS } from './store-endpoints.js';

/** Every resource below `/stores/{hash}`. @param allowLoopback whether a hook may be plain http on this machine */
export const endpoints = (allowLoopback: () => boolean): readonly Endpoint[] => [
  ...STORE_ENDPOINTS,
  ...ORDER_READS,
  ...ORDER_WRITES,
  ...SHIPMENT_ENDPOINTS,
  ...PAYMENT_READS,
  ...REFUND_ENDPOINTS,
  ...PRODUCT_READS,
  ...PRODUCT_WRITES,
  ...VARIANT_WRITES,
  ...CATEGORY_ENDPOINTS,
  ...INVENTORY_ENDPOINTS,
  ...LOCATION_ENDPOINTS,
  ...CUSTOMER_ENDPOINTS,
  ...ADDRESS_ENDPOINTS,
  ...COUPON_ENDPOINTS,
  ...CART_ENDPOINTS,
  ...hookEndpoints(allowLoopback),
];
