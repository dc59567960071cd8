import type { JsonValue } from '#contract';
import { type PhpArray, textOf } from '../php-query.js';

export type JsonObject = Readonly<Record<string, JsonValue>>;

/** The names of `_fields`; undefined = all of them. */
export function askedFields(query: PhpArray): readonly string[] | undefined {
  const raw = query.get('_fields');
  const names = raw instanceof Map ? [...raw.values()].map(String) : (textOf(query, '_fields') ?? '').split(/[\s,]+/);
  const asked = names.map((name) => name.trim()).filter((name) => name !== '');
  return asked.length === 0 ? undefined : asked;
}

/** Orders and refunds: only whole members; `line_items.sku` drops the lines (recorded: orders-list-fields.json). */
export function keepMembers(body: JsonObject, asked: readonly string[] | undefined): JsonObject {
  if (asked === undefined) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => asked.includes(name)));
}

/** Everything else: `environment.version` keeps the path (recorded: consent-6-first-call-with-issued-key.json). */
export function keepPaths(body: JsonValue, asked: readonly string[] | undefined): JsonValue {
  if (asked === undefined) return body;
  if (isList(body)) return body.map((item) => keepPaths(item, asked));
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, JsonValue][] => {
      if (asked.includes(name)) return [[name, value]];
      const inner = asked.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
      return inner.length === 0 ? [] : [[name, keepPaths(value, inner)]];
    }),
  );
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
