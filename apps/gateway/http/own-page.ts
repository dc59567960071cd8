import type { FastifyRequest } from 'fastify';

/**
 * Whether a browser says that a page of this gateway made it send the request. Browsers say where a request comes from, and
 * pages cannot change what they say; an older one says its origin at least, and whoever says nothing is not believed.
 */
export function isFromOwnPage({ headers }: Pick<FastifyRequest, 'headers'>, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  // With a referrer policy of ours, a browser that says its site says `null` for its origin.
  return site === undefined ? headers.origin === new URL(publicUrl).origin : site === 'same-origin';
}
