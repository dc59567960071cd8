import { ORDER_READS } from './orders/order-reads.js';
import type { Endpoint } from './rest/answer.js';
import { STORE_ENDPOINTS } from './store-endpoints.js';

/** Every resource below `/stores/{hash}`. */
export const ENDPOINTS: readonly Endpoint[] = [...STORE_ENDPOINTS, ...ORDER_READS];
