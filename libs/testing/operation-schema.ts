import { shapeOf, shop, webhookSubscription } from '#contract';
import type { z } from 'zod';

/** What each record of an operation must be; null where a write leaves nothing behind. */
export function recordSchemaOf(operation: string): z.ZodType | null {
  if (operation === 'shop.get') return shop;
  if (operation.startsWith('webhooks.')) return operation === 'webhooks.remove' ? null : webhookSubscription;
  const shape = shapeOf(operation);
  if (shape === undefined) throw new RangeError(`there is no operation ${operation}`);
  return shape.record;
}

/** Whether an operation changes something at the platform. */
export function isWrite(operation: string): boolean {
  return shapeOf(operation)?.shape === 'write' || /^webhooks\.(?:register|remove)$/.test(operation);
}
