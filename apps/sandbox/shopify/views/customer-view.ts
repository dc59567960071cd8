import { customerRecordView } from '../catalogue/customers.js';
import { customerOfBuyer, customersSlice } from '../catalogue/customers-slice.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { Buyer } from '../orders/order.js';

/** `Customer` of an order: the shop's customer as they are today. */
export function customerOfOrderView(buyer: Buyer, context: RequestContext) {
  const known = customersSlice.read(context.data).find(({ id }) => id === buyer.id);
  return customerRecordView(known ?? customerOfBuyer(buyer), context);
}
