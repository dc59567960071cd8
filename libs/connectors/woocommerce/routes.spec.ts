import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '#contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

// The arguments of every route as WooCommerce 10.5 itself names them; kept beside the repository, not in it.
const routesFile = new URL('../../../../shared/specs/woocommerce/wc-v3-10.5.0.routes.json', import.meta.url);
const isThere = existsSync(fileURLToPath(routesFile));

interface Rule {
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly items?: Rule | undefined;
  readonly properties?: Readonly<Record<string, Rule>> | undefined;
  readonly readonly?: boolean | undefined;
}
const rule: z.ZodType<Rule> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    items: rule.optional(),
    // A few are no schema at all, as the platform prints them.
    properties: z.record(z.string(), z.union([rule, z.unknown().transform(() => ({}))])).optional(),
    readonly: z.boolean().optional(),
  }),
);
const endpoint = z.object({
  methods: z.array(z.string()),
  args: z.union([z.record(z.string(), rule), z.array(z.never()).transform(() => ({}))]).default({}),
});
const document = z.object({ routes: z.record(z.string(), z.object({ endpoints: z.array(endpoint) })) });

// Not among the arguments and taken all the same: recorded in refund-create-partial-line, and for `force` of an order in
// order-delete-trash.
const RECORDED = new Set(['POST line_items', 'DELETE force', 'GET _fields']);

function typesOf({ type }: Rule): readonly string[] {
  return type === undefined ? [] : [type].flat();
}

const FITS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  null: (value) => value === null,
};

/** What is wrong with a value, by its path. */
function problems(value: JsonValue, rules: Rule, path: string): readonly string[] {
  const types = typesOf(rules);
  if (types.length > 0 && !types.some((type) => FITS[type]?.(value))) return [`${path} is no ${types.join(' or ')}`];
  if (rules.enum !== undefined && !rules.enum.includes(value)) return [`${path} is none of ${rules.enum.join(', ')}`];
  if (Array.isArray(value))
    return value.flatMap((item: JsonValue, index) => problems(item, rules.items ?? {}, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null || rules.properties === undefined) return [];
  return Object.entries(value as Readonly<Record<string, JsonValue>>).flatMap(([name, part]) => {
    const own = rules.properties?.[name];
    // A telephone of the shipping address is part of every answer and can be written (fact sheet, 5.2).
    if (own === undefined) return name === 'phone' ? [] : [`${path}.${name} is unknown`];
    // Refunds and updates name a line by its id, which only the platform gives.
    if (own.readonly === true && name !== 'id') return [`${path}.${name} is read-only`];
    return problems(part, own, `${path}.${name}`);
  });
}

/** Query parameters are text; a list is one with commas, or numbered. */
function fromText(text: string, rules: Rule): JsonValue {
  const types = typesOf(rules);
  if (types.includes('integer') && /^\d+$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  if (types.includes('array')) return text.split(',').map((item) => fromText(item, rules.items ?? {}));
  return text;
}

/** The arguments of a batch are those of each of its parts (fact sheet, 4.5). */
function argumentsIn(path: string, body: Readonly<Record<string, JsonValue>>): readonly [string, JsonValue][] {
  if (!path.endsWith('/batch')) return Object.entries(body);
  const parts = z.array(z.record(z.string(), z.json()));
  return Object.values(body).flatMap((list) => parts.parse(list).flatMap((part) => Object.entries(part)));
}

const call = z.object({ request: z.object({ method: z.string(), url: z.url(), body: z.json() }) });
const write = z.object({ calls: z.array(call) });

const folder = new URL('__fixtures__/', import.meta.url);
const names = readdirSync(fileURLToPath(folder)).filter((name) => name.startsWith('write-'));

describe.skipIf(!isThere)('what is sent', () => {
  const { routes } = isThere ? document.parse(JSON.parse(readFileSync(routesFile, 'utf8'))) : { routes: {} };

  function argumentsOf(method: string, path: string): Readonly<Record<string, Rule>> | undefined {
    const found = Object.entries(routes).find(([route]) =>
      new RegExp(`^/wp-json${route.replaceAll('(?P<', '(?<')}$`).test(path),
    );
    return found?.[1].endpoints.find(({ methods }) => methods.includes(method))?.args;
  }

  it.each(names)('%s has only arguments that the platform knows, as it wants them', (name) => {
    const { calls } = write.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    for (const { request } of calls) {
      const { method, body } = request;
      const url = new URL(request.url);
      const known = argumentsOf(method, url.pathname);
      expect({ [`${method} ${url.pathname}`]: known !== undefined }).toEqual({ [`${method} ${url.pathname}`]: true });
      const check = (argument: string, value: (rules: Rule) => JsonValue): readonly string[] => {
        if (RECORDED.has(`${method} ${argument}`)) return [];
        const rules = known?.[argument];
        return rules === undefined ? [`${argument} is unknown`] : problems(value(rules), rules, argument);
      };
      const query = [...url.searchParams].flatMap(([argument, text]) =>
        check(argument.replace(/\[\d+\]$/, ''), (rules) => fromText(text, rules)),
      );
      const sent = argumentsIn(url.pathname, (body ?? {}) as Readonly<Record<string, JsonValue>>);
      expect([...query, ...sent.flatMap(([argument, value]) => check(argument, () => value))]).toEqual([]);
    }
  });
});
