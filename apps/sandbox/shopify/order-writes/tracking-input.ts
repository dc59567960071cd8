import type { Fulfillment } from '../orders/order.js';

/** `FulfillmentTrackingInput`. */
export interface TrackingInput {
  readonly company?: string | null;
  readonly number?: string | null;
  readonly numbers?: readonly string[] | null;
  readonly url?: string | null;
  readonly urls?: readonly string[] | null;
}

/** docs: for a company Shopify knows it makes the address itself; these are a few of them. */
const ADDRESSES: Readonly<Record<string, (number: string) => string>> = {
  ups: (number) => `https://www.ups.com/WebTracking?loc=en_US&requester=ST&trackNums=${number}`,
  usps: (number) => `https://tools.usps.com/go/TrackConfirmAction_input?qtc_tLabels1=${number}`,
  fedex: (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`,
  'dhl express': (number) =>
    `https://www.dhl.com/us-en/home/tracking/tracking-global-forwarding.html?submit=1&tracking-id=${number}`,
};

/** The tracking of a parcel as it is kept: one entry per number, else per address. */
export function trackingOf(input: TrackingInput | null | undefined): Fulfillment['tracking'] {
  if (!input) return [];
  const numbers = input.numbers ?? (input.number ? [input.number] : []);
  const urls = input.urls ?? (input.url ? [input.url] : []);
  const company = input.company ?? null;
  const known = ADDRESSES[(company ?? '').toLowerCase()];
  const entries = Math.max(numbers.length, urls.length, company === null ? 0 : 1);
  return Array.from({ length: entries }, (_, index) => {
    const number = numbers[index] ?? null;
    return {
      company,
      number,
      url: urls[index] ?? (number === null ? null : (known?.(encodeURIComponent(number)) ?? null)),
    };
  });
}
