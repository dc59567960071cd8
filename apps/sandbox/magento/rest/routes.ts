import { bulkRoutes } from './async-bulk.js';
import { orderRoutes } from '../orders/order-routes.js';
import { storeRoutes } from '../stores/store-routes.js';
import type { RestRoute } from './rest-call.js';

/** The whole REST API. */
export const ROUTES: readonly RestRoute[] = [...storeRoutes, ...orderRoutes, ...bulkRoutes];
