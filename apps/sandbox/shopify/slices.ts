import { catalogueSlice } from './catalogue/catalogue-slice.js';
import { customersSlice } from './catalogue/customers-slice.js';
import { discountsSlice } from './catalogue/discounts-slice.js';
import { idempotencySlice } from './graphql/idempotency.js';
import { jobsSlice } from './order-writes/jobs.js';
import { ordersSlice } from './orders/orders-slice.js';
import { webhooksSlice } from './webhooks/webhooks-slice.js';

/** Every area's slice, so that a saved state can be checked before it is taken over. */
export const SLICES = [
  ordersSlice,
  idempotencySlice,
  jobsSlice,
  webhooksSlice,
  catalogueSlice,
  customersSlice,
  discountsSlice,
];
