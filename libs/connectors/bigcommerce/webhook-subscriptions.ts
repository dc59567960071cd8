import {
  GatewayError,
  type ListOperation,
  type WebhookRegistration,
  type WebhookSubscription,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne, type RecordReading } from '#kit';
import { z } from 'zod';
import { id } from './atoms.js';
import { countedPage } from './counted-page.js';
import { deleteAt, recordNumber, writeRow } from './record-calls.js';
import { OWN_HEADER } from './webhooks.js';

const hook = z.object({
  id,
  scope: z.string(),
  destination: z.string(),
  is_active: z.boolean(),
  created_at: z.int().nullish(),
  updated_at: z.int().nullish(),
});
type Hook = z.infer<typeof hook>;

const HOOKS = 'v3/hooks';

const reading: RecordReading<Hook, WebhookSubscription> = {
  schema: hook,
  map: (raw) => ({
    platformId: raw.id,
    topic: raw.scope,
    address: raw.destination,
    // Switched off after two days of failures, or ninety without a delivery (fact sheet, d.12). It is then removed and made
    // anew by whoever watches subscriptions.
    status: raw.is_active ? 'active' : 'disabled',
    createdAt: fromUnix(raw.created_at),
    updatedAt: fromUnix(raw.updated_at),
  }),
  identify: (raw) => hook.pick({ id: true }).safeParse(raw).data?.id ?? null,
};

function fromUnix(seconds: number | null | undefined): string | null {
  return seconds == null ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Only hooks of the client that asks are seen. */
export const listWebhooks: ListOperation<object, WebhookSubscription> = {
  filters: {},
  sorts: ['createdAt'],
  maxPageSize: 250,
  page: (store, _, page) => countedPage(store, { path: HOOKS, reading }, page),
};

export const registerWebhook: WriteOperation<WebhookRegistration, Written<WebhookSubscription>> = {
  losses: {},
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce refuses a second hook of the same topic and address, and the first one may carry another secret.',
  },
  async run(store, { topic, address, secret }) {
    const body = { scope: topic, destination: address, is_active: true, headers: { [OWN_HEADER]: secret.expose() } };
    const raw = await writeRow(store, 'POST', HOOKS, body);
    return mapOne('bigcommerce', 'webhooks.register', withoutHeaders(raw), reading);
  },
};

/** The secret comes back in the answer, and goes no further. */
function withoutHeaders(raw: Parameters<typeof reading.identify>[0]): typeof raw {
  const read = z.record(z.string(), z.json()).safeParse(raw).data;
  if (read === undefined) return raw;
  const { headers: _secret, ...rest } = read;
  return rest;
}

export const removeWebhook: WriteOperation<{ readonly platformId: string }, null> = {
  losses: {},
  repeat: { kind: 'sameEffect', why: 'What was removed stays removed.' },
  async run(store, { platformId }) {
    try {
      return await deleteAt(store, HOOKS, recordNumber(platformId, 'webhook'));
    } catch (error) {
      if (GatewayError.is(error, 'not_found')) return null;
      throw error;
    }
  },
};
