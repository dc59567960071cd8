import type { GraphQLResolveInfo } from 'graphql';
import { connection, type PageArguments, type SortValue } from '../graphql/connection.js';
import { printMoment, printMomentOrNull, sortableMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { Address } from '../orders/order.js';
import { orderTotals } from '../orders/order-totals.js';
import { decimalsOf } from '../orders/bag.js';
import { addressView, fullName } from '../views/address-view.js';
import { gid, numberOfGid } from '../views/gid.js';
import { moneyView } from '../views/money-view.js';
import { customersSlice, type Customer } from './customers-slice.js';
import {
  choiceField,
  countView,
  exactField,
  momentField,
  notSimulated,
  numberField,
  searched,
  wordsField,
  type SearchFields,
} from './search-records.js';

const DAY_MS = 86_400_000;

/** The orders of a customer. */
export function ordersOfCustomer(customer: Pick<Customer, 'id'>, { orders }: Pick<RequestContext, 'orders'>) {
  return orders.filter(({ buyer }) => buyer?.id === customer.id);
}

function spentBy(customer: Customer, context: Pick<RequestContext, 'orders'>): number {
  return ordersOfCustomer(customer, context).reduce((total, order) => {
    const { received, refunded } = orderTotals(order);
    return total + received.shop - refunded.shop;
  }, 0);
}

/** A customer's own change, or the last order placed: whichever came later. */
function updatedAt(customer: Customer, context: Pick<RequestContext, 'orders'>): number {
  return Math.max(customer.updatedAt, ...ordersOfCustomer(customer, context).map(({ createdAt }) => createdAt));
}

/** The address a customer has as default. */
export function defaultAddressOf({ addresses, defaultAddressId }: Customer): Address | undefined {
  return addresses.find(({ id }) => id === defaultAddressId);
}

function contactViews({ email, phone, consent }: Customer) {
  const marketing = {
    marketingState: consent.state,
    marketingOptInLevel: consent.level,
    marketingUpdatedAt: printMomentOrNull(consent.at),
  };
  return {
    ...{ email, phone, verifiedEmail: email !== null },
    defaultEmailAddress: email === null ? null : { emailAddress: email, validFormat: true, ...marketing },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone, marketingState: 'NOT_SUBSCRIBED' },
  };
}

/** `Customer`. */
export function customerRecordView(customer: Customer, context: RequestContext) {
  const { id, firstName, lastName, email, phone, locale, note, tags, taxExempt, taxExemptions, state } = customer;
  const { addresses } = customer;
  const main = defaultAddressOf(customer);
  return {
    ...contactViews(customer),
    id: gid('Customer', id),
    legacyResourceId: String(id),
    ...{ firstName, lastName, locale, note, tags, taxExempt, taxExemptions, state },
    displayName: fullName(firstName, lastName) ?? email ?? phone ?? '',
    numberOfOrders: () => String(ordersOfCustomer(customer, context).length),
    amountSpent: () => moneyView(spentBy(customer, context), context.shop.currency),
    createdAt: printMoment(customer.createdAt),
    updatedAt: () => printMoment(updatedAt(customer, context)),
    defaultAddress: main ? addressView(main) : null,
    addresses: ({ first }: { readonly first?: number | null }) =>
      addresses.slice(0, first ?? undefined).map(addressView),
    addressesV2: (page: PageArguments) =>
      connection({ items: addresses, idOf: (address) => address.id, view: addressView }, page),
  };
}

/** What is searched: a customer with what follows from their orders. */
interface Found {
  readonly customer: Customer;
  readonly updatedAt: number;
  readonly orderTimes: readonly number[];
  readonly spent: number;
}

