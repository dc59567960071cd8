import { z } from 'zod';
import { createSlice } from '../shop-slice.js';

const subscriptionSchema = z.object({
  id: z.number(),
  clientId: z.string(),
  /** A value of `WebhookSubscriptionTopic`. */
  topic: z.string(),
  uri: z.string(),
  format: z.string(),
  filter: z.string().nullable(),
  includeFields: z.array(z.string()),
  metafieldNamespaces: z.array(z.string()),
  name: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Failed attempts in a row, of all its messages. */
  failures: z.number(),
});

const messageSchema = z.object({
  /** The same on every attempt. */
  webhookId: z.string(),
  eventId: z.string(),
  clientId: z.string(),
  /** Null = not of a subscription (compliance messages). */
  subscriptionId: z.number().nullable(),
  /** As the wire has it, e.g. `orders/create`. */
  topic: z.string(),
  uri: z.string(),
  name: z.string().nullable(),
  body: z.string(),
  /** ISO-8601 with nanoseconds. */
  triggeredAt: z.string(),
  attempts: z.number(),
  /** Milliseconds since 1970. */
  dueAt: z.number(),
});

/** What an app wants to hear of a shop. */
export type Subscription = z.infer<typeof subscriptionSchema>;

/** Something on its way to an app. */
export type Message = z.infer<typeof messageSchema>;

/** A shop's subscriptions, and what waits to be delivered. */
export const webhooksSlice = createSlice(
  'webhooks',
  z.object({ subscriptions: z.array(subscriptionSchema), queue: z.array(messageSchema) }),
  () => ({ subscriptions: [], queue: [] }),
);
