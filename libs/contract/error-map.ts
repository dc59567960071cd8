import type { PlatformErrorCode } from './errors.js';

/** One problem the platform names in a body. */
export interface PlatformProblem {
  readonly code?: string;
  readonly message?: string;
  /** The part of the request it is about, where the platform says. */
  readonly field?: string;
}

/** First match wins; every condition given must hold. */
export interface ErrorRule {
  readonly status?: number | readonly number[];
  readonly code?: string | RegExp;
  readonly message?: RegExp;
  /** Whether the body was a page for people where data was expected. */
  readonly html?: boolean;
  readonly as: PlatformErrorCode;
}

export interface ErrorMap {
  /** Finds the problems in any body, also that of a 200. Total: an unknown body has no problems, never a throw. */
  readonly problems: (body: unknown) => readonly PlatformProblem[];
  readonly rules: readonly ErrorRule[];
}

export interface FailedAnswer {
  readonly status: number;
  readonly html: boolean;
  readonly body: unknown;
}

const BY_STATUS: Readonly<Record<number, PlatformErrorCode>> = {
  401: 'credential_expired',
  402: 'store_closed',
  403: 'platform_scope_missing',
  404: 'not_found',
  408: 'platform_timeout',
  409: 'conflict',
  429: 'platform_rate_limited',
  504: 'platform_timeout',
};

/** The one code for a failed answer: the connector's rules first, because platforms lie with statuses, then the status. */
export function classify(map: ErrorMap, answer: FailedAnswer): PlatformErrorCode {
  const problems = map.problems(answer.body);
  const rule = map.rules.find((candidate) => matches(candidate, answer, problems));
  if (rule !== undefined) return rule.as;
  if (answer.html) return answer.status >= 500 ? 'platform_unavailable' : 'platform_blocked';
  if (answer.status < 400) return answer.status < 300 ? 'request_rejected' : 'platform_contract_broken';
  return BY_STATUS[answer.status] ?? (answer.status >= 500 ? 'platform_unavailable' : 'request_rejected');
}

function matches(rule: ErrorRule, answer: FailedAnswer, problems: readonly PlatformProblem[]): boolean {
  const statuses = rule.status === undefined ? undefined : [rule.status].flat();
  return (
    (statuses === undefined || statuses.includes(answer.status)) &&
    (rule.html === undefined || rule.html === answer.html) &&
    (rule.code === undefined || problems.some((problem) => isCode(rule.code, problem.code))) &&
    (rule.message === undefined || problems.some((problem) => rule.message?.test(problem.message ?? '') === true))
  );
}

function isCode(wanted: string | RegExp | undefined, code: string | undefined): boolean {
  return wanted instanceof RegExp ? wanted.test(code ?? '') : wanted === code;
}
