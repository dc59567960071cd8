import type { RawCall } from '#contract';

const ID = /^(?:[1-9]\d*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** By which records are named in a query; other filters fit more than a caller may have seen. */
const NAMES = /^(?:id|category_id|category_uuid|location_id|product_id|variant_id):in$/;

/**
 * Why a caller's own call is not made: without an id `DELETE v2/orders` archives every order and `v2/coupons` deletes every
 * coupon, and filters of V3 fit many (orders.v2.oas2.yml, marketing.v2.yml, products_catalog.v3.yml).
 */
export function refusedCall({ method, path, query }: RawCall): string | undefined {
  if (method.toUpperCase() !== 'DELETE') return undefined;
  const steps = path.replace(/(?:\.json)?\/*$/, '').split('/');
  if (ID.test(steps.at(-1) ?? '')) return undefined;
  const named = Object.entries(query).filter(([name]) => NAMES.test(name));
  const byFilter = steps[0] === 'v3' || steps.join('/') === 'v2/coupons';
  const isNamed =
    named.length > 0 &&
    named.every(([, ids]) =>
      String(ids)
        .split(',')
        .every((one) => ID.test(one)),
    );
  return byFilter && isNamed
    ? undefined
    : 'A DELETE must name by their ids what it deletes: this one could empty a collection.';
}
