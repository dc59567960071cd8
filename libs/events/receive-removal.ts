import { clientAt, provenCall } from '#connections';
import { appendEvents } from '#persistence';
import type { EventsContext } from './context.js';
import { endGrant } from './end-grant.js';

/**
 * Takes a platform's word, proven by its signature, that a merchant removed the app: from here on nobody calls with what is
 * left of the grant. What is about an earlier connection than the present one changes nothing.
 * @throws GatewayError `connect_state_invalid` for an address nobody has, `connect_callback_invalid`
 */
export async function receiveRemoval(context: EventsContext, handle: string, query: URLSearchParams): Promise<void> {
  const { connections } = context;
  const { at, store } = await provenCall(connections, await clientAt(connections, handle), query);
  if (store === undefined || at < store.statusSince) return;
  const { tenantId, appId, id } = store;
  await connections.database.withTenant(tenantId, async (tx) => {
    if (!(await endGrant(tx, store))) return;
    const event = { tenantId, appId, storeId: id, type: 'store.revoked' as const, occurredAt: at };
    await appendEvents(tx, appId, [{ ...event, recordKind: null, platformId: null, details: null }]);
  });
}
