import { type AddressInput, type ConnectedStore, GatewayError, type Money, type OrderInput } from '#contract';
import type { JsonValue } from '#contract';
import { globalId } from './global-id.js';

type Json = Readonly<Record<string, JsonValue>>;

/** The most rows any input of the platform may have (docs: https://shopify.dev/docs/api/usage/limits). */
export const MAX_ROWS = 250;

/** Leaves out what was not given: an absent field stays as it is, one that is null is emptied. */
export function given(fields: Readonly<Record<string, JsonValue | undefined>>): Json {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** A refusal of ours, before anything is sent. */
export function reject(operation: string, path: string, message: string): GatewayError<'request_rejected'> {
  return new GatewayError('request_rejected', message, {
    platform: { id: 'shopify' },
    operation,
    fields: [{ path, message }],
  });
}

/** `MailingAddressInput`. The name of a province is deprecated and sent only where there is no code. */
export function mailingAddress(address: AddressInput | undefined): Json | undefined {
  if (address === undefined) return undefined;
  const { postalCode, province, provinceCode, ...same } = address;
  return given({
    ...same,
    provinceCode,
    zip: postalCode,
    ...(provinceCode === undefined ? { province } : {}),
  });
}

/** `MoneyBagInput`, in the shop's currency. */
export function moneyBag({ amount, currency }: Money): Json {
  return { shopMoney: { amount, currencyCode: currency } };
}

/** Checks what the platform would take for something else, or cannot take at all. @throws GatewayError `request_rejected` */
export function requireCreatable(store: ConnectedStore, input: OrderInput): void {
  const refuse = (path: string, message: string) => reject('orders.create', path, message);
  if (input.lineItems.length > MAX_ROWS)
    throw refuse('lineItems', `Shopify takes at most ${MAX_ROWS} line items in a new order`);
  const prices = [
    { path: 'currency', currency: input.currency },
    ...input.lineItems.map(({ unitPrice }, at) => ({
      path: `lineItems.${at}.unitPrice`,
      currency: unitPrice?.currency,
    })),
    ...(input.shippingLines ?? []).map(({ price }, at) => ({
      path: `shippingLines.${at}.price`,
      currency: price.currency,
    })),
  ];
  for (const { path, currency } of prices) {
    if (currency !== undefined && currency !== store.currency)
      throw refuse(path, `Amounts of a new order must be in the shop's own currency, ${store.currency}`);
  }
  requireTags('orders.create', input.tags);
}

/** The platform takes a comma for the end of a tag (recorded: one tag with a comma comes back as two). */
export function requireTags(operation: string, tags: readonly string[] | undefined): void {
  const split = (tags ?? []).findIndex((tag) => tag.includes(','));
  if (split >= 0) throw reject(operation, `tags.${split}`, 'A tag of Shopify cannot contain a comma');
}

/**
 * Who bought. A known customer is only named. Somebody else is known by e-mail, or else by telephone, and becomes a
 * customer; names are sent only when given, because they would rename whoever has that address.
 */
export function customerInput(customer: OrderInput['customer']): Json | undefined {
  if (customer === undefined) return undefined;
  const { id, email, firstName, lastName, phone } = customer;
  if (id !== undefined) return { toAssociate: { id: globalId('Customer', id) } };
  // Without names, the order's own e-mail address already makes or finds the customer.
  if (firstName === undefined && lastName === undefined) return undefined;
  return { toUpsert: given({ email, firstName, lastName, ...(email === undefined ? { phone } : {}) }) };
}
