import { afterEach, beforeEach, expect, test } from 'vitest';
import { startShopify, USD_SHOP, type RunningShopify } from '../testing/running-shopify.js';

let running: RunningShopify;
let token: string;
beforeEach(async () => {
  running = await startShopify();
  token = (await running.connect(USD_SHOP, 'write_discounts,read_products')).access_token;
});
afterEach(() => running.sandbox.close());

const ask = async (query: string, variables: unknown = {}): Promise<unknown> => {
  const { data, errors } = await running.ask(USD_SHOP, token, query, variables);
  return errors === undefined ? data : { errors };
};

const CREATE = `mutation($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) {
  codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic { status customerGets { value { ... on DiscountPercentage { percentage } } } } } }
  userErrors { field message code extraInfo } } }`;
const INPUT = {
  title: 'Spring',
  code: 'SPRING',
  startsAt: '2020-01-01T00:00:00Z',
  context: { all: 'ALL' },
  customerGets: { value: { percentage: 0.15 }, items: { all: true } },
};

test('every type of discount is listed', async () => {
  const body = JSON.stringify(await ask('{ discountNodes(first: 50) { nodes { id discount { __typename } } } }'));
  for (const type of ['CodeBasic', 'CodeFreeShipping', 'CodeBxgy', 'CodeApp', 'AutomaticBasic', 'AutomaticApp']) {
    expect(body).toContain(`Discount${type}`);
  }
  expect(
    await ask(
      '{ discountNodes(first: 9, query: "status:expired") { nodes { discount { ... on DiscountCodeBasic { title } } } } }',
    ),
  ).toEqual({
    discountNodes: { nodes: [{ discount: { title: 'OVER' } }] },
  });
});

test('a code is taken once, holds a fraction and can be ended', async () => {
  const made = await ask(CREATE, { d: INPUT });
  expect(made).toMatchObject({
    discountCodeBasicCreate: {
      codeDiscountNode: { codeDiscount: { status: 'ACTIVE', customerGets: { value: { percentage: 0.15 } } } },
    },
  });
  expect(await ask(CREATE, { d: { ...INPUT, code: 'spring' } })).toMatchObject({
    discountCodeBasicCreate: {
      codeDiscountNode: null,
      userErrors: [{ field: ['basicCodeDiscount', 'code'], code: 'TAKEN' }],
    },
  });
  const [id = ''] = /gid:[^"]+/.exec(JSON.stringify(made)) ?? [];
  await ask('mutation($id: ID!) { discountCodeDeactivate(id: $id) { codeDiscountNode { id } userErrors { code } } }', {
    id,
  });
  running.clock.advance(2_000);
  expect(
    await ask('{ codeDiscountNodeByCode(code: "SPRING") { codeDiscount { ... on DiscountCodeBasic { status } } } }'),
  ).toEqual({
    codeDiscountNodeByCode: { codeDiscount: { status: 'EXPIRED' } },
  });
});

test('a discount nobody knows cannot be deleted', async () => {
  const query =
    'mutation { discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { deletedCodeDiscountId userErrors { field message code } } }';
  expect(await ask(query)).toEqual({
    discountCodeDelete: {
      deletedCodeDiscountId: null,
      userErrors: [{ field: ['id'], message: 'Code discount does not exist.', code: 'INVALID' }],
    },
  });
});
