import type { JsonValue } from '#contract';
import { rfc2822 } from '../amounts.js';
import type { Order, OrderAddress, Shipment } from '../state/rows.js';
import { PERSON_FIELDS } from './order-plan.js';

/** docs: the pages of carriers whose tracking address the platform knows how to make. */
const TRACKING: Readonly<Record<string, readonly [name: string, link: string]>> = {
  ups: ['UPS', 'https://www.ups.com/track?loc=en_US&tracknum='],
  usps: ['USPS', 'https://tools.usps.com/go/TrackConfirmAction?qtc_tLabels1='],
  fedex: ['FedEx', 'https://www.fedex.com/fedextrack/?trknbr='],
  auspost: ['Australia Post', 'https://auspost.com.au/mypost/track/#/details/'],
  canadapost: ['Canada Post', 'https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor='],
  royalmail: ['Royal Mail', 'https://www.royalmail.com/track-your-item#/tracking-results/'],
};

const personIn = (from: Readonly<Record<string, JsonValue>>): Record<string, JsonValue> =>
  Object.fromEntries(PERSON_FIELDS.map((field) => [field, from[field] ?? '']));

/** What a parcel says about itself: given when it is made, edited afterwards. */
export function trackingFields(given: Readonly<Record<string, JsonValue>>): Record<string, JsonValue> {
  const text = (field: string): string => (typeof given[field] === 'string' ? given[field] : '');
  const provider = text('shipping_provider');
  const number = text('tracking_number');
  const [name, link] = TRACKING[provider] ?? ['', ''];
  return {
    tracking_number: number,
    tracking_carrier: text('tracking_carrier'),
    tracking_link: text('tracking_link'),
    generated_tracking_link: link === '' || number === '' ? '' : `${link}${encodeURIComponent(number)}`,
    shipping_method: text('shipping_method'),
    shipping_provider: provider,
    shipping_provider_display_name: name,
    comments: text('comments'),
    merchant_shipping_cost: text('merchant_shipping_cost') || '0.0000',
  };
}

/** A parcel of an order to one of its addresses. */
export function makeShipment(
  given: Readonly<Record<string, JsonValue>>,
  {
    id,
    order,
    address,
    items,
    at,
  }: { id: number; order: Order; address: OrderAddress; items: Shipment['items']; at: number },
): Shipment {
  return {
    id,
    order_id: order.id,
    customer_id: order.customer_id,
    order_address_id: address.id,
    date_created: rfc2822(at),
    ...trackingFields({ shipping_method: address.shipping_method, ...given }),
    billing_address: personIn(order.billing_address),
    shipping_address: personIn(address),
    items,
  };
}
