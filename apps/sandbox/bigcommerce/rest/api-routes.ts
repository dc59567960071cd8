import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from '../../platform.js';
import type { Grants } from '../oauth/grants.js';
import { carryOutDue } from '../state/carry-out-due.js';
import type { StoreBook, StoreData } from '../state/store-data.js';
import { accountOf, API_HOST, storeOfHash } from '../stores.js';
import { RestFailure, type Answer, type Call, type Endpoint } from './answer.js';
import { asXml, errorBody } from './envelopes.js';
import { createQuotas, type QuotaUse } from './quota.js';
import { spoilFirst } from './spoil.js';

export interface ApiParts {
  readonly context: SandboxContext;
  readonly grants: Grants;
  readonly stores: StoreBook;
  readonly emit: (data: StoreData, scope: string, payload: Readonly<Record<string, unknown>>) => void;
}

type Params = Readonly<Record<string, string>>;

/** Text of a query parameter list; the first of a repeated one counts. */
function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.raw.url ?? '/', 'http://sandbox').searchParams;
}

function readBody(request: FastifyRequest): unknown {
  const text = request.body instanceof Buffer ? request.body.toString('utf8') : '';
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RestFailure(400, 'JSON data is missing or invalid');
  }
}

/** docs: 415 for a body that is not JSON, 406 for an answer nobody can give. */
function checkMedia(request: FastifyRequest, version: 'v2' | 'v3'): void {
  const { accept = '*/*', 'content-type': type } = request.headers;
  const hasBody = request.body instanceof Buffer && request.body.length > 0;
  if (hasBody && !/^application\/(\w+\+)?json\b/i.test(type ?? '')) {
    throw new RestFailure(415, 'The request content type is not supported.');
  }
  const speaks = version === 'v2' ? /json|xml|\*\/\*|application\/\*/i : /json|\*\/\*|application\/\*/i;
  if (!speaks.test(accept)) throw new RestFailure(406, 'The requested media type cannot be given.');
}

function send(request: FastifyRequest, reply: FastifyReply, { status, body }: Answer): FastifyReply {
  if (body === undefined) return reply.code(status).send();
  const isV2 = (request.raw.url ?? '').includes('/v2/');
  // Only a client that names JSON gets it from V2.
  if (isV2 && !/json/i.test(request.headers.accept ?? '')) {
    return reply.code(status).header('content-type', 'text/xml; charset=utf-8').send(asXml(body));
  }
  const type = status >= 400 && !isV2 ? 'application/problem+json' : 'application/json';
  return reply.code(status).header('content-type', type).send(JSON.stringify(body));
}

/** Lets a request in or says why not. The order is: who, how often, what. */
function admit(request: FastifyRequest, parts: ApiParts, endpoint: Endpoint, use: (data: StoreData) => QuotaUse) {
  const { hash = '' } = request.params as Params;
  const token = request.headers['x-auth-token'];
  const grant = typeof token === 'string' ? parts.grants.ofToken(token) : undefined;
  const store = storeOfHash(hash);
  if (store === undefined || grant?.hash !== hash) throw new RestFailure(401, 'Unauthorized');
  const data = parts.stores.of(store);
  // docs: the merchant ends an API account by deleting it.
  if (data.knobs.apiAccount === false && grant.clientId === accountOf(store).clientId) {
    throw new RestFailure(401, 'Unauthorized');
  }
  if (use(data).exceeded) throw new RestFailure(429, 'Too Many Requests');
  const { scopes } = endpoint;
  if (scopes !== undefined && !scopes.some((scope) => grant.scopes.includes(scope))) {
    throw new RestFailure(403, "You don't have a required scope to access the endpoint");
  }
  return { data, grant };
}

function registerEndpoint(
  server: FastifyInstance,
  parts: ApiParts,
  endpoint: Endpoint,
  count: ReturnType<typeof createQuotas>,
): void {
  const version = endpoint.path.startsWith('/v2') ? 'v2' : 'v3';
  server.route({
    method: endpoint.method,
    url: `/api/stores/:hash${endpoint.path}`,
    handler(request, reply) {
      const now = parts.context.now().getTime();
      const use = (data: StoreData): QuotaUse => {
        const used = count(data, now);
        reply.headers(used.headers);
        return used;
      };
      try {
        const { data, grant } = admit(request, parts, endpoint, use);
        checkMedia(request, version);
        const emit: Call['emit'] = (scope, payload) => parts.emit(data, scope, payload);
        carryOutDue(data, now, emit);
        const params = request.params as Params;
        const call: Call = { data, grant, params, query: queryOf(request), body: readBody(request), now, emit };
        const answer = endpoint.handle(call);
        const path = (request.raw.url ?? '').replace(/^\/api/, '').split('?', 1)[0] ?? '';
        const spoilt = endpoint.method === 'GET' && parts.context.faults.takeBrokenRecord(API_HOST, path);
        return send(request, reply, spoilt ? { ...answer, body: spoilFirst(answer.body) } : answer);
      } catch (failure) {
        if (!(failure instanceof RestFailure)) throw failure;
        const { status, message, details, body } = failure;
        return send(request, reply, { status, body: body ?? errorBody(version, status, message, details) });
      }
    },
  });
}

/** Registers every resource below `https://api.bigcommerce.com/stores/{hash}`. */
export function registerApiRoutes(server: FastifyInstance, parts: ApiParts, endpoints: readonly Endpoint[]): void {
  const count = createQuotas();
  for (const endpoint of endpoints) registerEndpoint(server, parts, endpoint, count);
}
