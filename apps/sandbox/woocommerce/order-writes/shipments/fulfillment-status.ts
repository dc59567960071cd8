import { z } from 'zod';
import type { Fulfillment, WooOrder } from '../../order.js';
import type { JsonValue } from '#contract';

const STATUS_KEY = '_fulfillment_status';
export const ITEMS_KEY = '_items';

const itemsSchema = z.array(z.object({ item_id: z.coerce.number().int(), qty: z.coerce.number() }));

/** What a fulfillment packs; undefined when its meta data says nothing readable. */
export function packedItems({ meta }: Pick<Fulfillment, 'meta'>): z.infer<typeof itemsSchema> | undefined {
  const parsed = itemsSchema.safeParse(meta.find((one) => one.key === ITEMS_KEY)?.value);
  return parsed.success ? parsed.data : undefined;
}

/** Writes what all fulfillments together come to into the order's meta data (fact sheet, section 5.4). */
export function withFulfillments(
  order: WooOrder,
  fulfillments: readonly Fulfillment[],
  nextMetaId: () => number,
): WooOrder {
  const known = order.meta.find((one) => one.key === STATUS_KEY);
  const others = order.meta.filter((one) => one !== known);
  const value = statusOf(order, fulfillments);
  const meta = value === null ? others : [...others, { id: known?.id ?? nextMetaId(), key: STATUS_KEY, value }];
  return { ...order, fulfillments, meta };
}

/** Null when there are none: then the meta datum is missing. */
function statusOf(order: WooOrder, fulfillments: readonly Fulfillment[]): JsonValue {
  if (fulfillments.length === 0) return null;
  const sent = fulfillments.filter((one) => one.isFulfilled).flatMap((one) => packedItems(one) ?? []);
  if (sent.length === 0) return 'unfulfilled';
  const isComplete = order.lines.every((line) => quantityOf(sent, line.id) >= line.quantity);
  return isComplete ? 'fulfilled' : 'partially_fulfilled';
}

function quantityOf(items: z.infer<typeof itemsSchema>, lineId: number): number {
  return items.filter((item) => item.item_id === lineId).reduce((count, item) => count + item.qty, 0);
}
