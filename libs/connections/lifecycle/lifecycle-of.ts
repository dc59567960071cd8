import { connectorOf } from '#connectors';
import type { ConnectionsContext } from '../context.js';
import { claimedIdentity } from '../platform-clients.js';
import { revokeOrphan } from '../revoke-grant.js';
import type { LifecycleContext } from './context.js';

/** The surroundings of the real program. */
export function lifecycleOf(context: ConnectionsContext): LifecycleContext {
  return {
    ...context,
    connectorOf,
    identityOf: (claimed, connector) => claimedIdentity(context, claimed, connector),
    revokeOrphan: (claimed, credentials) => revokeOrphan(context, claimed, credentials),
  };
}
