import type { Secret, WebhookEnvelope } from '#contract';
import type { WebhookChannelRow } from '#persistence';
import { places, type Vault } from '#vault';
import { z } from 'zod';

const secretPlace = ({ tenantId, id }: Pick<WebhookChannelRow, 'tenantId' | 'id'>) =>
  places.webhookSecret(tenantId, id);

/** The secret that a store's deliveries are signed with, where the platform lets us choose it. */
export function sealChannelSecret(
  vault: Vault,
  channel: Pick<WebhookChannelRow, 'tenantId' | 'id'>,
  secret: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(secretPlace(channel), secret);
}

/** @throws GatewayError `credential_unreadable` */
export function openChannelSecret(vault: Vault, channel: WebhookChannelRow): Promise<Secret> {
  return vault.open(secretPlace(channel), channel.sealedSecret);
}

const envelope = z.object({
  topic: z.string(),
  dedupeKey: z.string(),
  account: z.string().nullable(),
  occurredAt: z.string().nullable(),
  payload: z.json(),
});

/** A delivery holds personal data: it lies sealed until it is processed. */
export function sealEnvelope(
  vault: Vault,
  tenantId: string,
  deliveryId: string,
  verified: WebhookEnvelope,
): Promise<Uint8Array<ArrayBuffer>> {
  const { topic, dedupeKey, account, occurredAt, payload } = verified;
  return vault.seal(
    places.webhookPayload(tenantId, deliveryId),
    JSON.stringify({ topic, dedupeKey, account, occurredAt, payload }),
  );
}

export async function openEnvelope(
  vault: Vault,
  tenantId: string,
  deliveryId: string,
  sealed: Uint8Array,
): Promise<WebhookEnvelope> {
  const text = await vault.open(places.webhookPayload(tenantId, deliveryId), sealed);
  return envelope.parse(JSON.parse(text.expose()));
}
