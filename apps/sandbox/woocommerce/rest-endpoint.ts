import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiKey } from './api-keys.js';
import { type Authentication, authenticate } from './authentication.js';
import { nowOf } from './local-time.js';
import { parsePhpQuery, type PhpArray, type PhpValue } from '../php-query.js';
import { ParameterReader } from './parameter-reader.js';
import { answerRest } from './rest-answer.js';
import { NO_ROUTE, restError, type RestError } from './rest-error.js';
import { refused, type RestOutcome } from './rest-outcome.js';
import type { SandboxState } from './sandbox-state.js';
import { sentMethod, siteRequest, type SiteRequest } from './site-request.js';
import { argumentProblem, type ArgumentRules } from './order-writes/argument-rules.js';
import type { Arguments } from './order-writes/arguments.js';
import { readArguments } from './order-writes/read-arguments.js';

/** What a route of the REST API works on. */
export interface RestCall<P> {
  readonly site: SiteRequest;
  readonly state: SandboxState;
  readonly parameters: P;
  /** Parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  /** The query as WordPress repeats it in paging links. */
  readonly sanitized: PhpArray;
  readonly body: Buffer | undefined;
  /** What body and query hold together, checked against {@link RestEndpoint.rules}. */
  readonly values: Arguments;
}

/** A route: reads its parameters, then answers. */
export interface RestEndpoint<P> {
  /** The `Allow` header for whoever has a key, and for everybody on a public route. */
  readonly allow: string;
  /** Whether the shop has the route at all; absent = every shop has it. */
  exists?(site: SiteRequest): boolean;
  /** What a caller without a key is told; absent = the route is public. */
  readonly denied?: RestError;
  read(reader: ParameterReader, site: SiteRequest): P;
  /** What the arguments of a write must look like; without rules the body is not even read. */
  rules?(site: SiteRequest): ArgumentRules;
  answer(call: RestCall<P>): RestOutcome | Promise<RestOutcome>;
}

export const CANNOT_LIST = restError(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
export const CANNOT_VIEW = restError(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot view this resource.');

/** What Fastify calls. */
export type RouteHandler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/**
 * WordPress' order of things: the key is checked before the route is looked up, then parameters, then permission
 * (so a page size of 101 is a 400 even for a stranger).
 */
export function restHandler<P>(state: SandboxState, endpoint: RestEndpoint<P>): RouteHandler {
  return async (request, reply) => {
    const site = siteRequest(request, state);
    if (!site) return reply.code(404).send();
    const caller = authenticateRequest(request, site, state);
    if ('refusal' in caller) return answerRest(reply, { site, outcome: refused(caller.refusal), known: caller.known });
    const outcome = await runEndpoint(endpoint, request, site, state, caller.key);
    const allowed = mayUse(caller.key, endpoint, site, state);
    return answerRest(reply, {
      site,
      outcome,
      known: caller.key !== undefined,
      ...(allowed ? { allow: endpoint.allow } : {}),
    });
  };
}

function mayUse(
  key: ApiKey | undefined,
  { denied, exists }: Pick<RestEndpoint<unknown>, 'denied' | 'exists'>,
  site: SiteRequest,
  { keys }: SandboxState,
): boolean {
  if (exists?.(site) === false) return false;
  return denied === undefined || (key !== undefined && !keys.isDemoted(site.shop.host));
}

function runEndpoint<P>(
  endpoint: RestEndpoint<P>,
  request: FastifyRequest,
  site: SiteRequest,
  state: SandboxState,
  key: ApiKey | undefined,
): RestOutcome | Promise<RestOutcome> {
  if (endpoint.exists?.(site) === false) return refused(NO_ROUTE);
  const reader = new ParameterReader(site.query);
  const parameters = endpoint.read(reader, site);
  const given = givenArguments(endpoint, request, site);
  const problem = given.malformed ?? reader.problem() ?? given.problem ?? permissionProblem(endpoint, site, state, key);
  if (problem) return refused(problem);
  const path = pathParameters(request.params);
  const { values } = given;
  return endpoint.answer({ site, state, parameters, path, sanitized: reader.sanitized, body: bodyOf(request), values });
}

interface Given {
  readonly values: Arguments;
  /** The body cannot be read at all. */
  readonly malformed?: RestError;
  readonly problem?: RestError;
}

function givenArguments<P>(endpoint: RestEndpoint<P>, request: FastifyRequest, site: SiteRequest): Given {
  const rules = endpoint.rules?.(site);
  if (!rules) return { values: {} };
  const given = readArguments(request, site.query);
  if ('problem' in given) return { values: {}, malformed: given.problem };
  const problem = argumentProblem(rules, given.values);
  return problem ? { values: given.values, problem } : given;
}

function permissionProblem(
  { denied }: Pick<RestEndpoint<unknown>, 'denied'>,
  { shop }: SiteRequest,
  { keys }: SandboxState,
  key: ApiKey | undefined,
): RestError | undefined {
  if (!denied) return undefined;
  if (!key) return denied;
  return keys.isDemoted(shop.host) ? forbidden(denied) : undefined;
}

/** Somebody is known and may not: the same words with 403 (fact sheet, section 2.4). */
export function forbidden({ code, message }: RestError): RestError {
  return restError(403, code, message);
}

/** For everything that is no route: WordPress checks the key first there, too. */
export function noRouteHandler(state: SandboxState): RouteHandler {
  return (request, reply) => {
    const site = siteRequest(request, state);
    if (!site) return reply.code(404).send();
    const caller = authenticateRequest(request, site, state);
    if ('refusal' in caller) return answerRest(reply, { site, outcome: refused(caller.refusal), known: caller.known });
    return answerRest(reply, { site, outcome: refused(NO_ROUTE), known: caller.key !== undefined });
  };
}

function authenticateRequest(request: FastifyRequest, site: SiteRequest, state: SandboxState): Authentication {
  const { context, keys } = state;
  const { host } = site.shop;
  return authenticate(
    {
      method: request.method,
      sentMethod: sentMethod(request),
      // The shop's own address, or the sandbox's for a program that was pointed straight at it and signs what it sees.
      urls: function* urls() {
        yield `${site.origin}${site.requestPath}`;
        yield context.standInUrl(host, site.requestPath);
      },
      parameters: new Map([...site.query, ...formFields(request)]),
      query: site.query,
      authorization: request.headers.authorization,
      now: nowOf(state),
      secure: site.secure,
      requestUri: site.requestUri,
    },
    (consumerKey) => keys.find(host, consumerKey),
  );
}

/** Fields of a form body; a body of any other type has none. */
export function formFields(request: FastifyRequest): PhpArray {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return isForm ? parsePhpQuery(bodyOf(request)?.toString('utf8') ?? '') : new Map<string, PhpValue>();
}

function bodyOf(request: FastifyRequest): Buffer | undefined {
  return Buffer.isBuffer(request.body) ? request.body : undefined;
}

function pathParameters(parameters: unknown): Readonly<Record<string, string>> {
  if (typeof parameters !== 'object' || parameters === null) return {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}
