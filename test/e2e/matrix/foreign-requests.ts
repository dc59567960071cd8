import { publicId, recordId, type RecordKind } from '#contract';
import type { GatewayRoute } from '../gateway-routes.js';
import { type ApiDescription, exampleOf } from './example-of.js';

/** What somebody owns, or ids of the same form that nobody owns. */
export interface Belongings {
  readonly storeUuid: string;
  readonly eventUuid: string;
  /** A platform at which the owner has a client, and the caller has none. */
  readonly platform: string;
}

/** A request that names them. */
export interface ForeignRequest {
  readonly path: string;
  readonly body?: unknown;
  /**
   * What whoever may use the route is told: that there is no such thing; some refusal; or, of a route that takes no id,
   * nothing of theirs.
   */
  readonly told: 'notFound' | 'refused' | 'own';
}

const RECORDS: Readonly<Record<string, RecordKind>> = {
  orders: 'order',
  fulfillment: 'fulfillment',
  products: 'product',
  variant: 'variant',
  customers: 'customer',
  address: 'address',
  categories: 'category',
  coupons: 'coupon',
  'abandoned-carts': 'cart',
};

/** Routes whose requests follow from no rule. A new one is added here, or fits one of the rules below. */
const SPECIAL: Readonly<Record<string, (ids: Belongings) => readonly ForeignRequest[]>> = {
  'GET /v1/platforms': () => [{ path: '/v1/platforms', told: 'own' }],
  'GET /v1/platforms/:id': () => [{ path: '/v1/platforms/shopify', told: 'own' }],
  'GET /v1/platform-clients': () => [{ path: '/v1/platform-clients', told: 'own' }],
  'GET /v1/platform-clients/:platform': ({ platform }) => [
    { path: `/v1/platform-clients/${platform}`, told: 'notFound' },
  ],
  'DELETE /v1/platform-clients/:platform': ({ platform }) => [
    { path: `/v1/platform-clients/${platform}`, told: 'notFound' },
  ],
  // It makes the caller's own client, whoever else has one there: without the secret it makes none.
  'PUT /v1/platform-clients/:platform': ({ platform }) => [
    { path: `/v1/platform-clients/${platform}`, body: { clientId: 'mine now' }, told: 'refused' },
  ],
  // One's own, whoever asks; a body that is refused changes nothing of it.
  'GET /v1/branding': () => [{ path: '/v1/branding', told: 'own' }],
  'PUT /v1/branding': () => [{ path: '/v1/branding', body: { name: '' }, told: 'refused' }],
  // It would do what it says, to one's own: test/e2e/branding shows whose it does not touch.
  'DELETE /v1/branding': () => [],
  'GET /v1/stores': ({ storeUuid }) => [
    { path: '/v1/stores?limit=250', told: 'own' },
    { path: `/v1/stores?cursor=${publicId('store', storeUuid)}`, told: 'refused' },
  ],
  'POST /v1/stores': () => [{ path: '/v1/stores', body: { platform: 'none', credentials: {} }, told: 'refused' }],
  'GET /v1/events': ({ storeUuid, eventUuid }) => [
    { path: '/v1/events?limit=250', told: 'own' },
    { path: `/v1/events?store=${publicId('store', storeUuid)}`, told: 'notFound' },
    { path: `/v1/events?after=${publicId('event', eventUuid)}`, told: 'refused' },
  ],
  'POST /v1/authorization-sessions': ({ storeUuid }) => [
    {
      path: '/v1/authorization-sessions',
      body: { user: { id: 'u', name: 'x' }, storeId: publicId('store', storeUuid) },
      told: 'notFound',
    },
  ],
  'POST /v1/connect-sessions': ({ storeUuid }) => [
    { path: '/v1/connect-sessions', body: { storeId: publicId('store', storeUuid) }, told: 'notFound' },
  ],
};

/** What the description cannot say of a body: that one field of several must be there, or what a text is to look like. */
export const MORE: Readonly<Record<string, object>> = {
  'PATCH /v1/stores/:id': { externalId: 'mine now' },
  'POST /v1/orders': { lineItems: [{ name: 'A book', quantity: 1, unitPrice: { amount: '1.00', currency: 'EUR' } }] },
  'POST /v1/coupons': { code: 'MINE', kind: 'freeShipping' },
  'POST /v1/orders/:id/refunds': { amount: { amount: '1.00', currency: 'EUR' } },
  'POST /v1/orders/:id/returns': { lineItems: [{ lineItemId: '1', quantity: 1 }] },
  'POST /v1/products/:id/variants': { options: [{ name: 'Size', value: 'S' }] },
};

/**
 * The requests of a route that name what somebody owns.
 * @throws Error for a route that nobody has said of how it names something
 */
export function foreignRequests(
  { method, path }: GatewayRoute,
  ids: Belongings,
  description: ApiDescription,
): readonly ForeignRequest[] {
  const name = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  const special = SPECIAL[name];
  if (special !== undefined) return special(ids);
  const body = bodyOf(name, ids, description);
  const filled = path.replace(/:([a-z]+)/g, (_, parameter: string) => idFor(path, parameter, ids));
  if (path.includes(':')) return [{ path: filled, told: 'notFound', ...body }];
  const query = description.queryOf(method === 'HEAD' ? 'GET' : method, path);
  if (query.includes('store'))
    return [{ path: `${path}?store=${publicId('store', ids.storeUuid)}`, told: 'notFound', ...body }];
  if (JSON.stringify(body).includes(ids.storeUuid.replaceAll('-', ''))) return [{ path, told: 'notFound', ...body }];
  throw new Error(`${name}: nobody has said how it names what belongs to somebody`);
}

function idFor(path: string, parameter: string, { storeUuid }: Belongings): string {
  const [, resource = ''] = /^\/v1\/([a-z-]+)/.exec(path) ?? [];
  if (parameter === 'id' && resource === 'stores') return publicId('store', storeUuid);
  const kind = RECORDS[parameter === 'id' ? resource : parameter];
  if (kind === undefined) throw new Error(`${path}: nobody has said what its ${parameter} is`);
  return recordId(kind, storeUuid, '1');
}

function bodyOf(name: string, { storeUuid }: Belongings, description: ApiDescription): { readonly body?: unknown } {
  const [method = '', path = ''] = name.split(' ');
  const schema = description.bodyOf(method, path);
  if (schema === undefined) return {};
  const example = exampleOf(description.schemas, schema) as Readonly<Record<string, unknown>>;
  const variant = 'variantId' in example ? { variantId: recordId('variant', storeUuid, '1') } : {};
  return { body: { ...example, ...variant, ...MORE[name] } };
}
