import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '#contract';
import { z } from 'zod';

/** The rule of one argument, or of a part of it, as the platform prints it. */
interface Rule {
  readonly type?: string | readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly format?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly items?: Rule | undefined;
  readonly properties?: Readonly<Record<string, Rule>> | undefined;
  readonly readonly?: boolean | undefined;
  readonly required?: boolean | undefined;
}
const rule: z.ZodType<Rule> = z.lazy((): z.ZodType<Rule> =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    format: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    items: rule.optional(),
    // A few are no schema at all, as the platform prints them.
    properties: z.record(z.string(), rule.catch({})).optional().catch(undefined),
    readonly: z.boolean().optional(),
    required: z.boolean().optional(),
  }),
);
type Arguments = Readonly<Record<string, Rule>>;
const endpoint = z.object({
  methods: z.array(z.string()),
  args: z.union([z.record(z.string(), rule), z.array(z.never()).transform(() => ({}))]).default({}),
});
const document = z.object({ routes: z.record(z.string(), z.object({ endpoints: z.array(endpoint) })) });

/** What the platform says of its routes: whole, or the committed part of it. */
export interface WooCommerceRoutes {
  readonly source: 'whole description' | 'committed extract';
  readonly routes: z.infer<typeof document>['routes'];
}

export const WHOLE_ROUTES = fileURLToPath(
  new URL('../../../shared/specs/woocommerce/wc-v3-10.5.0.routes.json', import.meta.url),
);
const EXTRACT = fileURLToPath(new URL('woocommerce-routes.json', import.meta.url));

/** @param whole the platform's own description, which lies beside the repository and not in it */
export function loadWooCommerceRoutes(whole = WHOLE_ROUTES): WooCommerceRoutes {
  const isThere = existsSync(whole);
  const { routes } = document.parse(JSON.parse(readFileSync(isThere ? whole : EXTRACT, 'utf8')));
  return { source: isThere ? 'whole description' : 'committed extract', routes };
}

/** One request, as it was sent. */
export interface SentRequest {
  readonly method: string;
  /** Behind the host, with its query. */
  readonly path: string;
  readonly body: string;
}

// Taken all the same, though the endpoint does not list them: recorded in refund-create-partial-line and
// order-delete-trash; `_fields` is WordPress's own, for every route.
const ALSO_KNOWN = [/^POST \S+\/orders\/\d+\/refunds line_items$/, /^DELETE \S+ force$/, /^GET \S+ _fields$/];

/**
 * What is wrong with a request to WooCommerce's API; undefined where it goes to another namespace, of which this
 * description says nothing.
 */
export function wooCommerceProblems(
  { routes }: WooCommerceRoutes,
  { method, path, body }: SentRequest,
): readonly string[] | undefined {
  const url = new URL(path, 'https://shop.invalid/');
  const route = /\/wp-json(\/wc\/v3\/.*)$/.exec(url.pathname)?.[1];
  if (route === undefined) return undefined;
  const called = `${method} ${route}`;
  const found = Object.entries(routes).find(([pattern]) => matches(pattern, route));
  if (found === undefined) return [`${called}: there is no such route`];
  const known = found[1].endpoints.find(({ methods }) => methods.includes(method))?.args;
  if (known === undefined) return [`${called}: the route does not take ${method}`];
  const parts = body === '' ? [] : partsOf(route, body);
  const own = [...queryOf(url, known), ...parts.flatMap((part) => Object.entries(part))];
  return [
    ...own.flatMap(([name, value]) => problemsOf(known, called, name, value)),
    ...missing(known, called, parts),
  ].map((problem) => `${called}: ${problem}`);
}

/** Query parameters as values: a list may be one text with commas, or numbered. */
function queryOf({ searchParams }: URL, known: Arguments): readonly (readonly [string, JsonValue])[] {
  return [...searchParams].map(([name, text]) => {
    const list = name.replace(/\[\d*\]$/, '');
    const rules: Rule = known[list] ?? {};
    return list === name ? [name, fromText(text, rules)] : [list, [fromText(text, rules.items ?? {})]];
  });
}

function matches(pattern: string, route: string): boolean {
  return new RegExp(`^${pattern.replaceAll('(?P<', '(?<')}$`).test(route);
}

type Body = Readonly<Record<string, JsonValue>>;
const anyBody = z.record(z.string(), z.json());

/** The arguments of a batch are those of each of its parts (fact sheet, 4.5). */
function partsOf(route: string, text: string): readonly Body[] {
  const body = anyBody.parse(JSON.parse(text));
  if (!route.endsWith('/batch')) return [body];
  return Object.values(body).flatMap((list) =>
    z.array(z.union([anyBody, z.number().transform(() => ({}))])).parse(list),
  );
}

function missing(known: Arguments, called: string, parts: readonly Body[]): readonly string[] {
  if (!called.startsWith('POST ') || called.endsWith('/batch')) return [];
  const required = Object.keys(known).filter((name) => known[name]?.required === true);
  return required.filter((name) => !parts.some((part) => name in part)).map((name) => `${name} is missing`);
}

function problemsOf(known: Arguments, called: string, name: string, value: JsonValue): readonly string[] {
  if (ALSO_KNOWN.some((pattern) => pattern.test(`${called} ${name}`))) return [];
  const rules = known[name];
  return rules === undefined ? [`${name} is unknown`] : valueProblems(value, rules, name);
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

function valueProblems(value: JsonValue, rules: Rule, path: string): readonly string[] {
  const wrong = ownProblem(value, rules);
  if (wrong !== undefined) return [`${path} ${wrong}`];
  if (Array.isArray(value))
    return value.flatMap((item: JsonValue, index) => valueProblems(item, rules.items ?? {}, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null || rules.properties === undefined) return [];
  return Object.entries(value as Body).flatMap(([name, part]) => {
    const own = rules.properties?.[name];
    // A telephone of the shipping address is part of every answer and can be written (fact sheet, 5.2).
    if (own === undefined) return name === 'phone' ? [] : [`${path}.${name} is unknown`];
    // Refunds and updates name a line by its id, which only the platform gives.
    if (own.readonly === true && name !== 'id') return [`${path}.${name} is read-only`];
    return valueProblems(part, own, `${path}.${name}`);
  });
}

function ownProblem(value: JsonValue, rules: Rule): string | undefined {
  const types = typesOf(rules);
  if (types.length > 0 && !types.some((type) => FITS[type]?.(value))) return `is no ${types.join(' or ')}`;
  if (rules.enum !== undefined && !rules.enum.includes(value)) return `is none of ${rules.enum.join(', ')}`;
  if (rules.format === 'date-time' && !isTime(value)) return 'is no time';
  const { minimum = -Infinity, maximum = Infinity } = rules;
  const isWithin = typeof value !== 'number' || (value >= minimum && value <= maximum);
  return isWithin ? undefined : `is not within ${minimum}..${maximum}`;
}

function isTime(value: JsonValue): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function typesOf({ type }: Rule): readonly string[] {
  return type === undefined ? [] : [type].flat();
}

function fromText(text: string, rules: Rule): JsonValue {
  const types = typesOf(rules);
  if (types.includes('integer') && /^\d+$/.test(text)) return Number(text);
  if (types.includes('boolean') && /^(?:true|false)$/.test(text)) return text === 'true';
  if (types.includes('array')) return text.split(',').map((item) => fromText(item, rules.items ?? {}));
  return text;
}
