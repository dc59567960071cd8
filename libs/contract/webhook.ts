import { z } from 'zod';
import type { RecordKind } from './ids.js';
import type { JsonValue } from './json.js';
import { instant } from './order-parts.js';
import type { Scope } from './scopes.js';
import type { Secret } from './secret.js';

declare const verified: unique symbol;

/** What came over the wire, byte for byte. */
export interface RawWebhook {
  readonly body: Uint8Array;
  header(name: string): string | undefined;
}

/** What is read out of a delivery once its signature matched. */
export interface WebhookEnvelope {
  /** The platform's own word for what happened. */
  readonly topic: string;
  /** The same for a delivery that is sent again; decides that it has no second effect. */
  readonly dedupeKey: string;
  /** The shop a header or body names, null where none is named. Where one secret signs for many shops it must be this one. */
  readonly account: string | null;
  /** When it happened at the platform, where that is said. */
  readonly occurredAt: string | null;
  readonly payload: JsonValue;
}

/** Only `verifyWebhook` of the kit makes one, so nothing can be normalized that was not verified first. */
export interface VerifiedWebhook extends WebhookEnvelope {
  readonly [verified]: true;
}

export const EVENT_TYPES = [
  'order.created',
  'order.updated',
  'order.canceled',
  'order.deleted',
  'product.created',
  'product.updated',
  'product.deleted',
  'inventory.updated',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'category.created',
  'category.updated',
  'category.deleted',
  'coupon.created',
  'coupon.updated',
  'coupon.deleted',
  'cart.created',
  'cart.updated',
  'store.connected',
  'store.revoked',
  'store.scopesChanged',
  'store.scopesLost',
  'store.webhooksRestored',
  'store.healthChanged',
  'store.dying',
  'privacy.customerDataRequested',
  'privacy.customerErased',
  'privacy.shopErased',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What a delivery means, in our terms. Records are named, not carried: whoever needs one reads it, as it is then. */
export type StoreEvent =
  | {
      readonly type: Exclude<EventType, `store.${string}` | `privacy.${string}`>;
      readonly kind: RecordKind;
      readonly platformId: string;
    }
  | { readonly type: 'store.revoked' }
  | { readonly type: 'store.scopesChanged'; readonly scopes: readonly string[] }
  | {
      readonly type: 'privacy.customerDataRequested' | 'privacy.customerErased';
      /** The person's id at the platform, and the orders the platform names. */
      readonly customerId: string | null;
      readonly orderIds: readonly string[];
    }
  | { readonly type: 'privacy.shopErased' };

/** How a delivery proves itself. Data, not code: the comparison is written once, in the kit. */
export type WebhookSignature = HmacBodySignature | StandardWebhooksSignature;

/** A keyed hash over the raw body in a header. */
export interface HmacBodySignature {
  readonly kind: 'hmacBody';
  readonly algorithm: 'sha256';
  readonly header: string;
  readonly encoding: 'base64' | 'hex';
  /** `client`: the app's secret at the platform; `subscription`: one we made for this store. */
  readonly key: 'client' | 'subscription';
}

/**
 * Standard Webhooks: a keyed hash over id, time and raw body (docs: https://www.standardwebhooks.com). The secret that was
 * set when the store was subscribed comes back in a header of its own, and must match as well.
 */
export interface StandardWebhooksSignature {
  readonly kind: 'standardWebhooks';
  readonly key: 'client';
  /** How far the delivery's time may be from ours, in seconds. */
  readonly toleranceSeconds: number;
  /** Lower case. Where no client secret is known, it is the proof. */
  readonly ownHeader: string;
}

/**
 * How changes are noticed where a platform tells nobody: its lists are asked for what changed, and give the same events.
 */
export interface Polling {
  readonly everySeconds: number;
  /** What it costs, and what it cannot see; for the documents. */
  readonly price: string;
  /** Lists that support `updatedSince` and the sort by it. */
  readonly lists: readonly [PolledList, ...PolledList[]];
}

export interface PolledList {
  readonly operation: 'orders.list' | 'products.list' | 'customers.list';
  readonly access: Scope;
}

export interface Webhooks {
  readonly signature: WebhookSignature;
  /** Recognises an unsigned greeting that a platform sends to a new address: answered, without effect. */
  readonly handshake?: (raw: RawWebhook) => boolean;
  /**
   * Pure. Called once the signature matched.
   * @throws GatewayError `webhook_unverified` for a delivery that is not of its form
   */
  open(raw: RawWebhook): WebhookEnvelope;
  /** Pure. Nothing for a topic it does not know. */
  normalize(webhook: VerifiedWebhook): readonly StoreEvent[];
  /** The topics a store is subscribed to: always these, and those that the app's access covers. */
  readonly topics: {
    readonly always: readonly string[];
    readonly byAccess: Readonly<Partial<Record<Scope, readonly string[]>>>;
  };
  /** Whether the platform refuses a callback address that is not https. */
  readonly callbackMustBeHttps: boolean;
}

/** What is asked when a store is subscribed to a topic. */
export interface WebhookRegistration {
  readonly topic: string;
  readonly address: string;
  /** Signs deliveries where the signature's key is the subscription's. */
  readonly secret: Secret;
}

/** A subscription as the platform has it. */
export const webhookSubscription = z.object({
  platformId: z.string().min(1),
  topic: z.string(),
  address: z.string(),
  status: z.enum(['active', 'paused', 'disabled', 'other']),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type WebhookSubscription = z.infer<typeof webhookSubscription>;
