import { type Address, type Order, type OrderRecord, publicId, recordId } from '#contract';
import type { StoreRow } from '#persistence';

const MASK = '***';

/** Gives a mapped order the ids of our API; without the right to personal data, names, e-mail, phone and street are masked. */
export function presentOrder(store: StoreRow, record: OrderRecord, personalData: boolean): Order {
  const { platformId } = record;
  const order: Order = {
    id: recordId('order', store.id, platformId),
    storeId: publicId('store', store.id),
    platform: store.platform,
    ...record,
    customer: record.customer && { ...record.customer, id: encoded('customer', store.id, record.customer.id) },
    lineItems: record.lineItems.map((line) => ({
      ...line,
      productId: encoded('product', store.id, line.productId),
      variantId: encoded('variant', store.id, line.variantId),
    })),
  };
  return personalData ? order : masked(order);
}

function encoded(kind: 'customer' | 'product' | 'variant', storeId: string, platformId: string | null): string | null {
  return platformId === null ? null : recordId(kind, storeId, platformId);
}

function masked(order: Order): Order {
  const { customer } = order;
  return {
    ...order,
    customer: customer && {
      ...customer,
      email: hide(customer.email),
      firstName: hide(customer.firstName),
      lastName: hide(customer.lastName),
      phone: hide(customer.phone),
    },
    billingAddress: order.billingAddress && maskedAddress(order.billingAddress),
    shippingAddress: order.shippingAddress && maskedAddress(order.shippingAddress),
    // What people write into a note is theirs as much as their name.
    buyerNote: hide(order.buyerNote),
    merchantNote: hide(order.merchantNote),
  };
}

function maskedAddress(address: Address): Address {
  const { firstName, lastName, company, address1, address2, phone } = address;
  return {
    ...address,
    firstName: hide(firstName),
    lastName: hide(lastName),
    company: hide(company),
    address1: hide(address1),
    address2: hide(address2),
    phone: hide(phone),
  };
}

function hide(value: string | null): string | null {
  return value === null || value === '' ? value : MASK;
}
