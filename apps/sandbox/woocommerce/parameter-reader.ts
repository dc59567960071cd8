import type { JsonValue } from '#contract';
import { type ArgumentProblem, invalidParameters, isEmailAddress, sentenceList } from './argument-problems.js';
import { type DateParameter, parseDateParameter } from './date-filter.js';
import type { PhpArray, PhpValue } from '../php-query.js';
import type { RestError } from './rest-error.js';

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Reads query parameters with WordPress' rules and collects what is wrong with them, so that one answer names them all.
 * Each accepted value is written back into {@link sanitized} in WordPress' form, because the paging links repeat it:
 * `true` becomes `1`, a comma-separated list becomes `name[0]=…`.
 */
export class ParameterReader {
  readonly sanitized: PhpArray;
  readonly #problems = new Map<string, ArgumentProblem>();

  constructor(query: PhpArray) {
    this.sanitized = new Map(query);
  }

  has(name: string): boolean {
    return this.sanitized.has(name);
  }

  /** Undefined when absent or wrong; a wrong one shows up in {@link problem}. */
  integer(name: string, bounds: Bounds = {}): number | undefined {
    const raw = this.sanitized.get(name);
    if (raw === undefined) return undefined;
    const value = typeof raw === 'string' ? wholeNumber(raw) : undefined;
    if (value === undefined) {
      this.#refuseType(name, 'integer');
      return undefined;
    }
    const outside = outsideMessage(name, value, bounds);
    if (outside !== undefined) {
      this.#refuse(name, 'rest_out_of_bounds', outside);
      return undefined;
    }
    this.sanitized.set(name, String(value));
    return value;
  }

  boolean(name: string): boolean {
    const raw = this.sanitized.get(name);
    if (raw === undefined) return false;
    const word = typeof raw === 'string' ? raw.toLowerCase() : '';
    if (!['true', 'false', '1', '0'].includes(word)) {
      this.#refuseType(name, 'boolean');
      return false;
    }
    const value = word === 'true' || word === '1';
    this.sanitized.set(name, value ? '1' : '');
    return value;
  }

  text(name: string): string | undefined {
    const raw = this.sanitized.get(name);
    if (raw === undefined || typeof raw === 'string') return raw;
    this.#refuseType(name, 'string');
    return undefined;
  }

  email(name: string): string | undefined {
    const raw = this.text(name);
    if (raw === undefined || isEmailAddress(raw)) return raw;
    this.#refuse(name, 'rest_invalid_email', 'Invalid email address.');
    return undefined;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const raw = this.text(name);
    if (raw === undefined) return fallback;
    const value = allowed.find((word) => word === raw);
    if (value === undefined) this.#refuse(name, 'rest_not_in_enum', `${name} is not one of ${sentenceList(allowed)}.`);
    return value ?? fallback;
  }

  date(name: string): DateParameter | undefined {
    const raw = this.text(name);
    if (raw === undefined) return undefined;
    const date = parseDateParameter(raw);
    if (date === undefined) this.#refuse(name, 'rest_invalid_date', 'Invalid date.');
    return date;
  }

  integers(name: string): readonly number[] {
    const words = this.#list(name);
    const values = words.map(wholeNumber);
    const wrong = values.indexOf(undefined);
    if (wrong !== -1) {
      const label = `${name}[${wrong}]`;
      const message = `${label} is not of type integer.`;
      this.#refuse(name, 'rest_invalid_type', message, { param: label });
      return [];
    }
    const numbers = values.flatMap((value) => (value === undefined ? [] : [Math.abs(value)]));
    this.#writeList(name, numbers.map(String));
    return numbers;
  }

  words(name: string, allowed?: readonly string[]): readonly string[] {
    const words = this.#list(name);
    const wrong = allowed === undefined ? -1 : words.findIndex((word) => !allowed.includes(word));
    if (allowed !== undefined && wrong !== -1) {
      const message = `${name}[${wrong}] is not one of ${sentenceList(allowed)}.`;
      this.#refuse(name, 'rest_not_in_enum', message);
      return [];
    }
    this.#writeList(name, words);
    return words;
  }

  /** Undefined when every parameter read so far was acceptable. */
  problem(): RestError | undefined {
    return invalidParameters(this.#problems);
  }

  #list(name: string): string[] {
    const raw = this.sanitized.get(name);
    if (raw === undefined) return [];
    if (typeof raw === 'string') return raw.split(/[\s,]+/).filter((word) => word !== '');
    return [...raw.values()].map((value: PhpValue) => (typeof value === 'string' ? value : ''));
  }

  #writeList(name: string, values: readonly string[]): void {
    if (!this.sanitized.has(name)) return;
    this.sanitized.set(name, new Map(values.map((value, index) => [String(index), value])));
  }

  #refuseType(name: string, type: string): void {
    this.#refuse(name, 'rest_invalid_type', `${name} is not of type ${type}.`, { param: name });
  }

  #refuse(name: string, code: string, message: string, data: JsonValue = null): void {
    if (!this.#problems.has(name)) this.#problems.set(name, { code, message, data });
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\s*[+-]?\d{1,15}(\.0*)?\s*$/.test(text) ? Math.trunc(Number(text)) : undefined;
}

function outsideMessage(name: string, value: number, { minimum, maximum }: Bounds): string | undefined {
  const low = minimum !== undefined && value < minimum;
  const high = maximum !== undefined && value > maximum;
  if (!low && !high) return undefined;
  if (minimum !== undefined && maximum !== undefined) {
    return `${name} must be between ${minimum} (inclusive) and ${maximum} (inclusive)`;
  }
  return low
    ? `${name} must be greater than or equal to ${minimum}`
    : `${name} must be less than or equal to ${maximum}`;
}
