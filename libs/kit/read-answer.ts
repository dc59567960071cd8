import {
  classify,
  type Connector,
  ERRORS,
  GatewayError,
  type HttpCall,
  type HttpReply,
  type PlatformErrorCode,
  type PlatformProblem,
  type PlatformWords,
} from '#contract';
import type { z } from 'zod';
import { parseBody } from './parse-body.js';
import { retryAfterMs } from './retry-after.js';

/** What came over the wire for one call, or out of a recording. */
export interface RawAnswer {
  readonly status: number;
  /** By any spelling of its case; several values joined by a comma. */
  header(name: string): string | undefined;
  readonly text: string;
}

type AnsweringConnector = Pick<Connector, 'id' | 'errors' | 'budget'>;

const MAX_MESSAGE = 300;
const MAX_CODE = 100;

/**
 * The one place where an answer becomes data or an error; live calls and replays share it. Errors are looked for in
 * every body, also that of a 200.
 * @throws GatewayError with what the platform said, `retryAfterMs` where waiting helps; `platform_contract_broken` when
 * the data does not have the shape the call expects.
 */
export function readAnswer<T>(connector: AnsweringConnector, call: HttpCall<T>, answer: RawAnswer): HttpReply<T> {
  const parsed = parseBody(answer.text);
  const body = parsed.kind === 'json' ? parsed.value : undefined;
  const html = parsed.kind === 'text';
  // Some platforms say what is wrong in a text that is no JSON.
  const said = html ? answer.text : body;
  const problems = connector.errors.problems(said);
  const succeeded = answer.status >= 200 && answer.status < 300;
  if (!succeeded || html || problems.length > 0) {
    const code = classify(connector.errors, { status: answer.status, html, body: said });
    throw refusal(connector, call, { code, answer, body, problems });
  }
  const expected = call.expect.safeParse(body);
  if (!expected.success) throw brokenContract(connector.id, answer.status, expected.error);
  return { status: answer.status, data: expected.data, header: (name) => answer.header(name) };
}

interface Refused {
  readonly code: PlatformErrorCode;
  readonly answer: RawAnswer;
  readonly body: unknown;
  readonly problems: readonly PlatformProblem[];
}

function refusal(connector: AnsweringConnector, call: HttpCall<unknown>, refused: Refused): GatewayError {
  const { code, answer, body, problems } = refused;
  const platform = wordsOf(connector.id, answer.status, problems[0]);
  const fields = fieldsOf(problems);
  const wait = ERRORS[code].retry === 'backoff' ? waitFor(connector, call, refused) : undefined;
  const named = platform.code === undefined ? '' : ` (${platform.code})`;
  const said = platform.message === undefined ? '' : `: ${platform.message}`;
  const instead = body === undefined && answer.text.trim() !== '' ? ' with a page instead of data' : '';
  return new GatewayError(code, `${connector.id} answered ${answer.status}${instead}${named}${said}`, {
    platform,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(fields.length === 0 ? {} : { fields }),
  });
}

function fieldsOf(problems: readonly PlatformProblem[]): { readonly path: string; readonly message: string }[] {
  return problems
    .filter(({ field }) => field !== undefined)
    .map(({ field = '', message = '' }) => ({
      path: plainWords(field, MAX_CODE),
      message: plainWords(message, MAX_MESSAGE),
    }));
}

function waitFor(connector: AnsweringConnector, call: HttpCall<unknown>, refused: Refused): number | undefined {
  const { answer, body, code } = refused;
  const header = (name: string) => answer.header(name);
  const budget = code === 'platform_rate_limited' ? connector.budget?.(body, header) : undefined;
  return retryAfterMs(header, budget, call.cost ?? 1);
}

function wordsOf(id: string, status: number, problem: PlatformProblem | undefined): PlatformWords {
  const code = plainWords(problem?.code ?? '', MAX_CODE);
  const message = plainWords(problem?.message ?? '', MAX_MESSAGE);
  return { id, status, ...(code === '' ? {} : { code }), ...(message === '' ? {} : { message }) };
}

/**
 * A platform's words made fit for a log line and an error: no mark-up, no control or direction characters, nothing that
 * looks like a credential (a shop's error may repeat the user name it was sent).
 */
export function plainWords(words: string, length: number): string {
  const plain = words
    .slice(0, 10 * length)
    .replace(/<[^<>]*>?/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\b(?:Basic|Bearer)\s+[\w.~+/=-]{8,}/gi, '[secret]')
    .replace(/\b[a-z]{2,8}_(?:[A-Za-z0-9]{20,}|(?=[\w-]*\d)[\w-]{24,})/g, '[secret]')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
  return cut.replace(/\p{Cs}/gu, '');
}

function brokenContract(id: string, status: number, error: z.ZodError): GatewayError {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const what = plainWords(`${path === '' ? 'the answer' : path}: ${issue?.message ?? 'unexpected'}`, MAX_MESSAGE);
  return new GatewayError('platform_contract_broken', `${id} answered something else than it documents: ${what}`, {
    platform: { id, status },
    cause: error,
  });
}
