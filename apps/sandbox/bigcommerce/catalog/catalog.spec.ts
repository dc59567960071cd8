import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOfHash, type RunningBigCommerce, startBigCommerce, USD } from '../testing/running-bigcommerce.js';

let shop: RunningBigCommerce;
beforeAll(async () => {
  shop = await startBigCommerce();
});
afterAll(() => shop.sandbox.close());

const get = async (path: string): Promise<{ data: Record<string, unknown>[] }> =>
  (await shop.call('GET', path)).body as { data: Record<string, unknown>[] };
const ids = ({ data }: { data: Record<string, unknown>[] }): unknown[] => data.map(({ id }) => id);

describe('the catalogue', () => {
  it('shows products with what include asks for, ten a page with options', async () => {
    const { data } = await get('/v3/catalog/products?include=variants,images,primary_image&limit=250');
    expect(data).toHaveLength(14);
    expect(data[1]).toMatchObject({ name: 'Merino Crew Tee', variants: { length: 8 }, images: { length: 3 } });
    expect((await get('/v3/catalog/products?include=options&limit=250')).data).toHaveLength(10);
    expect((await get('/v3/catalog/products?include_fields=name')).data[0]).toEqual({
      id: 77,
      name: 'Ridge Two-Person Tent',
    });
  });

  it('filters and sorts', async () => {
    const all = (await get('/v3/catalog/products?sort=date_modified&direction=desc')).data;
    const since = encodeURIComponent(String(all[2]?.['date_modified']));
    expect(ids(await get(`/v3/catalog/products?date_modified:min=${since}`))).toHaveLength(3);
    expect(ids(await get('/v3/catalog/products?id:in=77,79'))).toEqual([77, 79]);
    expect(ids(await get('/v3/catalog/products?is_visible=false'))).toHaveLength(1);
    // The product's own SKU, not its variants'.
    expect(ids(await get('/v3/catalog/products?sku=TEE-MER-S-MOSS'))).toEqual([]);
    expect((await get('/v3/catalog/variants?sku=TEE-MER-S-MOSS')).data).toMatchObject([
      { product_id: 78, price: null, calculated_price: 64.5 },
    ]);
  });

  it('makes, changes and deletes products', async () => {
    const body = {
      name: 'New thing',
      type: 'physical',
      weight: 1,
      price: 9.5,
      sku: 'NEW-1',
      inventory_tracking: 'product',
      inventory_level: 7,
    };
    const made = await shop.call('POST', '/v3/catalog/products', body);
    expect(made.body).toMatchObject({ data: { sku: 'NEW-1', variants: [{ sku: 'NEW-1', option_values: [] }] } });
    expect((await shop.call('POST', '/v3/catalog/products', body)).status).toBe(409);
    const missing = await shop.call('POST', '/v3/catalog/products', { name: 'x' });
    expect([missing.status, missing.body]).toMatchObject([422, { status: 422, errors: { price: expect.any(String) } }]);
    const { id } = (made.body as { data: { id: number } }).data;
    expect((await shop.call('PUT', `/v3/catalog/products/${id}`, { price: 11 })).body).toMatchObject({
      data: { price: 11, inventory_level: 7 },
    });
    expect((await shop.call('DELETE', `/v3/catalog/products/${id}`)).status).toBe(204);
    expect((await shop.call('GET', `/v3/catalog/products/${id}`)).status).toBe(404);
    expect((await shop.call('DELETE', '/v3/catalog/products')).status).toBe(422);
  });

  it('makes products with variants, and more variants once their options are there', async () => {
    const value = (label: string) => ({ option_display_name: 'Size', label });
    const made = await shop.call('POST', '/v3/catalog/products', {
      ...{ name: 'Sized', type: 'physical', weight: 1, price: 5, inventory_tracking: 'variant' },
      variants: [
        { sku: 'SZ-S', option_values: [value('S')], inventory_level: 4 },
        { sku: 'SZ-M', option_values: [value('M')] },
      ],
    });
    const { id, options, variants } = (
      made.body as { data: { id: number; options: { id: number }[]; variants: { id: number }[] } }
    ).data;
    expect(made.body).toMatchObject({
      data: {
        options: [{ display_name: 'Size', option_values: [{ label: 'S' }, { label: 'M' }] }],
        variants: [{ inventory_level: 4 }, { sku: 'SZ-M' }],
      },
    });
    const unknown = { sku: 'SZ-L', option_values: [{ option_id: options[0]?.id, id: 1 }] };
    expect((await shop.call('POST', `/v3/catalog/products/${id}/variants`, unknown)).status).toBe(422);
    const batch = await shop.call('PUT', '/v3/catalog/variants', [{ id: variants[0]?.id, price: 6.25 }]);
    expect(batch.body).toMatchObject({ data: [{ price: 6.25, calculated_price: 6.25 }] });
    expect((await shop.call('PUT', '/v3/catalog/variants', [{ id: 1, price: 1 }])).status).toBe(422);
  });

  it('writes what it can of categories and names the rest with 207', async () => {
    const answer = await shop.call('POST', '/v3/catalog/trees/categories', [
      { name: 'Fresh', tree_id: 1 },
      { tree_id: 1 },
    ]);
    expect([answer.status, answer.body]).toMatchObject([
      207,
      { data: [{ name: 'Fresh', parent_id: 0 }], errors: [{ status: 422 }], meta: { total: 2, success: 1, failed: 1 } },
    ]);
    expect((await get('/v3/catalog/trees/categories?name=Tents')).data).toMatchObject([
      { category_id: expect.any(Number), parent_id: 18 },
    ]);
    expect((await shop.call('DELETE', '/v3/catalog/trees/categories?category_id:in=18')).status).toBe(204);
    // What hung below is gone too.
    expect((await get('/v3/catalog/trees/categories?name=Tents')).data).toEqual([]);
    expect((await shop.call('DELETE', '/v3/catalog/trees/categories')).status).toBe(422);
  });
});

