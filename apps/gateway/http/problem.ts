import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, GatewayError, withoutPeople } from '#contract';
import type { Logger } from '#observability';
import { problemPage } from '../ops/pages.js';
import { setSecurityHeaders } from './security-headers.js';

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request_invalid',
  401: 'unauthorized',
  // Only from static files, for a path that leads out of their folder.
  403: 'not_found',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  414: 'request_invalid',
  415: 'media_type_unsupported',
};

/** Whatever was thrown, as an error of the table. What is not ours becomes `internal`, with its cause for the log alone. */
export function asGatewayError(error: unknown): GatewayError {
  if (GatewayError.is(error)) return error;
  const status = statusOf(error);
  const code = status === undefined ? undefined : BY_STATUS[status];
  if (code === undefined) return new GatewayError('internal', 'Something failed on our side.', { cause: error });
  return new GatewayError(code, MESSAGES[code] ?? 'The request cannot be handled.', { cause: error });
}

// Messages of the framework may quote the request; these do not.
const MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  request_invalid: 'The request is not well-formed.',
  not_found: 'There is nothing here.',
  payload_too_large: 'The body is larger than is accepted.',
  media_type_unsupported: 'Send application/json.',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error) {
    return typeof error.statusCode === 'number' ? error.statusCode : undefined;
  }
  return undefined;
}

/**
 * RFC 9457, with what the error table says of the code.
 * @param personalData whether whoever asked may see people: platforms repeat e-mail addresses in their messages
 */
export function problemOf(error: GatewayError, requestId: string, personalData = false): object {
  const { code, message, context, traits } = error;
  const told = personalData ? (text: string) => text : withoutPeople;
  return {
    type: `https://github.com/shopspan/shopspan#${code}`,
    title: traits.advice,
    status: traits.http,
    detail: told(message),
    code,
    retryable: traits.retry !== 'never',
    actor: traits.actor,
    requestId,
    ...(context.platform === undefined ? {} : { platform: mapTexts(context.platform, told) }),
    ...(context.fields === undefined ? {} : { fields: context.fields.map((field) => mapTexts(field, told)) }),
  };
}

function mapTexts(value: object, turn: (text: string) => string): object {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, part]) => [name, typeof part === 'string' ? turn(part) : part]));
}

/** An address that the router itself cannot read gets no hook and no filter; its answer is the same all the same. */
export function frameworkErrors(https: boolean): (error: Error, request: FastifyRequest, reply: FastifyReply) => void {
  return (error, request, reply) => {
    setSecurityHeaders(request, reply, https);
    const known = asGatewayError(error);
    // Serialized here: the schemas of a route that was never found do not apply.
    const body = JSON.stringify(problemOf(known, request.id));
    void reply.status(known.traits.http).type('application/problem+json').send(body);
  };
}

/** Answers every error of the API and of the framework as problem+json; a page of the connect screens has its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // The work was given up because nobody waits for it any more.
    if (reply.raw.destroyed) return;
    const error = asGatewayError(thrown);
    const { http } = error.traits;
    if (http >= 500) this.logger.error({ err: error, requestId: request.id }, error.message);
    if (reply.sent) return;
    if (error.context.retryAfterMs !== undefined)
      void reply.header('retry-after', Math.ceil(error.context.retryAfterMs / 1000));
    if (error.code === 'unauthorized') void reply.header('www-authenticate', 'Bearer');
    // A browser on an operators' page shows people a page.
    if (/^\/ops\//.test(request.url) && request.headers.accept?.includes('text/html') === true) {
      void reply.status(http).type('text/html; charset=utf-8').send(problemPage(error, request.id));
      return;
    }
    const personalData = request.caller?.scopes.has('read:customers.pii') === true;
    void reply
      .status(http)
      .type('application/problem+json')
      .send(problemOf(error, request.id, personalData));
  }
}
