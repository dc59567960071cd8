import { type ListQuery, pageOf, readListQuery } from '../list-query.js';
import type { ParameterReader } from '../parameter-reader.js';
import { CANNOT_LIST, type RestEndpoint } from '../rest-endpoint.js';
import { restError } from '../rest-error.js';
import { refused, type RestOutcome } from '../rest-outcome.js';
import { CANNOT_DELETE } from '../write-endpoint.js';
import { type CatalogueCall, catalogueCall } from './catalogue-call.js';
import { customerBody, customerLinks } from './customer-body.js';
import { createCustomer, updateCustomer, type WrittenCustomer } from './customer-changes.js';
import { itemRoutes, LIST_ALLOWS, withLocation } from './item-routes.js';
import { CUSTOMER_RULES, requiring } from './product-rules.js';
import type { Customer } from './records.js';

/** Also for who changes or deletes one: the permission check meets it first (recorded: customer-get-deleted.json). */
const INVALID: RestOutcome = {
  ...refused(restError(404, 'wc_user_invalid_id', 'Invalid user ID.')),
  isGone: true,
};
const NO_TRASH = restError(501, 'woocommerce_rest_trash_not_supported', 'Customers do not support trashing.');

const ROLES = ['administrator', 'editor', 'author', 'contributor', 'subscriber', 'customer', 'shop_manager'] as const;

const ORDER_BY = ['id', 'include', 'name', 'registered_date'] as const;

interface CustomerQuery extends ListQuery<(typeof ORDER_BY)[number]> {
  readonly email: string | undefined;
  readonly role: string;
}

function readCustomerQuery(reader: ParameterReader): CustomerQuery {
  return {
    ...readListQuery(reader, ORDER_BY, 'name'),
    email: reader.email('email'),
    role: reader.oneOf('role', ['all', ...ROLES], 'customer'),
  };
}

/** `GET /customers`: no filter by date of change (fact sheet, section 5.11). */
export const listCustomers: RestEndpoint<CustomerQuery> = {
  allow: LIST_ALLOWS,
  denied: CANNOT_LIST,
  read: readCustomerQuery,
  answer: ({ site, state, parameters, sanitized }): RestOutcome => {
    const call = catalogueCall(site, state);
    const found = selectCustomers(parameters, call);
    const items = pageOf(found, parameters).map((one) => ({
      ...customerBody(one, call),
      _links: customerLinks(one, call),
    }));
    const { page, perPage } = parameters;
    return { kind: 'page', items, total: found.length, page, perPage, path: '/wc/v3/customers', query: sanitized };
  },
};

function selectCustomers(query: CustomerQuery, { catalogue }: CatalogueCall): readonly Customer[] {
  const { search, include, exclude, email, role, orderBy, order } = query;
  const found = catalogue.customers
    .all()
    .filter(
      (one) =>
        (role === 'all' || one.role === role) &&
        (email === undefined || one.email.toLowerCase() === email.toLowerCase()) &&
        (search === '' || `${one.username}\n${one.email}`.toLowerCase().includes(search.toLowerCase())) &&
        (include.length === 0 || include.includes(one.id)) &&
        !exclude.includes(one.id),
    );
  if (orderBy === 'include') return found.sort((a, b) => include.indexOf(a.id) - include.indexOf(b.id));
  const direction = order === 'asc' ? 1 : -1;
  return found.sort((a, b) => direction * (compare(a, b, orderBy) || a.id - b.id));
}

/** A customer's display name is the user name unless it was changed (recorded: customers-list-page1.json). */
function compare(a: Customer, b: Customer, orderBy: string): number {
  if (orderBy === 'name') return a.username.localeCompare(b.username);
  return orderBy === 'registered_date' ? a.createdAt - b.createdAt : 0;
}

export const customerRoutes = itemRoutes({
  createRules: requiring(CUSTOMER_RULES, 'email'),
  editRules: CUSTOMER_RULES,
  find: (call, id) => {
    const customer = call.catalogue.customers.find(id);
    return customer ? answerOf({ value: customer }, call) : INVALID;
  },
  create: (call, values) => {
    const made = createCustomer(values, call);
    return withLocation(answerOf(made, call), call, 'customers', made);
  },
  update: (call, id, values) => {
    const before = call.catalogue.customers.find(id);
    return before ? answerOf(updateCustomer(before, values, call), call) : INVALID;
  },
  remove,
});

/** Recorded: customer-delete-without-force.json, customer-delete-force.json */
function remove(call: CatalogueCall, id: number, force: boolean): RestOutcome {
  const customer = call.catalogue.customers.find(id);
  if (!customer) return INVALID;
  if (!force) return refused(NO_TRASH);
  if (customer.role === 'administrator') return refused({ ...CANNOT_DELETE, status: 403, data: { status: 403 } });
  const body = customerBody(customer, call);
  call.catalogue.customers.remove(id);
  call.report('customer.deleted', id);
  return { kind: 'item', body, links: customerLinks(customer, call, true), wholeMembers: true, isGone: true };
}

function answerOf(written: WrittenCustomer, call: CatalogueCall): RestOutcome {
  if ('error' in written) return refused(written.error);
  const { value } = written;
  return { kind: 'item', body: customerBody(value, call), links: customerLinks(value, call), wholeMembers: true };
}
