import type { FastifyInstance, FastifyReply } from 'fastify';

/** The origins of browser apps that were registered, as a browser writes them: `https://app.example`. */
export type ListOrigins = () => Promise<readonly string[]>;

const ALLOWED = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, dpop, idempotency-key',
  'access-control-max-age': '600',
};
const EXPOSED =
  'retry-after, ratelimit, ratelimit-policy, www-authenticate, dpop-nonce, x-request-id, idempotent-replayed, allow';

/** Where a browser app has something to do: the API, its token and the end of it. Everything else is for its own pages. */
const FOR_APPS = /^\/(?:v1\/|oauth\/(?:token|par|revoke)(?:[/?]|$))/;

/** How long a list of origins is used before it is read again: so many milliseconds a new one waits, at most. */
const REMEMBERED_MS = 5_000;

/**
 * Lets browser apps of registered origins call the API: exactly those, never with cookies, never `null`. A preflight needs no
 * credential and, however many there are, costs one look at the database in five seconds.
 */
export function allowBrowserApps(fastify: FastifyInstance, list: ListOrigins, elapsed: () => number): void {
  const isRegistered = rememberOrigins(list, elapsed);
  fastify.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    if (!FOR_APPS.test(request.url)) return undefined;
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !(await isRegistered(origin))) return undefined;
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED });
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    return isPreflight ? reply.headers(ALLOWED).status(204).send() : undefined;
  });
}

function rememberOrigins(list: ListOrigins, elapsed: () => number): (origin: string) => Promise<boolean> {
  let known: ReadonlySet<string> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = async () => {
    try {
      known = new Set((await list()).filter((origin) => /^https?:\/\/[^/]+$/.test(origin)));
    } finally {
      readAt = elapsed();
      reading = undefined;
    }
  };
  return async (origin) => {
    if (elapsed() - readAt >= REMEMBERED_MS) {
      reading ??= read();
      // Without the database the list that is known holds on.
      await reading.catch(() => undefined);
    }
    return known.has(origin);
  };
}
