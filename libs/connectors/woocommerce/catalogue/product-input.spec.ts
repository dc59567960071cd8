import { GatewayError } from '#contract';
import { answeringStore, jsonAnswer } from '#testing';
import { describe, expect, it } from 'vitest';
import { woocommerce } from '../woocommerce.js';
import { asHtml, kept, type Priced, productBody, variantBody, type VariantFields } from './product-input.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const store = answeringStore(woocommerce, ({ path }) => {
  expect(path).toBe('wp-json/wc/v3/settings/products/woocommerce_weight_unit');
  return jsonAnswer({ id: 'woocommerce_weight_unit', value: 'lbs' });
});

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return GatewayError.is(error) ? error.code : 'none';
}

describe('prices', () => {
  const PLAIN: Priced = { price: '10', regular_price: '10', on_sale: false };
  const SALE: Priced = { price: '10', regular_price: '15', on_sale: true };
  const UNPRICED: Priced = { price: null, regular_price: null, on_sale: false };
  const ALWAYS = { date_on_sale_from: '', date_on_sale_to: '' };

  it.each<[string, VariantFields, Priced | undefined, object]>([
    ['a new one', { price: usd('9.50') }, undefined, { regular_price: '9.50' }],
    [
      'a new one on sale',
      { price: usd('8'), compareAtPrice: usd('9') },
      undefined,
      { regular_price: '9', sale_price: '8' },
    ],
    ['nothing said of it', {}, SALE, {}],
    ['another price', { price: usd('9') }, PLAIN, { regular_price: '9', sale_price: '' }],
    ['another price while on sale', { price: usd('9') }, SALE, { regular_price: '15', sale_price: '9', ...ALWAYS }],
    ['a price above the one compared with', { price: usd('20') }, SALE, { regular_price: '20', sale_price: '' }],
    ['a sale', { compareAtPrice: usd('12') }, PLAIN, { regular_price: '12', sale_price: '10', ...ALWAYS }],
    ['the end of a sale', { compareAtPrice: null }, SALE, { regular_price: '10', sale_price: '' }],
    ['the end of no sale, without a price', { compareAtPrice: null }, UNPRICED, { sale_price: '' }],
    ['a price for the first time', { price: usd('3') }, UNPRICED, { regular_price: '3', sale_price: '' }],
  ])('%s', async (_, fields, current, body) => {
    expect(await variantBody(store, fields, current)).toEqual(body);
  });

  it.each<[string, VariantFields]>([
    ['of another currency', { price: { amount: '1', currency: 'EUR' } }],
    ['compared with another currency', { price: usd('1'), compareAtPrice: { amount: '2', currency: 'EUR' } }],
    ['compared with less', { price: usd('10'), compareAtPrice: usd('9') }],
    ['compared with the same', { price: usd('10'), compareAtPrice: usd('10.00') }],
    ['compared without a price', { compareAtPrice: usd('9') }],
  ])('%s are refused before anything is sent', async (_, fields) => {
    expect(await refusalOf(variantBody(store, fields))).toBe('request_rejected');
  });
});

describe('a text by which something is found', () => {
  it.each(['A-1', 'a/b', 'Ö "x" \'y\'', '50%', '😀', 'x y'])('%s is sent as it is', (text) => {
    expect(kept(text, 'sku')).toBe(text);
  });

  it.each([' a', 'a ', 'a  b', 'a\nb', 'a\tb', '<b>', 'a%2Fb', 'a\\b'])(
    '%j would be changed, so it is refused',
    (text) => {
      expect(() => kept(text, 'sku')).toThrow(GatewayError);
    },
  );

  it('holds for a barcode, which the platform cuts down to its digits', async () => {
    expect(await variantBody(store, { barcode: '978-3-16' })).toEqual({ global_unique_id: '978-3-16' });
    expect(await refusalOf(variantBody(store, { barcode: 'ABC123' }))).toBe('request_rejected');
  });
});

describe('a weight', () => {
  it.each([
    [{ value: '2', unit: 'lb' }, '2'],
    [{ value: '16', unit: 'oz' }, '1'],
    [{ value: '1', unit: 'kg' }, '2.204623'],
    [{ value: '0', unit: 'g' }, '0'],
  ] as const)('%o is sent in the unit of the shop', async (weight, sent) => {
    expect(await variantBody(store, { weight })).toEqual({ weight: sent });
  });

  it('that would come to nothing is refused', async () => {
    expect(await refusalOf(variantBody(store, { weight: { value: '0.0001', unit: 'g' } }))).toBe('request_rejected');
  });
});

describe('what is said of a product', () => {
  it('is written as text where people read text', async () => {
    expect(asHtml('A & <b>B</b> &amp;')).toBe('A &amp; &lt;b&gt;B&lt;/b&gt; &amp;amp;');
    expect(await productBody(store, { name: 'A & B', description: '<p>A & B</p>', status: 'archived' })).toEqual({
      name: 'A &amp; B',
      description: '<p>A & B</p>',
      status: 'private',
    });
  });

  it.each(['../1', '1/2', '', '0', '1e3', '-1'])('names no category %j', async (id) => {
    expect(await refusalOf(productBody(store, { categoryIds: [id] }))).toBe('not_found');
  });

  it('names tags by the ids they have or get, each once', async () => {
    const tagged = answeringStore(woocommerce, () =>
      jsonAnswer({
        create: [
          { id: 7, name: 'a' },
          { id: 0, error: { code: 'term_exists', message: 'x', data: { status: 400, resource_id: 3 } } },
        ],
      }),
    );
    expect(await productBody(tagged, { tags: ['a', 'b', 'a'] })).toEqual({ tags: [{ id: 7 }, { id: 3 }] });
    expect(await productBody(store, { tags: [] })).toEqual({ tags: [] });
  });

  it('is refused where the shop refuses a tag', async () => {
    const answer = { create: [{ id: 0, error: { code: 'x', message: 'x', data: { status: 400 } } }] };
    const refusing = answeringStore(woocommerce, () => jsonAnswer(answer));
    expect(await refusalOf(productBody(refusing, { tags: ['a'] }))).toBe('request_rejected');
  });
});
