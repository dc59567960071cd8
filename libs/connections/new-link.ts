import { isScope } from '#contract';
import { findPlatformClient } from '#persistence';
import type { ConnectionsContext } from './context.js';
import { createSession } from './sessions.js';

/** A session for what the app asks of those who begin at the platform. */
export async function newLink(context: ConnectionsContext, client: ClientPlace): Promise<string> {
  const row = await context.database.withTenant(client.tenantId, (tx) =>
    findPlatformClient(tx, client.appId, client.platform),
  );
  const access = (row?.installAccess ?? []).filter(isScope);
  const request = { platform: client.platform, ...(access.length === 0 ? {} : { access }) };
  return (await createSession(context, client, request)).url;
}

interface ClientPlace {
  readonly tenantId: string;
  readonly appId: string;
  readonly platform: string;
}
