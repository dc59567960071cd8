import { z } from 'zod';
import { decimal } from '#contract';
import { four, rfc2822 } from './amounts.js';
import { reading } from './oauth/scopes.js';
import { noContent, notFound, ok, RestFailure, type Answer, type Call, type Endpoint } from './rest/answer.js';
import { filterRows, type Fields } from './rest/filters.js';
import { v2List } from './rest/paging.js';
import { readV2 } from './rest/read-body.js';
import { json, type Rows } from './state/rows.js';

type Coupon = Rows['coupons'];

const amount = z.union([z.string(), z.number()]).transform((value, context) => {
  try {
    return four(decimal(value));
  } catch {
    context.addIssue('Not an amount.');
    return z.NEVER;
  }
});
const fields = {
  name: z.string().min(1).max(100),
  code: z.string().min(1).max(50),
  type: z.enum([
    'per_item_discount',
    'per_total_discount',
    'shipping_discount',
    'free_shipping',
    'percentage_discount',
    'promotion',
  ]),
  amount,
  applies_to: z.object({ entity: z.enum(['categories', 'products']), ids: z.array(z.number().int()) }),
};
const optional = {
  min_purchase: amount,
  expires: z.string(),
  enabled: z.boolean(),
  max_uses: z.number().int().min(0),
  max_uses_per_customer: z.number().int().min(0),
  restricted_to: json,
  shipping_methods: z.array(z.string()),
};
const createSchema = z.object({ ...fields, ...z.object(optional).partial().shape });
const updateSchema = z.object({ ...fields, ...optional }).partial();

const FIELDS: Fields<Coupon> = {
  id: ({ id }) => id,
  code: ({ code }) => code,
  name: ({ name }) => name,
  type: ({ type }) => type,
};

/** docs: V2 spells its filters `min_id`, `max_id` and `exclude_type`. */
function findCoupons({ data, query, now }: Call): readonly Coupon[] {
  const [low, high, not] = ['min_id', 'max_id', 'exclude_type'].map((name) => query.get(name));
  return filterRows(data.tables.coupons.all(), query, FIELDS, now).filter(
    ({ id, type }) =>
      (low == null || id >= Number(low)) && (high == null || id <= Number(high)) && (not == null || type !== not),
  );
}

function checkExpiry(expires: string | undefined): { readonly expires?: string } {
  if (expires === undefined || expires === '') return expires === undefined ? {} : { expires };
  const moment = Date.parse(expires);
  if (Number.isNaN(moment)) throw new RestFailure(400, "The field 'expires' is invalid.", { field: 'expires' });
  return { expires: rfc2822(moment) };
}

function refuseTaken({ data }: Call, code: string | undefined, self: number): void {
  const taken = data.tables.coupons.where((one) => one.code === code && one.id !== self);
  // The wording is believed, the status documented for values that must be unique.
  if (taken.length > 0)
    throw new RestFailure(409, 'The field "code" must be unique.', { conflict_reason: 'duplicate' });
}

function createCoupon(call: Call): Answer {
  const given = readV2(createSchema, call.body);
  refuseTaken(call, given.code, 0);
  const { coupons } = call.data.tables;
  const defaults = {
    ...{ min_purchase: four(0), expires: '', enabled: true, num_uses: 0, max_uses: 0, max_uses_per_customer: 0 },
    ...{ restricted_to: {}, shipping_methods: [], date_created: rfc2822(call.now) },
  };
  const coupon = { ...defaults, ...given, ...checkExpiry(given.expires), id: coupons.nextId() } as Coupon;
  return { status: 201, body: coupons.put(coupon) };
}

function updateCoupon(call: Call): Answer {
  const { coupons } = call.data.tables;
  const before = coupons.find(Number(call.params['id']));
  if (before === undefined) throw notFound();
  const given = readV2(updateSchema, call.body);
  if (given.code !== undefined) refuseTaken(call, given.code, before.id);
  return ok(coupons.put({ ...before, ...given, ...checkExpiry(given.expires) } as Coupon));
}

/** docs: without `id:in` every coupon goes; counted, so that a test can prove that nobody calls it. */
function deleteCoupons(call: Call): Answer {
  const { coupons } = call.data.tables;
  if (call.query.has('id:in')) {
    const gone = filterRows(coupons.all(), call.query, FIELDS, 0);
    coupons.remove((coupon) => gone.includes(coupon));
  } else {
    const { wipes } = call.data;
    wipes['DELETE /v2/coupons'] = (wipes['DELETE /v2/coupons'] ?? 0) + 1;
    coupons.remove(() => true);
  }
  return noContent;
}

const READ = reading('store_v2_marketing');
const WRITE = ['store_v2_marketing'];

/** V2 coupons. There is no resource that reads a single one. */
export const COUPON_ENDPOINTS: readonly Endpoint[] = [
  { method: 'GET', path: '/v2/coupons', scopes: READ, handle: (call) => v2List(findCoupons(call), call.query) },
  {
    method: 'GET',
    path: '/v2/coupons/count',
    scopes: READ,
    handle: (call) => ok({ count: findCoupons(call).length }),
  },
  { method: 'POST', path: '/v2/coupons', scopes: WRITE, handle: createCoupon },
  { method: 'PUT', path: '/v2/coupons/:id', scopes: WRITE, handle: updateCoupon },
  {
    method: 'DELETE',
    path: '/v2/coupons/:id',
    scopes: WRITE,
    handle({ data, params }) {
      if (data.tables.coupons.remove(({ id }) => id === Number(params['id'])) === 0) throw notFound();
      return noContent;
    },
  },
  { method: 'DELETE', path: '/v2/coupons', scopes: WRITE, handle: deleteCoupons },
];
