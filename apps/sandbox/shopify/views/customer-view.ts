import { printMoment } from '../graphql/moment.js';
import type { Buyer, Order } from '../orders/order.js';
import { orderTotals } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { addressView, fullName } from './address-view.js';
import { gid } from './gid.js';
import { moneyView } from './money-view.js';

function history({ id, createdAt }: Buyer, orders: readonly Order[], shop: Shop) {
  const own = orders.filter((order) => order.buyer?.id === id);
  const spent = own.reduce((total, order) => {
    const { received, refunded } = orderTotals(order);
    return total + received.shop - refunded.shop;
  }, 0);
  return {
    numberOfOrders: String(own.length),
    amountSpent: moneyView(spent, shop.currency),
    createdAt: printMoment(createdAt),
    updatedAt: printMoment(Math.max(createdAt, ...own.map((order) => order.createdAt))),
  };
}

function emailView(emailAddress: string) {
  const consent = { marketingState: 'NOT_SUBSCRIBED', marketingOptInLevel: null, marketingUpdatedAt: null };
  return { ...consent, emailAddress, validFormat: true };
}

/** `Customer`. @param orders all orders of the shop */
export function customerView(buyer: Buyer, orders: readonly Order[], shop: Shop) {
  const { id, firstName, lastName, email, phone, locale, address } = buyer;
  return {
    ...history(buyer, orders, shop),
    ...{ firstName, lastName, email, phone, locale },
    id: gid('Customer', id),
    legacyResourceId: String(id),
    displayName: fullName(firstName, lastName) ?? email ?? phone ?? '',
    state: 'DISABLED',
    verifiedEmail: email !== null,
    taxExempt: false,
    tags: [],
    note: null,
    defaultEmailAddress: email === null ? null : emailView(email),
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone },
    defaultAddress: addressView(address),
  };
}
