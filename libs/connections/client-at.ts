import { GatewayError } from '#contract';
import { type FoundClient, locatePlatformClient } from '#persistence';
import type { ConnectionsContext } from './context.js';
import { isHandle } from './handle.js';

/**
 * The app's client whose address a platform calls.
 * @throws GatewayError `connect_state_invalid` for an address nobody has
 */
export async function clientAt(
  { database }: Pick<ConnectionsContext, 'database'>,
  handle: string,
): Promise<FoundClient> {
  const client = isHandle(handle) ? await locatePlatformClient(database, handle) : undefined;
  if (client === undefined) throw noAppHere();
  return client;
}

export function noAppHere(): GatewayError<'connect_state_invalid'> {
  return new GatewayError('connect_state_invalid', 'No app is installed from here. Start from the connect link.');
}
