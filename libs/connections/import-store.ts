import { type Answers, GatewayError, type Scope } from '#contract';
import { connectorOf } from '#connectors';
import { findApp, type StoreRow } from '#persistence';
import { checkAddress, pastedGrant } from './begin-attempt.js';
import type { ConnectionsContext } from './context.js';
import { establishStore } from './establish-store.js';

export interface ImportRequest {
  readonly platform: string;
  readonly answers: Answers;
  readonly externalId?: string | undefined;
  readonly access?: readonly Scope[] | undefined;
}

/**
 * Connects a store whose keys the caller already holds.
 * @throws GatewayError `request_invalid` where the platform takes no pasted keys or a field is wrong, `address_refused`,
 * `store_already_connected`, or what proving the keys came to
 */
export async function importStore(
  context: ConnectionsContext,
  { tenantId, appId }: { readonly tenantId: string; readonly appId: string },
  request: ImportRequest,
): Promise<StoreRow> {
  const connector = connectorOf(request.platform);
  const strategy = connector.auth.find((candidate) => candidate.kind === 'pastedKeys');
  if (strategy === undefined) {
    throw new GatewayError(
      'request_invalid',
      `${connector.name} shops are connected by consent: use a connect session.`,
    );
  }
  const app = await context.database.withTenant(tenantId, (tx) => findApp(tx, appId));
  if (app === undefined) throw new GatewayError('not_found', 'There is no such app.');
  const address = strategy.locate(request.answers);
  checkAddress(context, { app, session: { ...NO_SESSION, tenantId, appId }, store: undefined }, connector, address);
  const { externalId = null, access = [] } = request;
  const connecting = { tenantId, appId, mode: app.mode, externalId, access, storeId: null };
  return await establishStore(context, connecting, pastedGrant(connector, strategy, address, request.answers, access));
}

const NO_SESSION = {
  id: '',
  platform: null,
  returnUrl: null,
  externalId: null,
  storeId: null,
  access: [],
  status: 'pending' as const,
  expiresAt: new Date(0),
};
