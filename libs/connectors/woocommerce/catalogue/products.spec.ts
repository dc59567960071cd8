import { GatewayError, type JsonValue, type ProductFilter } from '#contract';
import { answeringStore, jsonAnswer, type SeenCall } from '#testing';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../woocommerce.js';
import { getProduct, listProducts } from './products.js';
import { listVariants } from './variants.js';

const MUG = {
  id: 11,
  name: 'Mug',
  type: 'simple',
  status: 'publish',
  sku: 'MUG',
  date_created_gmt: '2026-01-01T00:00:00',
};
const SHIRT = { ...MUG, id: 27, name: 'Shirt', type: 'variable', sku: 'SHIRT', variations: [28, 29] };
const RED = {
  ...MUG,
  id: 28,
  type: 'variation',
  parent_id: 27,
  sku: 'RED',
  attributes: [{ id: 1, name: 'C', option: 'R' }],
};

const PRODUCTS = 'wp-json/wc/v3/products';

function shop(answer: (call: SeenCall) => JsonValue | undefined) {
  const seen: SeenCall[] = [];
  const store = answeringStore(woocommerce, (call) => {
    seen.push(call);
    const body = answer(call);
    const missing = { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
    return body === undefined ? jsonAnswer(missing, {}, 404) : jsonAnswer(body);
  });
  return { store, seen };
}

async function list(answer: (call: SeenCall) => JsonValue | undefined, filter: ProductFilter) {
  const { store, seen } = shop(answer);
  const page = await listProducts.page(store, { filter, sort: '-createdAt' }, { size: 100 });
  return { ids: page.items.map(({ record }) => record.platformId), seen };
}

describe('products by SKU', () => {
  it.each(['RED', 'a/b', 'O\'Neill "x"', '50%', 'x\ny', 'a,b', '😀'])(
    '%j is found exactly, also as that of a variation',
    async (sku) => {
      const rows = [
        { ...RED, sku },
        { ...MUG, sku: `${sku}x` },
        { ...MUG, id: 12, sku: sku.toLowerCase() === sku ? 'other' : sku.toLowerCase() },
      ];
      const { ids, seen } = await list(({ query }) => (query['sku'] === undefined ? [SHIRT] : rows), { sku });
      expect(seen.map(({ query }) => [query['sku'], query['include']])).toEqual([
        [sku, undefined],
        [undefined, '27'],
      ]);
      expect(ids).toEqual(['27']);
    },
  );

  it('that nothing has costs one call', async () => {
    const { ids, seen } = await list(() => [], { sku: 'NONE' });
    expect([ids, seen.length]).toEqual([[], 1]);
  });
});

describe('products by status', () => {
  it('are asked for in the words of the platform', async () => {
    const one = await list(() => [], { status: ['archived'] });
    expect(one.seen[0]?.query).toMatchObject({ status: 'private' });
    const several = await list(() => [], { status: ['active', 'draft'] });
    expect(several.seen[0]?.query).toMatchObject({ include_status: 'publish,draft,pending,future' });
  });

  it('do not hold what an older version answers too much', async () => {
    const { ids } = await list(() => [MUG, { ...MUG, id: 12, status: 'draft' }], { status: ['draft', 'archived'] });
    expect(ids).toEqual(['12']);
  });

  it('cannot be asked for what is none', async () => {
    await expect(list(() => [], { status: ['other'] })).rejects.toMatchObject({ code: 'filter_unsupported' });
  });
});

describe('a list of products', () => {
  it('asks for the unit of weights once, and only where something is weighed', async () => {
    const rows = [3, 2, 1].map((id) => ({ ...MUG, id, weight: '1', date_created_gmt: `2026-01-01T00:00:0${id}` }));
    const { store, seen } = shop(({ path, query }) => {
      if (path.startsWith('wp-json/wc/v3/settings')) return { value: 'kg' };
      const before = query['before'];
      return rows
        .filter((row) => before === undefined || row.date_created_gmt < before)
        .slice(0, Number(query['per_page']));
    });
    const weights: unknown[] = [];
    let state: JsonValue | undefined;
    do {
      const page = { size: 1, ...(state !== undefined && { state }) };
      const { items, next } = await listProducts.page(store, { filter: {}, sort: '-createdAt' }, page);
      weights.push(...items.map(({ record }) => record.variants[0]?.weight));
      state = next;
    } while (state !== undefined);
    expect(weights).toEqual(rows.map(() => ({ value: '1', unit: 'kg' })));
    expect(seen.filter(({ path }) => path.includes('settings'))).toHaveLength(1);
  });

  it('goes on without weights where the shop hides its settings, and fails where it only fails now', async () => {
    const answer = (status: number, code: string) =>
      answeringStore(woocommerce, ({ path }) =>
        path.includes('settings')
          ? jsonAnswer({ code, message: 'no', data: { status } }, {}, status)
          : jsonAnswer([{ ...MUG, weight: '1' }]),
      );
    const ask = (store: ReturnType<typeof answer>) =>
      listProducts.page(store, { filter: {}, sort: '-createdAt' }, { size: 100 });
    const hidden = await ask(answer(403, 'woocommerce_rest_cannot_view'));
    expect(hidden.items[0]?.record.variants[0]?.weight).toBeNull();
    await expect(ask(answer(503, 'x'))).rejects.toMatchObject({ code: 'platform_unavailable' });
  });

  it('refuses a cursor that it did not make', async () => {
    const { store } = shop(() => []);
    const page = { size: 1, state: { second: 'x' } };
    await expect(listProducts.page(store, { filter: {}, sort: 'createdAt' }, page)).rejects.toMatchObject({
      code: 'cursor_invalid',
    });
  });
});

describe('one product', () => {
  const get = async (answer: (call: SeenCall) => JsonValue | undefined, platformId: string) => {
    const { store, seen } = shop(answer);
    const outcome = await getProduct.run(store, { platformId }).then(
      ({ record }) => record,
      (error: unknown) => (GatewayError.is(error) ? error.code : String(error)),
    );
    return { outcome, seen };
  };

  it.each(['', '0', '11/variations', '../orders/1', '11?x', '%31', '1e1', ' 11'])(
    'has no id %j, and no call is made for it',
    async (id) => {
      expect(await get(() => MUG, id)).toEqual({ outcome: 'not_found', seen: [] });
    },
  );

  it('is not found where it is a variation, or lies in the trash', async () => {
    expect((await get(() => RED, '28')).outcome).toBe('not_found');
    expect((await get(() => ({ ...MUG, status: 'trash' }), '11')).outcome).toBe('not_found');
  });

  it('comes with all its variations, however many', async () => {
    const variations = Array.from({ length: 205 }, (_, index) => ({ ...RED, id: 100 + index }));
    const { outcome, seen } = await get(({ path, query }) => {
      if (!path.endsWith('/variations')) return SHIRT;
      const from = Number(query['offset'] ?? 0);
      return variations.slice(from, from + Number(query['per_page']));
    }, '27');
    if (typeof outcome === 'string') throw new Error(outcome);
    expect(outcome.variants.map(({ id }) => id)).toEqual(variations.map(({ id }) => String(id)));
    expect([outcome.variantsComplete, seen.length]).toEqual([true, 4]);
  });

  it('says that variants are missing where one cannot be read', async () => {
    const { outcome } = await get(
      ({ path }) => (path.endsWith('/variations') ? [RED, { ...RED, id: 29, price: 'x' }] : SHIRT),
      '27',
    );
    expect(outcome).toMatchObject({ variantsComplete: false, variants: [{ id: '28' }] });
  });

  it('that is answered with another one breaks the contract', async () => {
    expect((await get(() => MUG, '12')).outcome).toBe('platform_contract_broken');
  });
});

describe('variants of a product', () => {
  const list_ = (answer: (call: SeenCall) => JsonValue | undefined, productId: string) => {
    const { store, seen } = shop(answer);
    return listVariants
      .page(store, { filter: { productId }, sort: 'createdAt' }, { size: 100 })
      .then((page) => ({ ids: page.items.map(({ record }) => record.platformId), seen, next: page.next }));
  };

  it('without choices are the product itself', async () => {
    const { ids, seen } = await list_(({ path }) => (path === `${PRODUCTS}/11` ? MUG : []), '11');
    expect([ids, seen.length]).toEqual([['11'], 2]);
  });

  it('cost one call where there are some', async () => {
    const { ids, seen } = await list_(() => [RED], '27');
    expect([ids, seen.length]).toEqual([['28'], 1]);
  });

  it('of a product that has none yet are none', async () => {
    expect((await list_(({ path }) => (path === `${PRODUCTS}/27` ? SHIRT : []), '27')).ids).toEqual([]);
  });

  it('of no product are not found', async () => {
    await expect(list_(({ path }) => (path.endsWith('/variations') ? [] : undefined), '999')).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(list_(() => [], '9/../1')).rejects.toMatchObject({ code: 'not_found' });
  });
});
