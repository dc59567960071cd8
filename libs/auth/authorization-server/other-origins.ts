import type { KoaContextWithOIDC } from 'oidc-provider';
import { ownMetadataOf } from './clients.js';

type Next = () => Promise<unknown>;
// What is refused before it reaches the library has nothing of the library's.
type Answered = Pick<KoaContextWithOIDC, 'get' | 'remove'> & { readonly oidc?: KoaContextWithOIDC['oidc'] };

/**
 * Keeps what a client is answered from pages of other apps: whoever mounts the server lets browsers of every registered origin
 * ask, for a preflight does not say which client will.
 */
export function withholdFromOthers(isOriginOf: (origin: string, appId: string) => boolean) {
  return async (context: Answered, next: Next): Promise<void> => {
    await next();
    const origin = context.get('origin');
    // Whoever could not prove to be a client is none.
    const client = context.oidc?.client;
    if (origin === '' || client === undefined || isOriginOf(origin, ownMetadataOf(client).appId)) return;
    context.remove('access-control-allow-origin');
    context.remove('access-control-expose-headers');
  };
}
