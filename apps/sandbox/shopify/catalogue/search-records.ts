import type { GraphQLResolveInfo } from 'graphql';
import { graphqlFailure } from '../graphql/graphql-failure.js';
import type { RequestContext } from '../graphql/request-context.js';
import { readStretch } from '../graphql/search-moment.js';
import {
  parseSearch,
  printSearch,
  type SearchNode,
  type SearchTerm,
  type SearchWarning,
} from '../graphql/search-syntax.js';

type Test<Item> = (item: Item) => boolean;

/** How one search field finds records. */
export type SearchField<Item> = (term: SearchTerm, context: RequestContext) => Test<Item>;

/** The search fields of a resource by name; `default` is for bare words. */
export type SearchFields<Item> = Readonly<Record<string, SearchField<Item>>>;

const COMPARISONS: Readonly<Record<SearchTerm['comparator'], (own: number, from: number, to: number) => boolean>> = {
  is: (own, from, to) => own >= from && own < to,
  '>=': (own, from) => own >= from,
  '>': (own, _from, to) => own >= to,
  '<': (own, from) => own < from,
  '<=': (own, _from, to) => own < to,
};

/** A field holding a moment. @param granularity milliseconds a moment is rounded down to before it is compared */
export function momentField<Item>(of: (item: Item) => number | null, granularity = 1): SearchField<Item> {
  return ({ value, comparator }, { shop, now }) => {
    const stretch = readStretch(value, shop.timezone, now);
    if (stretch === undefined) return () => false;
    const from = Math.floor(stretch.from / granularity) * granularity;
    const to = granularity === 1 ? stretch.to : Math.max(stretch.to, from + granularity);
    return (item) => COMPARISONS[comparator](of(item) ?? Number.NaN, from, to);
  };
}

/** A field holding a whole number. */
export function numberField<Item>(of: (item: Item) => readonly number[]): SearchField<Item> {
  return ({ value, comparator }) => {
    const wanted = Number(value);
    const to = wanted + Number.EPSILON * Math.max(1, Math.abs(wanted));
    return (item) => of(item).some((own) => COMPARISONS[comparator](own, wanted, to));
  };
}

function matchesText(own: string, { value, quoted }: SearchTerm): boolean {
  const [text, wanted] = [own.toLowerCase(), value.toLowerCase()];
  if (!quoted && wanted === '*') return text !== '';
  if (!quoted && wanted.endsWith('*')) return text.startsWith(wanted.slice(0, -1));
  return text === wanted;
}

/** A field holding texts that are compared whole. */
export function exactField<Item>(of: (item: Item) => readonly (string | null)[]): SearchField<Item> {
  return (term) => (item) => of(item).some((own) => own !== null && matchesText(own, term));
}

/** A field with a few values, several of which may be asked for: `status:active,draft`. */
export function choiceField<Item>(of: (item: Item) => readonly string[]): SearchField<Item> {
  return ({ value }) => {
    const wanted = value.toLowerCase().split(',');
    return (item) => of(item).some((own) => wanted.includes(own.toLowerCase()));
  };
}

const tokens = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** A field whose words are found one by one, the last by its beginning: more than what was asked for may match. */
export function wordsField<Item>(of: (item: Item) => readonly (string | null)[]): SearchField<Item> {
  return ({ value }) => {
    const wanted = tokens(value);
    return (item) =>
      of(item).some((own) => {
        const words = tokens(own ?? '');
        const [last, ...whole] = [...wanted].reverse();
        if (last === undefined) return value === '*' && words.length > 0;
        return whole.every((one) => words.includes(one)) && words.some((word) => word.startsWith(last));
      });
  };
}

/** Documented fields the sandbox does not search by: an honest failure instead of a wrong answer. @param names apart by spaces */
export function notSimulated(what: string, names: string): Readonly<Record<string, SearchField<unknown>>> {
  const refuse =
    (name: string): SearchField<unknown> =>
    () => {
      throw graphqlFailure('INTERNAL_SERVER_ERROR', `The sandbox does not search ${what} by ${name}.`);
    };
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, refuse(name)]));
}

/** A field whose values must not be among a record's. */
export function notField<Item>(of: (item: Item) => readonly (string | null)[]): SearchField<Item> {
  return (term, context) => {
    const has = exactField(of)(term, context);
    return (item) => !has(item);
  };
}

interface Setting<Item> {
  readonly fields: SearchFields<Item>;
  readonly context: RequestContext;
  readonly warnings: SearchWarning[];
}

function termTest<Item>(term: SearchTerm, { fields, context, warnings }: Setting<Item>): Test<Item> {
  const { field, value, comparator, quoted } = term;
  // Reported: a comparison with nothing is an internal error at Shopify.
  if (value === '' && !quoted && comparator !== 'is') throw graphqlFailure('INTERNAL_SERVER_ERROR', 'Internal error.');
  const make = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (make !== undefined) return make(term, context);
  // recorded: an unknown field does not fail; its term is left out and a warning tells.
  warnings.push({ field, message: 'Invalid search field for this query.', code: 'invalid_field' });
  return () => true;
}

function compile<Item>(node: SearchNode, setting: Setting<Item>): Test<Item> {
  if (node.kind === 'term') return termTest(node, setting);
  if (node.kind === 'not') {
    const before = setting.warnings.length;
    const inner = compile(node.term, setting);
    return setting.warnings.length > before ? () => true : (item) => !inner(item);
  }
  const tests = node.terms.map((term) => compile(term, setting));
  return (item) => (node.kind === 'and' ? tests.every((test) => test(item)) : tests.some((test) => test(item)));
}

/** The records a `query` argument finds; its warnings go into the answer. */
export function searched<Item>(
  items: readonly Item[],
  query: string | null | undefined,
  fields: SearchFields<Item>,
  context: RequestContext,
  info: GraphQLResolveInfo,
): readonly Item[] {
  const node = query ? parseSearch(query) : undefined;
  if (node === undefined || !query) return items;
  const warnings: SearchWarning[] = [];
  const matches = compile(node, { fields, context, warnings });
  const parsed = printSearch(node, ({ value }) => value);
  if (warnings.length > 0) context.searches.push({ path: [info.path.key], query, parsed, warnings });
  return items.filter(matches);
}

/** `Count`. */
export function countView(count: number, limit?: number | null) {
  const most = limit ?? Number.POSITIVE_INFINITY;
  return count > most ? { count: most, precision: 'AT_LEAST' } : { count, precision: 'EXACT' };
}
