import type { RecordedRequest, ReplayTarget } from '#contract';
import { z } from 'zod';

/** A variable as far as it may hold an id: itself, or as an identifier object does. */
const idInside = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).catch('');

const graphqlRequest = z.object({
  query: z.string().max(100_000),
  variables: z.record(z.string(), idInside).nullish().catch(null),
  operationName: z.string().nullish(),
});

const OPERATIONS: ReadonlyMap<string, ReplayTarget['operation']> = new Map([
  ['shop', 'shop.get'],
  ['orders', 'orders.list'],
  ['order', 'orders.get'],
  ['orderByIdentifier', 'orders.get'],
]);

const NOISE = /#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/g;
const SPREADS_AND_DIRECTIVES = /\.\.\.\s*(?:on\s+)?\w*|@\s*\w+/g;
const ORDER_ID = /gid:\/\/shopify\/Order\/\d+/;

/** Pure. The operation a recorded GraphQL request belongs to, by the first field of its query that we know. */
export function recognize({ method, url, body }: RecordedRequest): ReplayTarget | undefined {
  if (method.toUpperCase() !== 'POST' || !url.pathname.endsWith('/graphql.json')) return undefined;
  const request = graphqlRequest.safeParse(typeof body === 'string' ? parsed(body) : body);
  if (!request.success) return undefined;
  const { query, variables, operationName } = request.data;
  const operation = queriedFields(query, operationName ?? undefined)
    .map((field) => OPERATIONS.get(field))
    .find((known) => known !== undefined);
  if (operation !== 'orders.get') return operation === undefined ? undefined : { operation };
  // As a variable or written into the query: an order's global id looks like nothing else.
  const platformId = ORDER_ID.exec([...Object.values(variables ?? {}), query].join(' '))?.[0];
  return platformId === undefined ? undefined : { operation, platformId };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fields right below the named query, or below the first one; none for a mutation. */
function queriedFields(document: string, name: string | undefined): readonly string[] {
  for (const { head, fields } of definitionsOf(document.replace(NOISE, ' '))) {
    const [kind = 'query', called] = head.match(/\w+/g) ?? [];
    if (kind === 'fragment' || (name !== undefined && called !== name)) continue;
    if (kind !== 'query') return [];
    // A word before a colon is an alias; the field's own name follows it.
    return fields.replace(SPREADS_AND_DIRECTIVES, ' ').match(/\b\w+\b(?!\s*:)/g) ?? [];
  }
  return [];
}

/** Splits a document into what stands before each outermost selection and what stands directly in it. */
function definitionsOf(document: string): readonly { readonly head: string; readonly fields: string }[] {
  const definitions: { readonly head: string; readonly fields: string }[] = [];
  let [head, fields, braces, parentheses] = ['', '', 0, 0];
  for (const piece of document.match(/[{}()]|[^{}()]+/g) ?? []) {
    if (piece === '(') parentheses += 1;
    else if (piece === ')') parentheses -= 1;
    else if (parentheses > 0) continue;
    else if (piece === '{') braces += 1;
    else if (piece === '}') braces -= 1;
    else if (braces === 0) head += piece;
    else if (braces === 1) fields += ` ${piece}`;
    if (piece !== '}' || braces !== 0) continue;
    definitions.push({ head, fields });
    [head, fields] = ['', ''];
  }
  return definitions;
}