const FIELDS: SearchFields<Found> = {
  // docs: compared by the day, so that a connector must look again itself
  updated_at: momentField((one) => Math.floor(one.updatedAt / DAY_MS) * DAY_MS, DAY_MS),
  customer_date: momentField(({ customer }) => customer.createdAt),
  order_date: (term, context) => {
    const test = momentField<number>((at) => at)(term, context);
    return ({ orderTimes }) => orderTimes.some(test);
  },
  id: numberField(({ customer }) => [customer.id]),
  orders_count: numberField(({ orderTimes }) => [orderTimes.length]),
  total_spent: numberField(({ spent }) => [spent]),
  email: exactField(({ customer }) => [customer.email]),
  phone: exactField(({ customer }) => [customer.phone]),
  first_name: wordsField(({ customer }) => [customer.firstName]),
  last_name: wordsField(({ customer }) => [customer.lastName]),
  state: choiceField(({ customer }) => [customer.state]),
  tag: exactField(({ customer }) => customer.tags),
  tag_not: (term) => {
    const { value } = term;
    return ({ customer }) => !customer.tags.some((tag) => tag.toLowerCase() === value.toLowerCase());
  },
  accepts_marketing: choiceField(({ customer }) => [String(customer.consent.state === 'SUBSCRIBED')]),
  country: exactField(({ customer }) => customer.addresses.map(({ country }) => country)),
  ...notSimulated('customers', 'last_abandoned_order_date'),
  default: wordsField(({ customer }) => [customer.firstName, customer.lastName, customer.email, customer.phone]),
};

const SORTINGS: Readonly<Record<string, (one: Found) => SortValue>> = {
  CREATED_AT: ({ customer }) => sortableMoment(customer.createdAt),
  UPDATED_AT: (one) => sortableMoment(one.updatedAt),
  NAME: ({ customer }) => `${customer.lastName ?? ''}, ${customer.firstName ?? ''}`.toLowerCase(),
  LOCATION: ({ customer }) => {
    const address = defaultAddressOf(customer);
    return `${address?.country ?? ''} ${address?.city ?? ''}`.toLowerCase();
  },
};

function foundOf(context: RequestContext): readonly Found[] {
  return customersSlice.read(context.data).map((customer) => ({
    customer,
    updatedAt: updatedAt(customer, context),
    orderTimes: ordersOfCustomer(customer, context).map(({ createdAt }) => createdAt),
    spent: spentBy(customer, context) / 10 ** decimalsOf(context.shop.currency),
  }));
}

interface ListArguments extends PageArguments {
  readonly query?: string | null;
  readonly sortKey?: string;
  readonly limit?: number | null;
}

interface Identifier {
  readonly id?: string | null;
  readonly emailAddress?: string | null;
  readonly phoneNumber?: string | null;
}

/** The customer of that global id. */
export function customerOf(globalId: string | null | undefined, { data }: Pick<RequestContext, 'data'>) {
  const id = numberOfGid(globalId ?? '', 'Customer');
  return customersSlice.read(data).find((one) => one.id === id);
}

/** The fields of QueryRoot that read customers. */
export const customerQueries = {
  customer: ({ id }: { readonly id: string }, context: RequestContext) => {
    const customer = customerOf(id, context);
    return customer === undefined ? null : customerRecordView(customer, context);
  },
  customerByIdentifier: ({ identifier }: { readonly identifier: Identifier }, context: RequestContext) => {
    const { id, emailAddress, phoneNumber } = identifier;
    const customer = customersSlice
      .read(context.data)
      .find(
        (one) =>
          (id && gid('Customer', one.id) === id) ||
          (emailAddress && one.email?.toLowerCase() === emailAddress.toLowerCase()) ||
          (phoneNumber && one.phone === phoneNumber),
      );
    return customer === undefined ? null : customerRecordView(customer, context);
  },
  customers: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = searched(foundOf(context), args.query, FIELDS, context, info);
    const sortBy = SORTINGS[args.sortKey ?? 'ID'];
    const view = ({ customer }: Found): unknown => customerRecordView(customer, context);
    return connection({ items, idOf: ({ customer }) => customer.id, ...(sortBy && { sortBy }), view }, args);
  },
  customersCount: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) =>
    countView(searched(foundOf(context), args.query, FIELDS, context, info).length, args.limit),
};
