import { type Answers, type Connector, type Form, GatewayError, type Scope } from '#contract';
import { connectorOf } from '#connectors';
import { findApp, type StoreRow } from '#persistence';
import { checkAddress } from './check-address.js';
import type { ConnectionsContext } from './context.js';
import { establishStore } from './establish-store.js';
import { isPasted, pastedGrant, type PastedStrategy } from './pasted-grant.js';

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
  const strategy = strategyFor(connector, request.answers);
  const app = await context.database.withTenant(tenantId, (tx) => findApp(tx, appId));
  if (app === undefined) throw new GatewayError('not_found', 'There is no such app.');
  const address = strategy.locate(request.answers);
  checkAddress(context, { app, session: { ...NO_SESSION, tenantId, appId }, store: undefined }, connector, address);
  const { externalId = null, access = [] } = request;
  const connecting = { tenantId, appId, mode: app.mode, externalId, access, storeId: null };
  const { answers } = request;
  const grant = await pastedGrant(
    context,
    { tenantId, appId, platform: connector.id, mode: app.mode, storeId: null },
    { connector, strategy, address, answers, access },
  );
  return await establishStore(context, connecting, grant);
}

/** The way of connecting that asks for exactly what was given. */
function strategyFor(connector: Connector, answers: Answers): PastedStrategy {
  const ways = connector.auth.filter(isPasted);
  const found = ways.find(({ form }) => {
    const asked = Object.entries(form);
    const known = Object.keys(answers).every((name) => Object.hasOwn(form, name));
    return known && asked.every(([name, { optional }]) => optional === true || Object.hasOwn(answers, name));
  });
  if (found !== undefined) return found;
  const asked = ways.map(({ form }) => fieldsOf(form).join(', ')).join('; or ');
  throw new GatewayError(
    'request_invalid',
    ways.length === 0
      ? `${connector.name} shops are connected by consent: use a connect session.`
      : `Give exactly the fields of one way of connecting: ${asked}.`,
  );
}

function fieldsOf(form: Form): string[] {
  return Object.entries(form).map(([name, { optional }]) => (optional === true ? `${name} (may be left out)` : name));
}

const NO_SESSION = {
  id: '',
  platform: null,
  returnUrl: null,
  openerOrigin: null,
  externalId: null,
  storeId: null,
  access: [],
  status: 'pending' as const,
  expiresAt: new Date(0),
  completedAt: null,
};
