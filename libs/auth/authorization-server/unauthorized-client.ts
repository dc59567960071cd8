import type { KoaContextWithOIDC } from 'oidc-provider';
import { ROUTES } from './provider.js';

type Next = () => Promise<unknown>;

/**
 * RFC 6749, section 5.2: a grant that the client may not use is `unauthorized_client`. The library says `invalid_request`, and
 * looks at nothing else before it has found that out.
 */
export async function nameUnauthorizedClient(context: KoaContextWithOIDC, next: Next): Promise<void> {
  await next();
  if (context.path !== ROUTES.token || context.status !== 400) return;
  const { client, params } = context.oidc;
  const grant = params?.['grant_type'];
  if (client === undefined || typeof grant !== 'string' || client.grantTypeAllowed(grant)) return;
  const body: unknown = context.body;
  if (typeof body !== 'object' || body === null || Reflect.get(body, 'error') !== 'invalid_request') return;
  context.body = { ...body, error: 'unauthorized_client' };
}
