import { Big } from '#contract';
import type { JsonValue } from '#contract';

/** Arguments of a request after WordPress read them from body and query. */
export type Arguments = Readonly<Record<string, JsonValue>>;

/** A value as PHP turns it into text; undefined for what is absent or null. */
export function textArgument(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '';
  return undefined;
}

/** The same with what counts when it is absent or null. */
export function textOr(value: JsonValue | undefined, fallback: string): string {
  return textArgument(value) ?? fallback;
}

/** A whole number, `0` for text that is none, as PHP casts. */
export function wholeArgument(value: JsonValue | undefined): number | undefined {
  const text = textArgument(value);
  if (text === undefined) return undefined;
  const number = Number.parseInt(text, 10);
  return Number.isSafeInteger(number) ? number : 0;
}

/** An amount; undefined when absent, zero for text that is none, as PHP casts. */
export function amountArgument(value: JsonValue | undefined): Big | undefined {
  const text = textArgument(value)?.trim();
  if (text === undefined || text === '') return undefined;
  const number = /^[+-]?\d{1,15}(?:\.\d{0,20})?/.exec(text);
  return number ? new Big(number[0].replace(/\.$/, '').replace(/^\+/, '')) : new Big(0);
}

export function truthArgument(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return !['', '0', 'false'].includes(value.toLowerCase());
  return value === true || (typeof value === 'number' && value !== 0);
}

/** The members that are objects; anything else is left out. */
export function objectList(value: JsonValue | undefined): readonly Arguments[] {
  if (value === undefined || value === null || typeof value !== 'object') return [];
  const members: readonly JsonValue[] = Array.isArray(value) ? value : Object.values(value);
  return members.flatMap((member) => {
    const object = objectArgument(member);
    return object ? [object] : [];
  });
}

export function objectArgument(value: JsonValue | undefined): Arguments | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}
