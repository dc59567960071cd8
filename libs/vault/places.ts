import type { SealContext } from './blob.js';

/**
 * Every place where a sealed value lies, each said once: whoever seals, opens, or seals anew with another key must mean the
 * same. A value's version does not change by being sealed anew.
 */
export const places = {
  /** What a store is called with; `version` counts the pairs it has had. */
  credential: (tenantId: string, storeId: string, version: number): SealContext => ({
    tenantId,
    subject: storeId,
    field: 'credential',
    version,
  }),
  /** Keys that a shop posted and that are not proven yet. */
  receivedKeys: (tenantId: string, attemptId: string): SealContext => ({
    tenantId,
    subject: attemptId,
    field: 'received-keys',
    version: 0,
  }),
  /** The secret of an app's client at a platform; the one before it stays under the version before. */
  clientSecret: (tenantId: string, clientRowId: string, version: number): SealContext => ({
    tenantId,
    subject: clientRowId,
    field: 'client-secret',
    version,
  }),
  /** A grant that is to be given back; `version` is that of the pair. */
  revocation: (tenantId: string, revocationId: string, version: number): SealContext => ({
    tenantId,
    subject: revocationId,
    field: 'revocation',
    version,
  }),
  /** What a platform answered to a write. */
  writeAnswer: (tenantId: string, writeId: string): SealContext => ({
    tenantId,
    subject: writeId,
    field: 'write-answer',
    version: 1,
  }),
  /** What a store's deliveries are signed with, where the platform lets us choose it. */
  webhookSecret: (tenantId: string, channelId: string): SealContext => ({
    tenantId,
    subject: channelId,
    field: 'webhook-secret',
    version: 1,
  }),
  /** A delivery as it came. */
  webhookPayload: (tenantId: string, deliveryId: string): SealContext => ({
    tenantId,
    subject: deliveryId,
    field: 'webhook-payload',
    version: 1,
  }),
} as const;
