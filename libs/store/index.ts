export { requireStore } from './call-store.js';
export type { Reader, StoreContext } from './context.js';
export { disconnectStore } from './disconnect-store.js';
export { getOrder } from './get-order.js';
export { listOrders, type OrderList, type OrderListRequest } from './list-orders.js';
