import { actionRoutes } from '../orders/action-routes.js';
import { documentRoutes } from '../orders/document-routes.js';
import { orderRoutes } from '../orders/order-routes.js';
import { saveRoutes } from '../orders/save-routes.js';
import { attributeRoutes } from '../catalogue/attribute-routes.js';
import { categoryRoutes } from '../catalogue/category-routes.js';
import { inventoryRoutes } from '../catalogue/inventory-routes.js';
import { productRoutes } from '../catalogue/product-routes.js';
import { cartRoutes } from '../customers/cart-routes.js';
import { customerRoutes } from '../customers/customer-routes.js';
import { promotionRoutes } from '../customers/promotion-routes.js';
import { adminTokenRoutes } from '../stores/admin-token-route.js';
import { countryRoutes } from '../stores/country-routes.js';
import { storeRoutes } from '../stores/store-routes.js';
import { bulkRoutes } from './async-bulk.js';
import type { RestRoute } from './rest-call.js';

/** The whole REST API. */
export const ROUTES: readonly RestRoute[] = [
  ...storeRoutes,
  ...orderRoutes,
  ...actionRoutes,
  ...documentRoutes,
  ...saveRoutes,
  ...productRoutes,
  ...attributeRoutes,
  ...categoryRoutes,
  ...inventoryRoutes,
  ...customerRoutes,
  ...promotionRoutes,
  ...cartRoutes,
  ...countryRoutes,
  ...adminTokenRoutes,
  ...bulkRoutes,
];
