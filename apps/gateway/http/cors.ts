import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AppOrigin } from '#persistence';

/** The origins of browser apps that were registered, as a browser writes them: `https://app.example`. */
export type ListOrigins = () => Promise<readonly AppOrigin[]>;

/** Whether an origin, as far as is known by now, is one of that app. */
export type IsOriginOf = (origin: string, appId: string) => boolean;

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
 * Lets browser apps of registered origins call the API: exactly those, never with cookies, never `null`. A preflight says
 * nothing of who calls, so it is answered to all of them; it needs no credential and, however many there are, costs one look
 * at the database in five seconds. What a caller is answered is for the origins of the caller's own app alone.
 */
export function allowBrowserApps(fastify: FastifyInstance, list: ListOrigins, elapsed: () => number): IsOriginOf {
  const { isRegistered, isOriginOf } = rememberOrigins(list, elapsed);
  fastify.addHook('onRequest', async (request, reply): Promise<FastifyReply | undefined> => {
    if (!FOR_APPS.test(request.url)) return undefined;
    void reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !(await isRegistered(origin))) return undefined;
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED });
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    return isPreflight ? reply.headers(ALLOWED).status(204).send() : undefined;
  });
  fastify.addHook('onSend', async ({ caller, headers: { origin } }, reply) => {
    if (caller === undefined || origin === undefined || isOriginOf(origin, caller.appId)) return;
    void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers');
  });
  return isOriginOf;
}

interface Origins {
  readonly isRegistered: (origin: string) => Promise<boolean>;
  readonly isOriginOf: IsOriginOf;
}

function rememberOrigins(list: ListOrigins, elapsed: () => number): Origins {
  let known: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  const read = async () => {
    try {
      known = byOrigin(await list());
    } finally {
      readAt = elapsed();
      reading = undefined;
    }
  };
  return {
    async isRegistered(origin) {
      if (elapsed() - readAt >= REMEMBERED_MS) {
        reading ??= read();
        // Without the database the list that is known holds on.
        await reading.catch(() => undefined);
      }
      return known.has(origin);
    },
    isOriginOf: (origin, appId) => known.get(origin)?.has(appId) === true,
  };
}

function byOrigin(origins: readonly AppOrigin[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { appId, origin } of origins) {
    if (!/^https?:\/\/[^/]+$/.test(origin)) continue;
    found.set(origin, (found.get(origin) ?? new Set()).add(appId));
  }
  return found;
}
