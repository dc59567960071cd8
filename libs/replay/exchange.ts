import type { JsonValue, RecordedRequest } from '#contract';
import type { RawAnswer } from '#kit';
import { z } from 'zod';

/** One recorded request with its answer. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly answer: RawAnswer;
  /** Sent by the platform to us, such as a webhook: no operation of ours made it. */
  readonly fromPlatform: boolean;
}

// Lenient on purpose: a merchant's log seldom has more than method, address, status and body.
const recording = z.object({
  _meta: z
    .looseObject({ direction: z.unknown().optional(), responseBodyIsJson: z.unknown().optional() })
    .partial()
    .nullish(),
  direction: z.unknown().optional(),
  request: z.object({ method: z.string().nullish(), url: z.string().min(1), body: z.unknown().optional() }),
  response: z.object({
    status: z.coerce.number().int().min(100).max(599),
    headers: z.record(z.string(), z.unknown().optional()).nullish(),
    body: z.unknown().optional(),
  }),
});

// Stands in for the host where a log gives only the path.
const NO_HOST = 'https://recorded.invalid/';

/** Reads one exchange out of parsed JSON; a sentence when it is none. */
export function readExchange(value: unknown): Exchange | string {
  const parsed = recording.safeParse(value);
  if (!parsed.success) return `not an exchange (${firstIssue(parsed.error)})`;
  const { request, response, _meta } = parsed.data;
  if (!URL.canParse(request.url, NO_HOST)) return 'not an exchange (request.url: not an address)';
  const headers = lowerCased(response.headers ?? {});
  return {
    request: {
      method: (request.method ?? 'GET').toUpperCase(),
      url: new URL(request.url, NO_HOST),
      body: requestBody(request.body),
    },
    answer: {
      status: response.status,
      header: (name) => headers.get(name.toLowerCase()),
      text: bodyText(response.body, _meta?.responseBodyIsJson === true),
    },
    fromPlatform: [parsed.data.direction, _meta?.direction].some((direction) => /^platform\b/.test(String(direction))),
  };
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unexpected shape' : `${issue.path.map(String).join('.') || 'it'}: ${issue.message}`;
}

function lowerCased(headers: Readonly<Record<string, unknown>>): Map<string, string> {
  return new Map(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

function requestBody(body: unknown): JsonValue {
  // What a JSON file held is JSON.
  if (typeof body !== 'string') return (body ?? null) as JsonValue;
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return body;
  }
}

/** A body is kept parsed, or as the text it was: then it may be JSON or a page. */
function bodyText(body: unknown, isJson: boolean): string {
  if (typeof body === 'string' && !isJson) return body;
  return body === undefined || (body === null && !isJson) ? '' : JSON.stringify(body);
}
