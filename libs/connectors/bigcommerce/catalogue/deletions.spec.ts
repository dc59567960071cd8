import { readdirSync, readFileSync } from 'node:fs';
import { capabilities, GatewayError, type HttpCall, requireNamed } from '#contract';
import { readAnswer } from '#kit';
import { describe, expect, it } from 'vitest';
import { bigcommerce } from '../bigcommerce.js';

const DELETIONS = capabilities(bigcommerce.operations)
  .map(({ operation }) => operation)
  .filter((operation) => operation.endsWith('.delete'));

const HOSTILE = ['', ' ', '0', '-5', '5,6', '5/', '/', '.', '..', '?', '#', '*', 'null', 'undefined', '%', '5 OR 1=1'];

/** Every name by which an input may say what is meant. */
function inputOf(id: string) {
  return { productId: id, variantId: id, customerId: id, addressId: id, categoryId: id, couponId: id };
}

/** All that is asked for on the way is found, whatever it is. */
const FOUND = {
  id: 5,
  product_id: 5,
  customer_id: '5',
  sku: 'X',
  option_values: [{ label: 'S', option_display_name: 'Size' }],
};

async function deletionsSent(operation: string, id: string): Promise<string[]> {
  const sent: string[] = [];
  const http = async <T>(call: HttpCall<T>) => {
    if (call.method === 'DELETE')
      sent.push(`${call.path}?${new URLSearchParams(call.query as Record<string, string>).toString()}`);
    const isOne = /\/\d+$/.test(call.path);
    const text = call.method === 'DELETE' ? '' : JSON.stringify({ data: isOne ? FOUND : [FOUND] });
    return readAnswer(bigcommerce, call, { status: 200, header: () => undefined, text });
  };
  const signal = new AbortController().signal;
  const store = { id: 's', account: 'abc123xyz', currency: 'USD', scopes: [], signal, http };
  await requireNamed
    .write(bigcommerce, operation)
    .run(store, inputOf(id), { key: '00000000-0000-4000-8000-000000000001', reference: 'ssp-1' })
    .catch((error: unknown) => {
      if (!GatewayError.is(error)) throw error;
    });
  return sent;
}

// On this platform a DELETE that names nothing empties a collection: `DELETE /v2/coupons` (marketing.v2.yml).
describe('the deletions of the catalogue', () => {
  it('are these', () => {
    const kinds = ['products', 'variants', 'customers', 'addresses', 'categories', 'coupons'];
    expect(DELETIONS).toEqual(kinds.map((kind) => `${kind}.delete`));
  });

  it.each(DELETIONS)('%s names one record', async (operation) => {
    const [path = '', ...others] = await deletionsSent(operation, '5');
    expect(others).toEqual([]);
    expect(path).toMatch(/\/5\?$|\?(?:category_)?id%3Ain=5$/);
  });

  it.each(DELETIONS.flatMap((operation) => HOSTILE.map((id) => [operation, id] as const)))(
    '%s sends nothing for %j',
    async (operation, id) => {
      expect(await deletionsSent(operation, id)).toEqual([]);
    },
  );

  it('are all made in one place', () => {
    const folder = new URL('./', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const makers = files.filter((name) => readFileSync(new URL(name, folder), 'utf8').includes("'DELETE'"));
    expect(makers).toEqual([]);
  });
});
