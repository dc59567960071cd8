import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShopify, USD_SHOP, type RunningShopify } from '../testing/running-shopify.js';

let running: RunningShopify;
beforeAll(async () => void (running = await startShopify()));
afterAll(() => running.sandbox.close());

const ID = 'gid://shopify/Product/1';
const ERRORS = 'userErrors { field message }';
/** What each scope opens. */
const AREAS = [
  ['read_products', 'products', '{ products(first: 1) { nodes { id } } }'],
  ['read_products', 'productVariants', '{ productVariants(first: 1) { nodes { id } } }'],
  ['read_products', 'collections', '{ collections(first: 1) { nodes { id } } }'],
  ['write_products', 'productCreate', `mutation { productCreate(product: { title: "A" }) { ${ERRORS} } }`],
  ['write_products', 'productSet', `mutation { productSet(input: { title: "A" }) { ${ERRORS} } }`],
  ['write_products', 'productDelete', `mutation { productDelete(input: { id: "${ID}" }) { ${ERRORS} } }`],
  ['write_products', 'collectionCreate', `mutation { collectionCreate(collection: { title: "A" }) { ${ERRORS} } }`],
  ['read_inventory', 'inventoryItems', '{ inventoryItems(first: 1) { nodes { id } } }'],
  ['read_locations', 'locations', '{ locations(first: 1) { nodes { id } } }'],
  ['read_customers', 'customers', '{ customers(first: 1) { nodes { id } } }'],
  ['write_customers', 'customerCreate', `mutation { customerCreate(input: { firstName: "A" }) { ${ERRORS} } }`],
  ['read_discounts', 'discountNodes', '{ discountNodes(first: 1) { nodes { id } } }'],
  ['write_discounts', 'discountCodeDelete', `mutation { discountCodeDelete(id: "${ID}") { ${ERRORS} } }`],
  ['read_publications', 'publications', '{ publications(first: 1) { nodes { id } } }'],
  ['write_publications', 'publishablePublish', `mutation { publishablePublish(id: "${ID}", input: []) { ${ERRORS} } }`],
  ['read_orders', 'abandonedCheckouts', '{ abandonedCheckouts(first: 1) { nodes { id } } }'],
] as const;

const ask = async (scopes: string, query: string) => {
  const { access_token: token } = await running.connect(USD_SHOP, scopes);
  return running.ask(USD_SHOP, token, query);
};

describe.each(AREAS)('%s', (scope, field, query) => {
  test(`opens ${field}`, async () => {
    const { errors } = await ask(scope, query);
    expect(errors?.[0]?.['extensions']).not.toMatchObject({ code: 'ACCESS_DENIED' });
  });

  test(`is needed for ${field}`, async () => {
    const { data, errors } = await ask('write_order_edits', query);
    expect(errors).toMatchObject([{ path: [field], extensions: { code: 'ACCESS_DENIED' } }]);
    expect(errors?.[0]?.message).toMatch(
      new RegExp(`^Access denied for ${field} field\\. Required access: .*access scope`),
    );
    expect(data?.[field] ?? null).toBeNull();
  });
});

test.each(AREAS.filter(([scope]) => scope.startsWith('write_')))(
  '%s for %s is not had by reading',
  async (scope, _field, query) => {
    const { errors } = await ask(scope.replace('write_', 'read_'), query);
    expect(errors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' } }]);
  },
);

test('an order shows no product, variant or customer to a token that may not see them', async () => {
  const query = `{ orders(first: 1, query: "customer_id:>0") { nodes { id customer { id } lineItems(first: 1) { nodes { product { id } } } } } }`;
  const { data, errors } = await ask('read_orders', query);
  expect(errors?.map((error) => error['extensions'])).toMatchObject([
    { code: 'ACCESS_DENIED' },
    { code: 'ACCESS_DENIED' },
  ]);
  expect(data).toMatchObject({ orders: { nodes: [{ customer: null, lineItems: { nodes: [{ product: null }] } }] } });
});

test('a record found by its id alone needs the scope of its type', async () => {
  const [id = ''] =
    /gid:[^"]+/.exec(JSON.stringify(await ask('read_products', '{ products(first: 1) { nodes { id } } }'))) ?? [];
  const query = `{ nodes(ids: ["${id}"]) { id ... on Product { title } } }`;
  expect((await ask('read_products', query)).data).toMatchObject({ nodes: [{ id }] });
  expect((await ask('read_orders', query)).errors).toMatchObject([{ extensions: { code: 'ACCESS_DENIED' } }]);
});
