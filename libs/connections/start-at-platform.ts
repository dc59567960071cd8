import { type Connector, type OAuth2CodeStrategy, type StoreAddress } from '#contract';
import { connectorOf } from '#connectors';
import type { StoreRow } from '#persistence';
import { clientAt, noAppHere } from './client-at.js';
import type { ConnectionsContext } from './context.js';
import { installOf, provenCall } from './installed-app.js';
import { identityOf } from './platform-clients.js';
import { newLink } from './new-link.js';

/** A merchant who began at the platform, and where the confirm step is. */
export type Started =
  /** The link of a new session; nothing is attached to the app before the merchant confirms there. */
  | { readonly kind: 'link'; readonly url: URL }
  /** The shop is connected already, and the platform merely opens the app. */
  | { readonly kind: 'connected'; readonly store: StoreRow };

/**
 * Takes a merchant who installs the app from the platform's own pages: proves the platform's request, makes a session
 * for the client that the address names, and leads to the screen that shows app, shop and access.
 * @throws GatewayError `connect_state_invalid` for an address nobody has, `connect_callback_invalid` for a request that
 * does not prove itself
 */
export async function startAtPlatform(
  context: ConnectionsContext,
  handle: string,
  query: URLSearchParams,
): Promise<Started> {
  const client = await clientAt(context, handle);
  const connector = connectorOf(client.platform);
  if (installOf(connector) !== undefined) {
    const { store } = await provenCall(context, client, query);
    if (store?.status === 'active') return { kind: 'connected', store };
    return { kind: 'link', url: new URL(`${await newLink(context, client)}/${connector.id}`) };
  }
  const strategy = connector.auth.find((one) => one.kind === 'oauth2Code');
  if (strategy?.startedAtPlatform === undefined) throw noAppHere();
  const { clientId, secrets } = await identityOf(context, client, connector);
  const address = strategy.startedAtPlatform(query, { clientId, clientSecrets: secrets, now: context.now() });
  return { kind: 'link', url: confirmScreen(await newLink(context, client), connector, strategy, address) };
}

/** The form of the session, filled in with the shop that the platform named. */
function confirmScreen(link: string, connector: Connector, strategy: OAuth2CodeStrategy, address: StoreAddress): URL {
  const url = new URL(`${link}/${connector.id}`);
  const [field] = Object.keys(strategy.form);
  if (field !== undefined && strategy.locate({ [field]: address.account }).account === address.account) {
    url.searchParams.set(field, address.account);
  }
  return url;
}
