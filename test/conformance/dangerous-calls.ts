import type { SentRequest } from './schema.woocommerce.js';

/**
 * What must never be sent, whatever a description allows: a deletion of everything there is.
 * @returns why the request is such a one; undefined where it is not
 */
export function dangerOf(platform: string, request: SentRequest): string | undefined {
  if (request.method !== 'DELETE') return undefined;
  const { pathname, searchParams } = new URL(request.path, 'https://shop.invalid/');
  const steps = pathname.split('/').slice(1);
  // As an address is written: blanks and braces are escaped in it.
  const isGap = steps.some((step) => /^(?:(?:%20)*|undefined|null|NaN|\[object%20Object\]|(?::|%7B).*)$/.test(step));
  const why = isGap ? 'a part of the path is missing' : OWN_RULES[platform]?.(steps, searchParams);
  return why === undefined ? undefined : `DELETE ${pathname} may delete everything: ${why}`;
}

type Rule = (steps: readonly string[], query: URLSearchParams) => string | undefined;

/** Of platforms on which a collection can be deleted. */
const OWN_RULES: Readonly<Record<string, Rule>> = {
  // Without an id `DELETE /v2/orders` archives all orders and `/v2/coupons` deletes all coupons; `/v3/catalog/products`
  // and `/v3/catalog/trees/categories` take filters that fit many (fact sheet, d.2, d.6, d.10, (g) 9).
  bigcommerce: (steps, query) => {
    if (isId(steps.at(-1) ?? '')) return undefined;
    if (!isDeletedByFilter(steps)) return 'the path does not end in an id';
    const named = [...query].filter(([name]) => NAMES_ITSELF.test(name));
    if (named.length === 0) return 'no filter names the records by their ids';
    const isNamed = named.every(([, ids]) => ids.split(',').every(isId));
    return isNamed ? undefined : 'a filter has something that is no id';
  },
};

/** Filters by something else, such as `tree_id:in`, fit more than the caller has seen. */
const NAMES_ITSELF = /^(?:id|category_id|category_uuid|location_id|product_id|variant_id):in$/;

/** Of V2 only coupons. */
const isDeletedByFilter = (steps: readonly string[]): boolean =>
  steps.includes('v3') || steps.slice(-2).join('/') === 'v2/coupons';

const isId = (text: string): boolean => /^(?:[1-9]\d*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(text);
