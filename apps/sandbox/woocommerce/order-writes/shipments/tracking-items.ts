import { z } from 'zod';
import type { JsonValue } from '#contract';
import type { MetaDatum, WooOrder } from '../../order.js';

/** The order's meta datum that all shipment-tracking plugins share (fact sheet, section 5.4). */
export const TRACKING_KEY = '_wc_shipment_tracking_items';

// Other programs write it too, so nothing about it is certain.
const itemSchema = z.looseObject({
  tracking_id: z.string().catch(''),
  tracking_provider: z.string().catch(''),
  custom_tracking_provider: z.string().catch(''),
  custom_tracking_link: z.string().catch(''),
  tracking_number: z.coerce.string().catch(''),
  date_shipped: z.coerce.string().catch(''),
});

export type TrackingItem = z.infer<typeof itemSchema>;

export function trackingItemsOf({ meta }: WooOrder): readonly TrackingItem[] {
  const value = meta.find((one) => one.key === TRACKING_KEY)?.value;
  const parsed = z.array(itemSchema).safeParse(value);
  return parsed.success ? parsed.data : [];
}

export function withTrackingItems(order: WooOrder, items: readonly TrackingItem[], nextMetaId: () => number): WooOrder {
  // Each item is an object of JSON values: it was read from JSON or made here.
  const value = items.map((item) => ({ ...item })) as JsonValue;
  const known = order.meta.find((one) => one.key === TRACKING_KEY);
  const datum: MetaDatum = { id: known?.id ?? nextMetaId(), key: TRACKING_KEY, value };
  return { ...order, meta: [...order.meta.filter((one) => one !== known), datum] };
}

/** Carriers the plugin knows, by country, with the page that follows a number. */
export const PROVIDERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Global: {
    'DHL US': 'https://www.dhl.com/us-en/home/tracking/tracking-ecommerce.html?tracking-id=%1$s',
    FedEx: 'https://www.fedex.com/apps/fedextrack/?action=track&tracknumbers=%1$s',
    UPS: 'https://www.ups.com/track?loc=en_US&tracknum=%1$s',
  },
  Germany: {
    DHL: 'https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode=%1$s',
    DPD: 'https://tracking.dpd.de/parcelstatus?query=%1$s&locale=de_DE',
    Hermes: 'https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#%1$s',
  },
  'United States': {
    USPS: 'https://tools.usps.com/go/TrackConfirmAction_input?qtc_tLabels1=%1$s',
  },
};

/** The page of a carrier the plugin knows, else the link that came with the number. */
export function linkOf({
  tracking_provider: provider,
  custom_tracking_link: link,
  tracking_number: number,
}: TrackingItem): string {
  const slug = slugOf(provider);
  const known = Object.values(PROVIDERS)
    .flatMap((carriers) => Object.entries(carriers))
    .find(([name]) => slugOf(name) === slug && slug !== '');
  return known ? known[1].replace('%1$s', encodeURIComponent(number)) : link;
}

/** Carriers are kept as `dhl-us` and named `DHL US`. */
export function slugOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** What a body may call the carrier. @returns the name as listed, undefined for one that is not */
export function providerNamed(text: string): string | undefined {
  return Object.values(PROVIDERS)
    .flatMap((carriers) => Object.keys(carriers))
    .find((name) => slugOf(name) === slugOf(text));
}
