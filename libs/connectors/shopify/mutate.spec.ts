import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answering } from './__fixtures__/answering-store.js';
import { mutate } from './mutate.js';

const close = {
  operation: 'orders.update',
  document: 'mutation Close { orderClose }',
  root: 'orderClose',
  variables: {},
  answer: z.object({ order: z.object({ id: z.string() }) }),
};

const refusing = (message: string, code?: string, field: unknown = ['input', 'id']) =>
  answering({
    data: { orderClose: { order: null, userErrors: [{ field, message, ...(code === undefined ? {} : { code }) }] } },
  } as never);

describe('a mutation', () => {
  it('answers its payload, as a write of ten units', async () => {
    const store = answering({ data: { orderClose: { order: { id: 'gid://shopify/Order/1' }, userErrors: [] } } });
    await expect(mutate(store, close)).resolves.toEqual({ order: { id: 'gid://shopify/Order/1' } });
    expect(store.asked.map(({ cost }) => cost)).toEqual([10]);
  });

  it.each([
    ['Email has already been taken', undefined, 'conflict'],
    ['Code must be unique. Please try a different code.', 'TAKEN', 'conflict'],
    ["Handle 'x' already in use. Please provide a new handle.", undefined, 'conflict'],
    ['Cannot cancel an order that has already been canceled', 'INVALID', 'conflict'],
    ['The variant exists', 'VARIANT_ALREADY_EXISTS', 'conflict'],
    ['Order does not exist', undefined, 'not_found'],
    ['Fulfillment not found.', undefined, 'not_found'],
    ['No such product', 'PRODUCT_DOES_NOT_EXIST', 'not_found'],
    ['later', 'IDEMPOTENCY_CONCURRENT_REQUEST', 'platform_unavailable'],
    ['another', 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 'conflict'],
    ['The same idempotency key cannot be used with different operation parameters.', undefined, 'conflict'],
    ['stale', 'CHANGE_FROM_QUANTITY_STALE', 'conflict'],
    ['Too many attempts. Please try again later.', undefined, 'platform_rate_limited'],
    ['This app is not approved to subscribe to webhook topics', undefined, 'platform_scope_missing'],
    ["Title can't be blank", undefined, 'request_rejected'],
    ['whatever', 'A_CODE_OF_TOMORROW', 'request_rejected'],
  ])('%s (%s) is %s', async (message, code, expected) => {
    await expect(mutate(refusing(message, code), close)).rejects.toMatchObject({
      code: expected,
      context: { fields: [{ path: 'input.id', message }] },
    });
  });

  it('finds refusals under whatever name the payload lists them', async () => {
    const payload = { job: null, orderCancelUserErrors: [{ field: null, message: 'No', code: 'INVALID' }] };
    const store = answering({ data: { orderClose: payload } });
    await expect(mutate(store, close)).rejects.toMatchObject({ code: 'request_rejected', message: /No/ });
  });

  it.each([[[null]], [[7]], [[{ message: null }]], [[{ field: 7 }]]])(
    'takes a refusal it cannot read for one: %j',
    async (userErrors) => {
      const store = answering({ data: { orderClose: { order: { id: 'x' }, userErrors } } });
      await expect(mutate(store, close)).rejects.toMatchObject({ code: 'request_rejected' });
    },
  );

  it('does not take half an answer for a success', async () => {
    const store = answering({ data: { orderClose: { order: null, userErrors: [] } } });
    await expect(mutate(store, close)).rejects.toMatchObject({ code: 'platform_contract_broken' });
  });
});
