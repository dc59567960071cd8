import type { AuthorizationServer, AuthorizationServerOptions } from './authorization-server.js';

/** Opens the authorization server. Only whoever does this loads the library: workers and commands have no use for it. */
export async function createAuthorizationServer(options: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const { buildAuthorizationServer } = await import('./authorization-server.js');
  return buildAuthorizationServer(options);
}
