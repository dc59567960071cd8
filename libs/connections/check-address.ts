import { type Connector, GatewayError, type StoreAddress } from '#contract';
import type { ConnectionsContext } from './context.js';
import type { OpenSession } from './sessions.js';

/**
 * Refuses an address before anything is sent to it: one that the egress rule forbids, or another shop than the link is for.
 * @throws GatewayError
 */
export function checkAddress(
  context: Pick<ConnectionsContext, 'egress' | 'standIn'>,
  { app, session, store }: Pick<OpenSession, 'app' | 'session' | 'store'>,
  connector: Connector,
  { account, apiRoot }: StoreAddress,
): void {
  if (session.storeId !== null && store !== undefined && store.account !== account) {
    throw new GatewayError(
      'connect_other_shop',
      `This link connects ${store.account} again; it is not for another shop.`,
    );
  }
  if (app.mode === 'test' && context.standIn.answersFor(apiRoot.hostname)) return;
  const refusal = context.egress.checkUrl(apiRoot);
  if (refusal !== undefined) {
    throw new GatewayError('address_refused', 'This address cannot be called: it must be a public https address.', {
      platform: { id: connector.id },
    });
  }
}
