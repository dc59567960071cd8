import type { RequestContext } from '../graphql/request-context.js';
import { customersOf } from '../orders/people.js';
import type { Buyer } from '../orders/order.js';
import { numberOfGid } from '../views/gid.js';
import { addressOfInput } from './address-input.js';
import { momentOf } from './commit-order.js';
import type { OrderCreateInput, UpsertInput } from './order-create-input.js';

function known({ data, orders, shop }: RequestContext): readonly Buyer[] {
  const ofOrders = orders.flatMap(({ buyer }) => (buyer === null ? [] : [buyer]));
  return [...customersOf(shop, data.seededAt), ...ofOrders.reverse()];
}

function find(
  id: string | null | undefined,
  email: string | null | undefined,
  context: RequestContext,
): Buyer | undefined {
  const number = numberOfGid(id ?? '', 'Customer');
  return known(context).find((one) =>
    number === undefined ? email && one.email?.toLowerCase() === email.toLowerCase() : one.id === number,
  );
}

/** A customer nobody knew yet. */
function newBuyer(context: RequestContext): Buyer {
  const nobody = { firstName: null, lastName: null, email: null, phone: null };
  const address = addressOfInput({}, context.data.nextId());
  return { ...nobody, id: context.data.nextId(), locale: 'en', createdAt: momentOf(context), address };
}

function upsert(input: UpsertInput, context: RequestContext): Buyer {
  const before = find(input.id, input.email, context) ?? newBuyer(context);
  const [address] = input.addresses ?? [];
  return {
    ...before,
    firstName: input.firstName ?? before.firstName,
    lastName: input.lastName ?? before.lastName,
    email: input.email ?? before.email,
    phone: input.phone ?? before.phone,
    address: address ? addressOfInput(address, context.data.nextId()) : before.address,
  };
}

/** Whom an order being created belongs to; undefined when the customer it names does not exist. */
export function buyerOf(input: OrderCreateInput, context: RequestContext): Buyer | null | undefined {
  const { customer, customerId, email } = input;
  if (customerId) return find(customerId, null, context);
  if (customer?.toAssociate) return find(customer.toAssociate.id, customer.toAssociate.email, context);
  if (customer?.toUpsert) return upsert(customer.toUpsert, context);
  // docs: an order with an e-mail address belongs to the customer of that address, who is made if need be.
  return email ? upsert({ email }, context) : null;
}
