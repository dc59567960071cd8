import type { FastifyInstance } from 'fastify';
import { GatewayError } from '#contract';

/**
 * A path that exists, asked with a method that it does not have, is answered with 405 and the methods it has (RFC 9110 section
 * 15.5.6). Headers and parameters that name another method mean nothing here.
 */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  let routes: { readonly pattern: RegExp; readonly method: string }[] = [];
  fastify.addHook('onReady', async () => {
    routes = fastify.declaredRoutes.map(({ path, method }) => ({ pattern: patternOf(path), method }));
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const path = request.url.split('?')[0] ?? '';
    const methods = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    // Where the method is one of them, it is the path that was spelt in a way the router does not take.
    if (methods.length === 0 || methods.includes(request.method)) return;
    void reply.header('allow', [...new Set(methods)].sort().join(', '));
    throw new GatewayError('method_not_allowed', 'This path has other methods; `Allow` names them.');
  });
}

function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')))
    .join('/');
  return new RegExp(`^${source}$`);
}
