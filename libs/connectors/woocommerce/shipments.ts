import type { Fulfillment } from '#contract';
import { utcInstant } from '#kit';
import { z } from 'zod';
import type { WooMeta } from './atoms.js';

// Core has no shipments; the two wide-spread tracking plugins keep theirs in this meta entry of the order
// (recorded: order-get-after-refunds). What does not look like it is left alone: it is a plugin's own business.
const trackingItems = z.array(
  z.object({
    tracking_id: z.string().nullish(),
    tracking_provider: z.string().nullish(),
    custom_tracking_provider: z.string().nullish(),
    tracking_number: z.string().nullish(),
    custom_tracking_link: z.string().nullish(),
    date_shipped: z.coerce.number().int().positive().max(253_402_300_799).nullish().catch(null),
  }),
);

/** The shipments that a tracking plugin wrote into the order. */
export function shipmentsOf(meta: readonly WooMeta[]): Fulfillment[] {
  const read = trackingItems.safeParse(meta.find(({ key }) => key === '_wc_shipment_tracking_items')?.value);
  return (read.data ?? []).map((item, position) => {
    const shippedAt = item.date_shipped ? utcInstant(new Date(item.date_shipped * 1000).toISOString()) : null;
    const company = item.tracking_provider || item.custom_tracking_provider || null;
    return {
      id: item.tracking_id || `${position + 1}`,
      status: 'shipped',
      platformStatus: null,
      tracking: [{ company, number: item.tracking_number || null, url: item.custom_tracking_link || null }],
      lineItems: [],
      createdAt: shippedAt,
      updatedAt: null,
    };
  });
}
