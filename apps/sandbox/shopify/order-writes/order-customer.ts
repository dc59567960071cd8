import { customerOfBuyer, customersSlice, saveCustomer, type Customer } from '../catalogue/customers-slice.js';
import { customerPayload } from '../catalogue/payloads.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { Buyer } from '../orders/order.js';
import { numberOfGid } from '../views/gid.js';
import { addressOfInput } from './address-input.js';
import { momentOf } from './commit-order.js';
import type { OrderCreateInput, UpsertInput } from './order-create-input.js';

function buyerOfCustomer({ addresses, defaultAddressId, ...customer }: Customer, context: RequestContext): Buyer {
  const { id, firstName, lastName, email, phone, locale, createdAt } = customer;
  const address = addresses.find((one) => one.id === defaultAddressId) ?? addresses[0];
  return {
    ...{ id, firstName, lastName, email, phone, locale, createdAt },
    address: address ?? addressOfInput({ firstName, lastName }, context.data.nextId()),
  };
}

/** The customer with what an order says of them. @param known false = they have nothing but what the order says */
function upserted(
  before: Customer,
  buyer: Buyer,
  input: UpsertInput,
  known: boolean,
  context: RequestContext,
): Customer {
  const { firstName, lastName, email, phone, address } = buyer;
  const [, ...others] = input.addresses ?? [];
  const given = input.addresses?.length
    ? [address, ...others.map((one) => addressOfInput(one, context.data.nextId()))]
    : [];
  return {
    ...before,
    ...{ firstName, lastName, email, phone, updatedAt: momentOf(context) },
    note: input.note ?? before.note,
    tags: input.tags ? [...new Set(input.tags)].sort() : before.tags,
    taxExempt: input.taxExempt ?? before.taxExempt,
    addresses: [...(known ? before.addresses : []), ...given],
    defaultAddressId: given[0]?.id ?? (known ? before.defaultAddressId : null),
  };
}

/** Makes sure that the shop's list of customers has this one, as the order describes them. */
export function rememberBuyer(buyer: Buyer | null, { customer }: OrderCreateInput, context: RequestContext): void {
  if (buyer === null) return;
  const known = customersSlice.read(context.data).find(({ id }) => id === buyer.id);
  if (known !== undefined && !customer?.toUpsert) return;
  const input = customer?.toUpsert ?? {};
  const saved = upserted(known ?? customerOfBuyer(buyer), buyer, input, known !== undefined, context);
  saveCustomer(context.data, saved);
  context.notify(known === undefined ? 'CUSTOMERS_CREATE' : 'CUSTOMERS_UPDATE', customerPayload(saved, context));
}

function find(
  id: string | null | undefined,
  email: string | null | undefined,
  context: RequestContext,
): Buyer | undefined {
  const number = numberOfGid(id ?? '', 'Customer');
  const isMeant = (one: Customer): boolean =>
    number === undefined ? Boolean(email) && one.email?.toLowerCase() === email?.toLowerCase() : one.id === number;
  const found = customersSlice.read(context.data).find(isMeant);
  return found === undefined ? undefined : buyerOfCustomer(found, context);
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
    email: input.email?.toLowerCase() ?? before.email,
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
