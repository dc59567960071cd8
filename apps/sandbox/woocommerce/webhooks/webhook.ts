import { z } from 'zod';

export const WEBHOOK_STATUSES = ['active', 'paused', 'disabled'] as const;

export const webhookSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  status: z.enum(WEBHOOK_STATUSES),
  topic: z.string(),
  deliveryUrl: z.string(),
  secret: z.string(),
  createdAt: z.number().int(),
  modifiedAt: z.number().int().nullable(),
  /** Failures in a row; 6 at most, the next one disables. */
  failures: z.number().int(),
  /** No ping was answered with 200 yet. */
  pending: z.boolean(),
});

/** A webhook as the simulated database holds it. Instants are seconds since 1970. */
export type Webhook = Readonly<z.infer<typeof webhookSchema>>;

const MOST_FAILURES = 5;

/**
 * Every delivery is a save, and so bumps the date. The seventh failure in a row disables; a success forgets them all
 * (recorded: captures/woocommerce/webhook-get-after-failures.json). Being switched on again does not: then the next
 * single failure disables once more (fact sheet, section 6).
 */
export function afterDelivery(webhook: Webhook, status: number, now: number): Webhook {
  const saved = { ...webhook, modifiedAt: now };
  if (isSuccess(status)) return { ...saved, failures: 0 };
  if (webhook.failures > MOST_FAILURES) return { ...saved, status: 'disabled' };
  return { ...saved, failures: webhook.failures + 1 };
}

/** WooCommerce's own bounds: redirects up to "303 See Other" exclusive count as taken, though nobody follows them. */
function isSuccess(status: number): boolean {
  return status >= 200 && status < 303;
}
