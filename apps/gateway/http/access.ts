import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, type Callers, credentialInAddress, type Limits, requireScope } from '#auth';
import { GatewayError, type Scope } from '#contract';
import type { Database, OperatorRole } from '#persistence';
import { enforceOperator, operatorCookies, requireFormToken } from './operator-access.js';

/** Who may use a route. There is no default: a route that declares nothing does not start. */
export type Access =
  | { readonly kind: 'caller'; readonly scope: Scope | null }
  | { readonly kind: 'operator'; readonly role: OperatorRole; readonly takes?: 'form' }
  | { readonly kind: 'public'; readonly because: string; readonly takes?: 'form' | 'raw' };

/** A route, and who may use it. */
export interface DeclaredRoute {
  readonly method: string;
  /** With its parameters, e.g. `/v1/orders/:id`. */
  readonly path: string;
  readonly access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyInstance {
    /** Every route that was let in, those of plugins too. */
    readonly declaredRoutes: readonly DeclaredRoute[];
  }
  interface FastifyRequest {
    caller?: Caller;
    /** The media type a raw body came with. */
    sentType?: string | undefined;
  }
}

/** A route of the API; the caller's key must carry the scope. `null`: any valid key will do. */
export const ForCaller = (scope: Scope | null): MethodDecorator =>
  applyDecorators(RouteConfig({ access: { kind: 'caller', scope } satisfies Access }), ApiBearerAuth());

/** A route for operators who have the role, or a higher one. Bodies are JSON, unless it takes a page's form. */
export const ForOperator = (role: OperatorRole, takes?: 'form'): MethodDecorator => {
  const access: Access = { kind: 'operator', role, ...(takes === undefined ? {} : { takes }) };
  return applyDecorators(RouteConfig({ access }), ApiExcludeEndpoint());
};

/** A route without a credential, and why that is right. Bodies are JSON, unless it takes a screen's form, or raw bytes. */
export const Public = (because: string, takes?: 'form' | 'raw'): MethodDecorator => {
  const access: Access = { kind: 'public', because, ...(takes === undefined ? {} : { takes }) };
  return applyDecorators(RouteConfig({ access }), ApiExcludeEndpoint());
};

// Routes that libraries mount and that can carry no declaration of ours.
const MOUNTED: readonly { readonly prefix: string; readonly access: Access }[] = [
  { prefix: '/docs', access: { kind: 'public', because: 'the description of the API holds no data' } },
  { prefix: '/console', access: { kind: 'public', because: 'the shell of the console holds no data' } },
  { prefix: '/ops/queues/board', access: { kind: 'operator', role: 'operator' } },
];

function accessOf(url: string, declared: Access | undefined): Access | undefined {
  return (
    declared ??
    MOUNTED.find(({ prefix }) => url === prefix || url.startsWith(`${prefix}/`) || url === `${prefix}-yaml`)?.access
  );
}

/** What a platform may send at once. */
const RAW_BODY_LIMIT = 5 * 1024 * 1024;
const RAW_TYPE = 'application/octet-stream';

function takesRaw(access: Access | undefined): boolean {
  return access?.kind === 'public' && access.takes === 'raw';
}

/** What the doors are kept with. */
export interface Doors {
  readonly database: Database;
  readonly callers: Callers;
  readonly limits: Limits;
  readonly publicUrl: string;
}

/**
 * Denies by default at the root, before anything else of a request is looked at; plugins are covered as well.
 * @throws Error at start, for a route that declares no access
 */
export function guardRoutes(fastify: FastifyInstance, doors: Doors): void {
  fastify.addContentTypeParser(RAW_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const declared: DeclaredRoute[] = [];
  fastify.decorate('declaredRoutes', declared);
  fastify.addHook('onRoute', (route) => {
    const access = accessOf(route.url, route.config?.access);
    if (takesRaw(access)) route.bodyLimit = RAW_BODY_LIMIT;
    if (access === undefined)
      throw new Error(`The route ${String(route.method)} ${route.url} does not say who may use it.`);
    // The beginning of a plugin is served with and without a slash at its end, and told of once.
    const isBoth = route.prefix !== '' && route.routePath === '' && route.prefixTrailingSlash === undefined;
    for (const path of isBoth ? [route.url, `${route.url}/`] : [route.url])
      declared.push(...[route.method].flat().map((method) => ({ method, path, access })));
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    const access = accessOf(request.routeOptions.url ?? '', request.routeOptions.config.access);
    if (access === undefined) throw new GatewayError('not_found', 'There is nothing here.');
    await enforce(access, request, reply, doors);
    requireMediaType(access, request);
  });
  fastify.addHook('preValidation', async (request) => {
    const { access } = request.routeOptions.config;
    if (access?.kind !== 'operator' || access.takes !== 'form' || request.operator?.kind !== 'session') return;
    requireFormToken(request.body, operatorCookies(doors.publicUrl).session(request));
  });
}

/** The parsers of both kinds are there for all routes; a body of the wrong kind never gets to one. */
function requireMediaType(access: Access, request: FastifyRequest): void {
  const { headers } = request;
  if (takesRaw(access)) {
    // A signature covers the bytes, so nobody reads them before it was checked.
    request.sentType = headers['content-type'];
    headers['content-type'] = RAW_TYPE;
    return;
  }
  const given = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isForm = access.kind !== 'caller' && access.takes === 'form';
  const expected = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  if (given !== undefined && given !== expected) {
    throw new GatewayError('media_type_unsupported', `Send the body as ${expected}.`);
  }
}

async function enforce(access: Access, request: FastifyRequest, reply: FastifyReply, doors: Doors): Promise<void> {
  switch (access.kind) {
    case 'public':
      return;
    case 'operator':
      await enforceOperator(request, access.role, doors.database, doors.publicUrl);
      return;
    case 'caller':
      await admitCaller(request, reply, doors);
      if (access.scope !== null) requireScope(callerOf(request), access.scope);
  }
}

// A key, wherever it stands, or a token in the place of RFC 6750 section 2.3, which RFC 9700 forbids.
const CREDENTIAL_IN_ADDRESS = /ssk_(?:live|test)_|[?&]access_token=/;

/** @throws GatewayError `unauthorized`, `rate_limited`, `database_unavailable` */
async function admitCaller(request: FastifyRequest, reply: FastifyReply, doors: Doors): Promise<void> {
  const { headers, method, url } = request;
  if (CREDENTIAL_IN_ADDRESS.test(url)) throw credentialInAddress();
  const proof = headers['dpop'];
  const found = doors.callers.identify({
    authorization: headers.authorization,
    proof: Array.isArray(proof) ? proof.join() : proof,
    method,
    addressOf: () => `${doors.publicUrl}${url.split('?', 1)[0] ?? ''}`,
    clientOf: () => request.ip,
  });
  const caller = found instanceof Promise ? await found : found;
  request.caller = caller;
  const taken = await doors.limits.take(caller);
  void reply.headers(taken.headers);
  // Of a caller who has gone meanwhile nothing more is heard.
  if (reply.raw.destroyed) taken.release();
  else reply.raw.once('close', taken.release);
  if (taken.refusal !== undefined) throw taken.refusal;
}

/** The caller that the root hook found. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) throw new Error('this route is not for callers');
  return request.caller;
}
