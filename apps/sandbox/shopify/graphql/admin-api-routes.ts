import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { SANDBOX_HOST_HEADER, type SandboxContext } from '../../platform.js';
import { answeringVersion } from '../api-versions.js';
import type { Clients } from '../../clients.js';
import type { AccessToken, Grants } from '../oauth/grant-types.js';
import type { Dispatcher } from '../webhooks/dispatcher.js';
import { runJobs } from '../order-writes/jobs.js';
import { ordersOf } from '../orders/orders-slice.js';
import type { ShopData } from '../shop-slice.js';
import { grants as grantsScope } from './access.js';
import type { CostBuckets } from './cost-bucket.js';
import { executeRequest, type GraphqlRequest } from './execute-request.js';
import type { RequestContext } from './request-context.js';
import { pageRows, spoilRow } from './spoil-record.js';

/** What the Admin API works with. */
export interface AdminApiParts {
  readonly context: SandboxContext;
  readonly clients: Clients;
  readonly grants: Grants;
  readonly buckets: CostBuckets;
  readonly dispatcher: Dispatcher;
  dataOf(host: string): ShopData | undefined;
  readonly uninstall: (host: string, clientId: string) => void;
}

/** docs: without `read_all_orders` an app sees the orders of the last 60 days. */
const VISIBLE_MS = 60 * 86_400_000;

const bodySchema = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** recorded: the body of a 401 is a text, not a list. */
const UNAUTHORIZED = { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' };

function readRequest(body: unknown): GraphqlRequest | undefined {
  const read = bodySchema.safeParse(typeof body === 'string' ? { query: body } : body);
  if (!read.success) return undefined;
  const { query, variables, operationName } = read.data;
  return { query, variables: variables ?? {}, operationName: operationName ?? undefined };
}

function contextOf(
  { clients, context, dispatcher, uninstall }: AdminApiParts,
  data: ShopData,
  token: AccessToken,
): RequestContext {
  const { shop, createdAt } = data;
  const now = context.now();
  const client = clients.find(token.clientId);
  const all = grantsScope(token.scopes, 'read_all_orders');
  const since = now.getTime() - VISIBLE_MS;
  const eventId = randomUUID();
  return {
    shop,
    data,
    now,
    get orders() {
      return ordersOf(data);
    },
    shopCreatedAt: createdAt,
    scopes: token.scopes,
    get visible() {
      return all ? ordersOf(data) : ordersOf(data).filter((order) => order.createdAt >= since);
    },
    notify: (topic, payload) => dispatcher.notify(data, { topic, payload, eventId }),
    allowLoopbackWebhooks: context.settings.allowLoopbackCallback,
    uninstall: () => uninstall(shop.host, token.clientId),
    app: {
      clientId: token.clientId,
      name: client?.name ?? token.clientId,
      launchUrl: client?.redirectUris[0] ?? context.origin(shop.host),
    },
    searches: [],
  };
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ errors: 'Not Found' });
}

/** Registers `POST /admin/api/{version}/graphql.json`. */
export function registerAdminApiRoutes(server: FastifyInstance, parts: AdminApiParts): void {
  server.addContentTypeParser('application/graphql', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  server.post<{ Params: { version: string } }>('/admin/api/:version/graphql.json', (request, reply) => {
    const host = String(request.headers[SANDBOX_HOST_HEADER] ?? '');
    const version = answeringVersion(request.params.version);
    const data = parts.dataOf(host);
    if (version === undefined || data === undefined) return notFound(reply);
    const given = request.headers['x-shopify-access-token'];
    const token = typeof given === 'string' ? parts.grants.accessOf(given, host) : undefined;
    if (token === undefined) return reply.code(401).send(UNAUTHORIZED);
    reply.header('x-shopify-api-version', version);
    const asked = readRequest(request.body);
    // docs: https://shopify.dev/docs/api/usage/response-codes
    if (asked === undefined)
      return reply.code(400).send({ errors: { query: 'Required parameter missing or invalid' } });
    const requestContext = contextOf(parts, data, token);
    // What was promised to an earlier request is done by the time of the next one.
    runJobs(requestContext);
    const answer = executeRequest(asked, requestContext, parts.buckets, `${token.clientId} ${host}`);
    setImmediate(() => runJobs(requestContext));
    const rows = pageRows(answer.data);
    if (rows !== undefined && parts.context.faults.takeBrokenRecord(host, request.url)) spoilRow(rows);
    return reply.send(answer);
  });
}
