import type { Fulfillment, JsonValue } from '#contract';
import { utcInstant } from '#kit';
import { z } from 'zod';
import type { WooMeta } from './atoms.js';

// Core has no shipments; the two wide-spread tracking plugins keep theirs in this meta entry of the order
// (recorded: order-get-after-refunds). What does not look like it is left alone: it is a plugin's own business.
export const TRACKING_KEY = '_wc_shipment_tracking_items';

const trackingItem = z.object({
  tracking_id: z.string().nullish(),
  tracking_provider: z.string().nullish(),
  custom_tracking_provider: z.string().nullish(),
  tracking_number: z.string().nullish(),
  custom_tracking_link: z.string().nullish(),
  date_shipped: z.coerce.number().int().positive().max(253_402_300_799).nullish().catch(null),
});

/** An entry with all its fields, whoever wrote them. */
export interface TrackingEntry {
  readonly raw: Readonly<Record<string, JsonValue>>;
  readonly shipment: Fulfillment;
}

// The value came out of a JSON document.
const entries = z.array(
  z.record(
    z.string(),
    z.custom<JsonValue>((value) => value !== undefined),
  ),
);

/** The shipments that were written into the order, with what else their plugin keeps of them. */
export function trackingOf(meta: readonly WooMeta[]): readonly TrackingEntry[] {
  const found = entries.safeParse(meta.find(({ key }) => key === TRACKING_KEY)?.value).data ?? [];
  const read = found.map((raw) => ({ raw, item: trackingItem.safeParse(raw).data }));
  // One entry that is no shipment means that none of them can be trusted to be one.
  if (read.some(({ item }) => item === undefined)) return [];
  return read.flatMap(({ raw, item }, position) => (item ? [{ raw, shipment: shipmentOf(item, position) }] : []));
}

function shipmentOf(item: z.infer<typeof trackingItem>, position: number): Fulfillment {
  const company = item.tracking_provider || item.custom_tracking_provider || null;
  return {
    id: item.tracking_id || `${position + 1}`,
    status: 'shipped',
    platformStatus: null,
    tracking: [{ company, number: item.tracking_number || null, url: item.custom_tracking_link || null }],
    lineItems: [],
    createdAt: item.date_shipped ? utcInstant(new Date(item.date_shipped * 1000).toISOString()) : null,
    updatedAt: null,
  };
}

/** Whether the entry holds something else than shipments, which must not be written over. */
export function isForeignTracking(meta: readonly WooMeta[]): boolean {
  const value = meta.find(({ key }) => key === TRACKING_KEY)?.value;
  const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return !isEmpty && trackingOf(meta).length === 0;
}

export function shipmentsOf(meta: readonly WooMeta[]): Fulfillment[] {
  return trackingOf(meta).map(({ shipment }) => shipment);
}
