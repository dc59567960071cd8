import { type CustomerFilter, type CustomerRecord, moneyOf } from '#contract';
import type { RecordReading } from '#kit';
import { z } from 'zod';
import { listOf } from '../list.js';
import { addressOf, platformAddress, text } from '../address.js';
import { allOf, quoted, time } from '../search.js';
import { ADDRESS } from './address-record.js';
import { instantOf } from './product-record.js';
import { getOf, identify, nonEmpty, sortKeys } from './read-one.js';
import { CONSENT } from './statuses.js';

/** A customer 1 + e-mail 1 + telephone 1 + address 1 (cost: `documents.ts`). */
export const CUSTOMER_COST = 4;

const CUSTOMER = `${ADDRESS}
fragment CustomerFields on Customer {
  id firstName lastName note tags state numberOfOrders createdAt updatedAt
  amountSpent { amount currencyCode }
  defaultEmailAddress { emailAddress marketingState }
  defaultPhoneNumber { phoneNumber }
  defaultAddress { ...AddressFields }
}`;

export const CUSTOMERS_PAGE = `query CustomersPage(
  $first: Int!, $after: String, $query: String, $sortKey: CustomerSortKeys!, $reverse: Boolean!
) {
  customers(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { ...CustomerFields }
    pageInfo { hasNextPage endCursor }
  }
}${CUSTOMER}
`;

export const CUSTOMER_BY_ID = `query CustomerById($id: ID!) {
  customer(id: $id) { ...CustomerFields }
}${CUSTOMER}
`;

const email = z.object({ emailAddress: text, marketingState: text });
const customer = z.object({
  id: z.string().min(1),
  firstName: text,
  lastName: text,
  note: text,
  tags: z.array(z.string()).default([]),
  state: text,
  numberOfOrders: z.union([z.string(), z.number()]).nullish(),
  createdAt: text,
  updatedAt: text,
  amountSpent: z.object({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() }).nullish(),
  defaultEmailAddress: email.nullish().transform((given) => given ?? email.parse({})),
  defaultPhoneNumber: z.object({ phoneNumber: text }).nullish(),
  defaultAddress: platformAddress.nullish(),
});
type PlatformCustomer = z.infer<typeof customer>;

const reading: RecordReading<PlatformCustomer, CustomerRecord> = { schema: customer, map: mapCustomer, identify };

function mapCustomer(raw: PlatformCustomer): CustomerRecord {
  const { defaultEmailAddress, defaultPhoneNumber: phone, defaultAddress, amountSpent } = raw;
  const orders = Number(raw.numberOfOrders ?? Number.NaN);
  return {
    platformId: raw.id,
    email: defaultEmailAddress.emailAddress,
    firstName: raw.firstName,
    lastName: raw.lastName,
    phone: phone?.phoneNumber ?? null,
    note: nonEmpty(raw.note),
    tags: raw.tags,
    platformStatus: raw.state,
    acceptsMarketing: CONSENT.get(defaultEmailAddress.marketingState ?? '') ?? null,
    defaultAddress: defaultAddress ? addressOf(defaultAddress) : null,
    orderCount: Number.isSafeInteger(orders) ? orders : null,
    totalSpent: amountSpent ? moneyOf(amountSpent.amount, amountSpent.currencyCode) : null,
    createdAt: instantOf(raw.createdAt),
    updatedAt: instantOf(raw.updatedAt),
  };
}

export const oneCustomer = {
  type: 'Customer',
  document: CUSTOMER_BY_ID,
  root: 'customer',
  cost: CUSTOMER_COST,
  reading: () => reading,
};

export const getCustomer = getOf('customers.get', oneCustomer);

const DAY_MS = 86_400_000;

export const listCustomers = listOf<CustomerFilter, PlatformCustomer, CustomerRecord>({
  document: CUSTOMERS_PAGE,
  path: ['customers'],
  filters: { updatedSince: true, createdSince: true, createdUntil: true, email: true },
  sorts: ['-createdAt', 'createdAt', 'updatedAt', '-updatedAt'],
  maxPageSize: 100,
  nodeCost: CUSTOMER_COST,
  variables: ({ filter, sort }) => ({ query: customerQuery(filter), ...sortKeys(sort) }),
  reading,
  fits,
});

/** `updated_at` is documented as "matching a whole day": asked from the day before, and compared. */
function customerQuery({ updatedSince, createdSince, createdUntil, email }: CustomerFilter): string | null {
  const dayBefore = updatedSince && new Date(updatedSince.getTime() - DAY_MS);
  return allOf([
    ...time('updated_at', '>=', dayBefore),
    ...time('customer_date', '>=', createdSince),
    ...time('customer_date', '<', createdUntil),
    ...(email === undefined ? [] : [`email:${quoted(email)}`]),
  ]);
}

/** The index cuts an address into words; one that the platform withholds cannot be compared. */
function fits({ updatedSince, email }: CustomerFilter, record: CustomerRecord): boolean {
  const since = updatedSince === undefined ? 0 : Math.floor(updatedSince.getTime() / 1000) * 1000;
  const recent = record.updatedAt === null || Date.parse(record.updatedAt) >= since;
  const same =
    email === undefined || record.email === null || record.email.toLowerCase() === email.trim().toLowerCase();
  return recent && same;
}
