import type { JsonValue } from '#contract';
import { type ArgumentProblem, invalidParameters, isEmailAddress, sentenceList } from '../argument-problems.js';
import type { RestError } from '../rest-error.js';
import { type Arguments, objectArgument, textArgument } from './arguments.js';

type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** What WordPress knows of an argument, the part of JSON Schema that WooCommerce's routes use. */
export interface ArgumentRule {
  readonly type: JsonType | readonly JsonType[];
  readonly enum?: readonly string[];
  readonly format?: 'email';
  readonly required?: boolean;
  readonly properties?: Readonly<Record<string, ArgumentRule>>;
  readonly items?: ArgumentRule;
}

export type ArgumentRules = Readonly<Record<string, ArgumentRule>>;

/** Missing ones are named first and alone, as WordPress does (recorded: webhook-create-missing-topic.json). */
export function argumentProblem(rules: ArgumentRules, values: Arguments): RestError | undefined {
  const entries = Object.entries(rules);
  const missing = entries.flatMap(([name, rule]) => (rule.required && isAbsent(values[name]) ? [name] : []));
  if (missing.length > 0) {
    const message = `Missing parameter(s): ${missing.join(', ')}`;
    return { status: 400, code: 'rest_missing_callback_param', message, data: { status: 400, params: missing } };
  }
  const problems = entries.flatMap(([name, rule]): [string, ArgumentProblem][] => {
    const value = values[name];
    const problem = isAbsent(value) ? undefined : problemOf(value, rule, name);
    return problem ? [[name, problem]] : [];
  });
  return invalidParameters(problems);
}

function isAbsent(value: JsonValue | undefined): value is undefined | null {
  return value === undefined || value === null;
}

function problemOf(value: JsonValue, rule: ArgumentRule, name: string): ArgumentProblem | undefined {
  const types: readonly JsonType[] = typeof rule.type === 'string' ? [rule.type] : rule.type;
  if (!types.some((type) => isOfType(value, type))) {
    const message = `${name} is not of type ${types.join(',')}.`;
    return { code: 'rest_invalid_type', message, data: { param: name } };
  }
  if (rule.enum && !rule.enum.includes(textArgument(value) ?? '')) {
    return { code: 'rest_not_in_enum', message: `${name} is not one of ${sentenceList(rule.enum)}.`, data: null };
  }
  if (rule.format === 'email' && typeof value === 'string' && !isEmailAddress(value)) {
    return { code: 'rest_invalid_email', message: 'Invalid email address.', data: null };
  }
  return innerProblem(value, rule, name);
}

function innerProblem(
  value: JsonValue,
  { properties, items }: ArgumentRule,
  name: string,
): ArgumentProblem | undefined {
  if (properties) {
    const object = objectArgument(value) ?? {};
    for (const [key, rule] of Object.entries(properties)) {
      const member = object[key];
      const problem = member === undefined ? undefined : problemOf(member, rule, `${name}[${key}]`);
      if (problem) return problem;
    }
  }
  if (!items || !Array.isArray(value)) return undefined;
  const members: readonly JsonValue[] = value;
  for (const [index, member] of members.entries()) {
    const problem = problemOf(member, items, `${name}[${index}]`);
    if (problem) return problem;
  }
  return undefined;
}

/** WordPress takes numbers and truth values written as text, and forms have nothing else. */
const IS_OF_TYPE: Readonly<Record<JsonType, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => isNumeric(value) && Number.isInteger(Number(value)),
  number: isNumeric,
  boolean: (value) =>
    typeof value === 'boolean' || ['true', 'false', '0', '1', ''].includes(textArgument(value)?.toLowerCase() ?? 'no'),
  object: (value) => value === '' || (typeof value === 'object' && value !== null),
  array: (value) => Array.isArray(value) || typeof value === 'string',
  null: (value) => value === null,
};

function isOfType(value: JsonValue, type: JsonType): boolean {
  return IS_OF_TYPE[type](value);
}

function isNumeric(value: JsonValue): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
  );
}
