import { Secret } from '#contract';
import { createEgress, createTransport } from '#kit';
import { createStandInSwitch } from '../../libs/connections/stand-in.js';
import type { TokenEndpoint } from '../../libs/connections/token-endpoint.js';
import { type Loopback, type Reply, startLoopback } from './loopback.js';
import type { ConnectorOf } from './oauth-platforms.js';

/** A complete answer of a token endpoint. */
export const ISSUED = {
  access_token: 'at-1',
  refresh_token: 'rt-1',
  expires_in: 3600,
  refresh_token_expires_in: 7_776_000,
  scope: 'a b',
  token_type: 'bearer',
};

const identity = { handle: 'h', clientId: 'client-1', secrets: [new Secret('client-secret-1')] as const };

/** The token endpoint as its connector knows it, over the real transport; whoever is at `origin` answers for its host. */
export function endpointAt(
  { connector, strategy, address }: ConnectorOf<'oauth2Code'>,
  origin: string,
  deadlineMs = 20_000,
): TokenEndpoint {
  const { standIn } = createStandInSwitch(origin, [connector]);
  const egress = createEgress({ allow: [] });
  const options = { egress, userAgent: 'Shopspan/test' };
  const transport = createTransport(standIn === undefined ? options : { ...options, standIn });
  return { connector, strategy, address, identity, transport, deadlineMs };
}

/** The same, with a server of this process that gives one reply to every request. */
export async function endpointThat(
  of: ConnectorOf<'oauth2Code'>,
  reply: Reply,
  deadlineMs?: number,
): Promise<{ readonly endpoint: TokenEndpoint; readonly server: Loopback; close(): Promise<void> }> {
  const server = await startLoopback(() => reply);
  const endpoint = endpointAt(of, server.origin, deadlineMs);
  const close = async (): Promise<void> => {
    endpoint.transport.close();
    await server.close();
  };
  return { endpoint, server, close };
}