describe('the inventory', () => {
  it('adjusts later, not at once', async () => {
    await shop.control('PUT', `/${hostOfHash(USD)}/control/store`, { lagSeconds: 5 });
    const item = async (): Promise<unknown> =>
      (await get('/v3/inventory/items?sku:in=KIT-REP&location_id:in=1')).data[0];
    expect(await item()).toMatchObject({ locations: [{ available_to_sell: 73, total_inventory_onhand: 75 }] });
    const items = [{ location_id: 1, sku: 'KIT-REP', quantity: 50 }];
    expect(
      (await shop.call('PUT', '/v3/inventory/adjustments/absolute', { reason: 'count', items })).body,
    ).toMatchObject({ transaction_id: expect.any(String) });
    expect(await item()).toMatchObject({ locations: [{ total_inventory_onhand: 75 }] });
    shop.clock.advance(5_000);
    expect(await item()).toMatchObject({ locations: [{ available_to_sell: 48, total_inventory_onhand: 50 }] });
    await shop.call('POST', '/v3/inventory/adjustments/relative', {
      items: [{ location_id: 1, sku: 'KIT-REP', quantity: -8 }],
    });
    shop.clock.advance(5_000);
    expect(await item()).toMatchObject({ locations: [{ total_inventory_onhand: 42 }] });
    const unknown = [{ location_id: 1, sku: 'NOPE', quantity: 1 }];
    expect((await shop.call('PUT', '/v3/inventory/adjustments/absolute', { items: unknown })).status).toBe(422);
  });

  it('has locations, of which the default one stays', async () => {
    expect((await shop.call('POST', '/v3/inventory/locations', [{ code: 'NEW', label: 'New' }])).status).toBe(200);
    expect((await get('/v3/inventory/locations')).data).toMatchObject([
      { id: 1 },
      { id: 2 },
      { code: 'NEW', enabled: true },
    ]);
    expect((await shop.call('DELETE', '/v3/inventory/locations?location_id:in=1')).status).toBe(422);
  });
});
