import type { ConnectedStore, JsonValue, ListQuery } from '#contract';
import type { ScriptedAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { locate } from './address.js';
import { listCarts } from './carts.js';
import { updateCategories } from './catalogue/category-writes.js';
import { createCustomers } from './catalogue/customer-writes.js';
import { listCustomers } from './catalogue/customers.js';
import { createProducts, updateProducts } from './catalogue/product-writes.js';
import { listProducts } from './catalogue/products.js';
import { ATTEMPT, found, outcomeOf, product, scriptedShop } from './__fixtures__/scripted-shop.js';
import { createOrder } from './order-create.js';
import { listOrders } from './orders.js';
import { getShop } from './shop.js';

// Of the form of captures/magento/store-configs and store-views, with a second view.
const view = (id: number, code: string, changes: Readonly<Record<string, JsonValue>> = {}) => ({
  ...{ id, code, website_id: id, timezone: 'Europe/Berlin', base_currency_code: 'EUR' },
  ...{ base_url: 'https://shop.example.com/', ...changes },
});
const CONFIGS = [view(4, 'ch_fr', { timezone: 'Europe/Zurich', base_currency_code: 'CHF' }), view(1, 'default')];
const WEBSITES = [
  { id: 1, name: 'Main' },
  { id: 4, name: 'Suisse' },
];

function shop(account: string, ...answers: readonly ScriptedAnswer[]) {
  const scripted = scriptedShop(...answers);
  const store: ConnectedStore = { ...scripted.store, account };
  return { ...scripted, store, paths: () => scripted.sent.map(({ method, path }) => `${method} ${path}`) };
}
const OF_VIEW = 'shop.example.com/sub#ch_fr';
const query = <F>(filter: F): ListQuery<F> => ({ filter, sort: '-createdAt' });

describe('a shop of which one store view is meant', () => {
  it('is that view: its name, its currency and its time', async () => {
    const { store } = shop(OF_VIEW, [200, CONFIGS], [200, WEBSITES], [200, [{ code: 'ch_fr', name: 'Français' }]]);
    expect(await getShop.run(store)).toMatchObject({
      ...{ platformId: OF_VIEW, domain: 'shop.example.com', name: 'Suisse, Français' },
      ...{ currency: 'CHF', timezone: 'Europe/Zurich' },
    });
  });

  it('is the oldest of them where none is meant', async () => {
    const { store } = shop('shop.example.com', [200, CONFIGS], [200, WEBSITES]);
    expect(await getShop.run(store)).toMatchObject({ name: 'Main', currency: 'EUR', timezone: 'Europe/Berlin' });
  });

  it('is refused when there is no such view, with those there are', async () => {
    const { store } = shop('shop.example.com#fr', [200, CONFIGS]);
    const outcome = await outcomeOf(getShop.run(store));
    expect(outcome).toMatchObject({ code: 'request_rejected', context: { fields: [{ path: 'storeView' }] } });
    expect(outcome).toHaveProperty('message', expect.stringMatching(/code "fr".*"default", "ch_fr"/));
  });
});

describe('an address that ends in a store view', () => {
  it.each([
    ['answers of no API', [404, '<html>Whoops, our bad...</html>'] as const, 'if that is a language or a store view'],
    ['leads elsewhere', [302, ''] as const, 'if that is a language or a store view'],
    ['is known to be one', [200, CONFIGS] as const, '"ch_fr" is a store view of this shop'],
  ])('that %s says what to give', async (_, answer, words) => {
    const { store } = shop('shop.example.com/ch_fr', answer);
    const outcome = await outcomeOf(getShop.run(store));
    expect(outcome).toMatchObject({ code: 'request_rejected', context: { fields: [{ path: 'storeUrl' }] } });
    expect(outcome).toHaveProperty('message', expect.stringContaining(words));
    expect(outcome).toHaveProperty(
      'message',
      expect.stringContaining('give the address as shop.example.com, and "ch_fr"'),
    );
  });

  it('keeps what lies before it', async () => {
    const { account } = locate({ storeUrl: 'https://shop.example.com/index.php/de/' });
    const { store } = shop(account, [404, '<html>Whoops, our bad...</html>']);
    const words = 'give the address as shop.example.com/index.php, and "de"';
    expect(await outcomeOf(getShop.run(store))).toHaveProperty('message', expect.stringContaining(words));
  });

  it('is taken where the shop itself says that it lies there, and one of another folder always', async () => {
    const there = CONFIGS.map((one) => ({ ...one, base_url: 'https://shop.example.com/ch_fr/' }));
    const own = shop('shop.example.com/ch_fr', [200, there], [200, WEBSITES]);
    const other = shop('shop.example.com/sub', [200, CONFIGS], [200, WEBSITES]);
    expect([await getShop.run(own.store), await getShop.run(other.store)]).toHaveLength(2);
  });

  it('says nothing of it where the keys are wrong', async () => {
    const { store } = shop('shop.example.com/ch_fr', [401, { message: 'Specified token does not exist' }]);
    expect(await outcomeOf(getShop.run(store))).toMatchObject({
      code: 'credential_revoked',
      message: expect.not.stringContaining('ch_fr') as unknown,
    });
  });
});

describe('lists of one store view', () => {
  const lists: readonly [
    string,
    (store: ConnectedStore, page: Parameters<typeof listOrders.page>[2]) => Promise<unknown>,
    string,
    string,
  ][] = [
    ['orders', (store, page) => listOrders.page(store, query({}), page), 'V1/orders', 'store_id eq 4'],
    ['carts', (store, page) => listCarts.page(store, query({}), page), 'V1/carts/search', 'store_id eq 4'],
    [
      'customers',
      (store, page) => listCustomers.page(store, query({}), page),
      'V1/customers/search',
      'website_id eq 4',
    ],
    ['products', (store, page) => listProducts.page(store, query({}), page), 'ch_fr/V1/products', 'website_id eq 4'],
  ];

  it.each(lists)('are searched for its %s', async (_, list, path, condition) => {
    const { store, paths, filters } = shop(OF_VIEW, [200, CONFIGS], found());
    await list(store, { size: 10 });
    expect(paths()).toEqual(['GET V1/store/storeConfigs', `GET ${path}`]);
    expect(filters()[1]).toContain(condition);
  });

  it.each(lists)('have no bounds where none is meant: %s', async (_, list) => {
    const { store, sent, filters } = shop('shop.example.com', found());
    await list(store, { size: 10 });
    expect(sent).toHaveLength(1);
    expect(filters().flat().join()).not.toMatch(/store_id|website_id/);
  });

  it('ask for its number once', async () => {
    const customer = (id: number) => ({ id, email: `${id}@example.com`, created_at: '2026-11-22 18:29:41' });
    const pageOf = (id: number): readonly [number, JsonValue] => [200, { items: [customer(id)], total_count: 9 }];
    const { store, paths, filters } = shop(OF_VIEW, [200, CONFIGS], pageOf(2), pageOf(1));
    const first = await listCustomers.page(store, query({}), { size: 1 });
    const state = JSON.parse(JSON.stringify(first.next)) as JsonValue;
    await listCustomers.page(store, query({}), { size: 1, state });
    expect(paths().map((path) => path.replace(/.*\//, ''))).toEqual(['storeConfigs', 'search', 'search']);
    expect(filters()[2]).toEqual(expect.arrayContaining(['website_id eq 4', 'entity_id lt 2']));
  });
});

describe('writes to one store view', () => {
  it('change a product as it is there', async () => {
    const { store, paths } = shop(OF_VIEW, found(product()), [200, product({ name: 'Tasse' })]);
    await updateProducts.run(store, { productId: '1', name: 'Tasse' }, ATTEMPT);
    expect(paths()).toEqual(['GET ch_fr/V1/products', 'POST ch_fr/V1/products']);
  });

  it('make a new product for all views, or it had no values elsewhere', async () => {
    const { store, paths } = shop(OF_VIEW, found(), [200, product()]);
    await createProducts.run(store, { name: 'Mug', sku: 'MUG-001' }, ATTEMPT);
    expect(paths()).toEqual(['GET ch_fr/V1/products', 'POST all/V1/products']);
  });

  it('rename a category there and put it below the root of that store', async () => {
    const category = { id: 5, parent_id: 2, name: 'Thé' };
    const { store, paths } = shop(OF_VIEW, [200, category], [200, { id: 7 }], [200, true], [200, category]);
    await updateCategories.run(store, { categoryId: '5', name: 'Thé', parentId: null }, ATTEMPT);
    expect(paths()).toEqual([
      'PUT ch_fr/V1/categories/5',
      'GET ch_fr/V1/categories',
      'PUT all/V1/categories/5/move',
      'GET ch_fr/V1/categories/5',
    ]);
  });

  it('make a customer of that view and its website', async () => {
    const { store, sent } = shop(OF_VIEW, [200, CONFIGS], [200, { id: 9, email: 'a@example.com' }]);
    await createCustomers.run(store, { email: 'a@example.com' }, ATTEMPT);
    expect(sent[1]?.body).toMatchObject({ customer: { store_id: 4, website_id: 4 } });
  });

  it('make an order of that view', async () => {
    const scripted = shop(OF_VIEW, [200, CONFIGS], [422, { message: 'enough' }]);
    const lineItems = [{ name: 'Gift', quantity: 1, unitPrice: { amount: '1', currency: 'CHF' } }];
    const address = { firstName: 'A', lastName: 'B', address1: 'C', city: 'D', postalCode: '1', countryCode: 'CH' };
    const input = { lineItems, customer: { email: 'a@example.com' }, billingAddress: { ...address, phone: '1' } };
    await outcomeOf(createOrder.run({ ...scripted.store, currency: 'CHF' }, input, ATTEMPT));
    expect(scripted.sent.at(-1)?.body).toMatchObject({ entity: { store_id: 4 } });
  });
});
