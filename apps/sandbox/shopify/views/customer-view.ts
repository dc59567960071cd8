import { printMoment } from '../graphql/moment.js';
import type { Buyer, Order } from '../orders/order.js';
import { orderTotals } from '../orders/order-totals.js';
import type { Shop } from '../shops.js';
import { addressView, fullName } from './address-view.js';
import { gid } from './gid.js';
import { moneyView } from './money-view.js';

/** `Customer`. @param orders all orders of the shop */
export function customerView(buyer: Buyer, orders: readonly Order[], shop: Shop) {
  const { id, firstName, lastName, email, phone, locale, createdAt, address } = buyer;
  const own = orders.filter((order) => order.buyer?.id === id);
  const spent = own.reduce((total, order) => {
    const { received, refunded } = orderTotals(order);
    return total + received.shop - refunded.shop;
  }, 0);
  const contact = {
    marketingState: 'NOT_SUBSCRIBED',
    marketingOptInLevel: null,
    marketingUpdatedAt: null,
    validFormat: true,
  };
  return {
    id: gid('Customer', id),
    legacyResourceId: String(id),
    firstName,
    lastName,
    email,
    phone,
    locale,
    displayName: fullName(firstName, lastName) ?? email ?? phone ?? '',
    state: 'DISABLED',
    verifiedEmail: email !== null,
    taxExempt: false,
    tags: [],
    note: null,
    numberOfOrders: String(own.length),
    amountSpent: moneyView(spent, shop.currency),
    createdAt: printMoment(createdAt),
    updatedAt: printMoment(Math.max(createdAt, ...own.map((order) => order.createdAt))),
    defaultEmailAddress: email === null ? null : { emailAddress: email, ...contact },
    defaultPhoneNumber: phone === null ? null : { phoneNumber: phone },
    defaultAddress: addressView(address),
  };
}
