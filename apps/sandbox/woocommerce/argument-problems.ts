import type { JsonValue } from '#contract';
import type { RestError } from './rest-error.js';

/** What WordPress finds wrong with one argument. */
export interface ArgumentProblem {
  readonly code: string;
  readonly message: string;
  readonly data: JsonValue;
}

/** One answer names them all (recorded: captures/woocommerce/err-400-*.json); undefined when there are none. */
export function invalidParameters(problems: Iterable<readonly [name: string, ArgumentProblem]>): RestError | undefined {
  const entries = [...problems];
  if (entries.length === 0) return undefined;
  return {
    status: 400,
    code: 'rest_invalid_param',
    message: `Invalid parameter(s): ${entries.map(([name]) => name).join(', ')}`,
    data: {
      status: 400,
      params: Object.fromEntries(entries.map(([name, { message }]) => [name, message])),
      details: Object.fromEntries(entries.map(([name, problem]) => [name, { ...problem }])),
    },
  };
}

export function isEmailAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}

/** WordPress' English list: `a and b`, `a, b, and c`. */
export function sentenceList(words: readonly string[]): string {
  if (words.length < 3) return words.join(' and ');
  return `${words.slice(0, -1).join(', ')}, and ${words.at(-1) ?? ''}`;
}
