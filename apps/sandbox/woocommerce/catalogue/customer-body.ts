import { createHash } from 'node:crypto';
import type { JsonObject } from '../response-fields.js';
import { type CatalogueCall, datePair, itemLinks } from './catalogue-call.js';
import type { Customer } from './records.js';

export const ADDRESS_FIELDS = [
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'postcode',
  'country',
  'state',
] as const;
export const BILLING_FIELDS = [...ADDRESS_FIELDS, 'email', 'phone'] as const;
export const SHIPPING_FIELDS = [...ADDRESS_FIELDS, 'phone'] as const;

/** A user of the shop as `GET /customers/{id}` prints it (recorded: customer-get.json), without `_links`. */
export function customerBody(customer: Customer, call: CatalogueCall): JsonObject {
  const { id, email } = customer;
  const hash = createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
  return {
    id,
    ...datePair('date_created', customer.createdAt, call),
    ...datePair('date_modified', customer.modifiedAt, call),
    email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    role: customer.role,
    username: customer.username,
    billing: addressOf(customer.billing, BILLING_FIELDS),
    shipping: addressOf(customer.shipping, SHIPPING_FIELDS),
    is_paying_customer: call.orders().some((order) => order.buyer.customerId === id && order.paidAt !== null),
    avatar_url: `https://secure.gravatar.com/avatar/${hash}?s=96&d=mm&r=g`,
    meta_data: customer.meta.map((one) => ({ ...one })),
  };
}

/** @param isGone after a deletion the links no longer say what may be done (recorded: customer-delete-force.json) */
export function customerLinks({ id, role }: Customer, { siteUrl }: CatalogueCall, isGone = false): JsonObject {
  // Nobody deletes an administrator through the API (recorded: customers-list-role-all.json).
  const methods = role === 'administrator' ? ['GET', 'POST', 'PUT', 'PATCH'] : undefined;
  return itemLinks(siteUrl, 'customers', id, isGone ? [] : methods);
}

function addressOf(address: Readonly<Record<string, string>>, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, address[field] ?? '']));
}
