import { runOrders } from './order-scenario.js';
import { ADDRESS_FIELDS, couponFields, productFields, sameNames, samePart } from './compare.js';
import type { Json, Run } from './run.js';

import { addressOf, idOf, rowsOf, type Shop, type Variant } from './shop.js';

/**
 * Every operation of the contract, once, in an order in which each finds what it needs; the same for every platform.
 * What a platform cannot do is asked for all the same, and must be refused with its reason.
 */
export async function runEverything(run: Run, shop: Shop, mark: string): Promise<void> {
  const categoryId = await categories(run, shop, mark);
  const variant = await products(run, shop, mark, categoryId);
  await inventory(run, shop, variant);
  const customerId = await customers(run, shop, mark);
  const code = await coupons(run, shop, mark);
  await runOrders(run, shop, mark, { ...variant, customerId, code });
  await run.list('carts.list', `/v1/abandoned-carts?store=${shop.storeId}`).then(async ([first]) => {
    if (first !== undefined) await run.get('carts.get', `/v1/abandoned-carts/${idOf(first)}`);
  });
}

async function categories(run: Run, { storeId }: Shop, mark: string): Promise<string> {
  const body = { name: `Teas ${mark}`, description: '<p>Leaves & more</p>', handle: `teas-${mark}` };
  const names = ['name', 'description', 'handle', 'parentId', 'imageUrl'];
  const fields = (input: Json, record: Json) => sameNames(input, record, names);
  const readBack = (id: string): string => `/v1/categories/${id}`;
  const made = await run.write({
    operation: 'categories.create',
    method: 'POST',
    path: `/v1/categories?store=${storeId}`,
    body,
    fields,
    readBack,
  });
  const path = `/v1/categories/${idOf(made)}`;
  await run.write({
    operation: 'categories.update',
    method: 'PATCH',
    path,
    body: { name: `Finest teas ${mark}` },
    fields,
    readBack,
  });
  const doomed = await run.write({
    operation: 'categories.create',
    method: 'POST',
    path: `/v1/categories?store=${storeId}`,
    body: { name: `Gone ${mark}` },
  });
  await run.write({ operation: 'categories.delete', method: 'DELETE', path: `/v1/categories/${idOf(doomed)}` });
  await run.list('categories.list', `/v1/categories?store=${storeId}`);
  return idOf(made);
}

async function products(run: Run, shop: Shop, mark: string, categoryId: string): Promise<Variant> {
  const { storeId } = shop;
  const money = (amount: string) => ({ amount, currency: shop.currency });
  const sku = `CUP ${mark}/α-1`;
  const body = {
    name: `Cup "${mark}" ☕ <b>`,
    description: '<p>Holds <em>tea</em> & coffee</p>',
    status: 'active',
    type: 'Crockery',
    vendor: 'Harbour Pottery',
    tags: ['cup', 'blue'],
    handle: `cup-${mark}`,
    categoryIds: [categoryId],
    sku,
    barcode: '4012345678901',
    price: money('12.50'),
    compareAtPrice: money('15.00'),
    weight: { value: '0.4', unit: 'kg' },
    tracked: true,
  };
  const readBack = (id: string): string => `/v1/products/${id}`;
  const path = `/v1/products?store=${storeId}`;
  const made = await run.write({
    operation: 'products.create',
    method: 'POST',
    path,
    body,
    fields: productFields,
    readBack,
  });
  const own = `/v1/products/${idOf(made)}`;
  await run.write({
    operation: 'products.update',
    method: 'PATCH',
    path: own,
    body: { name: `Big cup ${mark}`, status: 'active', tags: ['cup'] },
    fields: productFields,
    readBack,
  });
  const upsert = { sku, name: `Biggest cup ${mark}`, price: money('13.00') };
  await run.write({
    operation: 'products.upsertBySku',
    method: 'PUT',
    path,
    body: upsert,
    fields: productFields,
    readBack,
  });
  await variants(run, shop, mark);
  const doomed = await run.write({
    operation: 'products.create',
    method: 'POST',
    path,
    body: { name: `Gone ${mark}` },
  });
  await run.write({ operation: 'products.delete', method: 'DELETE', path: `/v1/products/${idOf(doomed)}` });
  await run.list('products.list', path);
  const [only] = rowsOf(made, 'variants');
  return { productId: idOf(made), variantId: idOf(only), sku };
}

async function variants(run: Run, shop: Shop, mark: string): Promise<void> {
  const price = (amount: string) => ({ amount, currency: shop.currency });
  const size = (value: string) => [{ name: 'Size', value }];
  const body = {
    name: `Shirt ${mark}`,
    status: 'draft',
    variants: ['S', 'M'].map((value) => ({
      sku: `SHIRT-${mark}-${value}`,
      price: price('20.00'),
      options: size(value),
    })),
  };
  const readBack = (id: string): string => `/v1/products/${id}`;
  const made = await run.write({
    operation: 'products.create',
    method: 'POST',
    path: `/v1/products?store=${shop.storeId}`,
    body,
    fields: productFields,
    readBack,
  });
  const path = `/v1/products/${idOf(made)}/variants`;
  const names = ['sku', 'price', 'compareAtPrice', 'options', 'weight', 'barcode', 'tracked'];
  const fields = (input: Json, record: Json) => sameNames(input, record, names);
  const more = { sku: `SHIRT-${mark}-L`, price: price('21.00'), options: size('L') };
  const added = await run.write({ operation: 'variants.create', method: 'POST', path, body: more, fields });
  await run.write({
    operation: 'variants.update',
    method: 'PATCH',
    path: `${path}/${idOf(added)}`,
    body: { price: price('22.50') },
    fields,
  });
  const listed = await run.list('variants.list', path);
  if (run.supports('variants.list') && listed.length !== 3)
    run.findings.push(`variants.list: 3 variants were made, ${listed.length} are listed`);
  await run.write({ operation: 'variants.delete', method: 'DELETE', path: `${path}/${idOf(added)}` });
}

async function inventory(run: Run, { storeId }: Shop, { variantId, sku }: Variant): Promise<void> {
  const locations = await run.list('locations.list', `/v1/locations?store=${storeId}`);
  const at = locations.find(({ active }) => active === true);
  const place = { variantId, ...(at === undefined ? {} : { locationId: idOf(at) }) };
  const fields = (input: Json, record: Json) => sameNames(input, record, ['available']);
  const step = { method: 'PUT', path: '/v1/inventory-levels', fields } as const;
  await run.write({ ...step, operation: 'inventory.set', body: { ...place, available: 40 } });
  const adjusted = await run.write({
    operation: 'inventory.adjust',
    method: 'POST',
    path: '/v1/inventory-levels/adjust',
    body: { ...place, delta: -5 },
  });
  if (run.supports('inventory.adjust') && adjusted?.['available'] !== 35)
    run.findings.push(`inventory.adjust: 40 - 5 is ${String(adjusted?.['available'])}`);
  const levels = await run.list('inventory.list', `/v1/inventory-levels?store=${storeId}`);
  const level = levels.find((one) => one['sku'] === sku && (at === undefined || one['locationId'] === idOf(at)));
  if (run.supports('inventory.list') && level?.['available'] !== 35)
    run.findings.push(`inventory.list: says ${String(level?.['available'])} of 35`);
}

async function customers(run: Run, shop: Shop, mark: string): Promise<string> {
  const path = `/v1/customers?store=${shop.storeId}`;
  const names = ['email', 'firstName', 'lastName', 'phone', 'note', 'tags'];
  const fields = (input: Json, record: Json) => [
    ...sameNames(input, record, names),
    ...samePart(input, record, 'defaultAddress'),
  ];
  const readBack = (id: string): string => `/v1/customers/${id}`;
  const body = {
    ...{ email: `zoe.${mark}@example.com`, firstName: 'Zoë', lastName: "O'Brien", phone: '+15555550143' },
    ...{ note: 'Rings twice 🔔', tags: ['wholesale'], defaultAddress: addressOf(shop) },
  };
  const made = await run.write({ operation: 'customers.create', method: 'POST', path, body, fields, readBack });
  const own = `/v1/customers/${idOf(made)}`;
  await run.write({
    operation: 'customers.update',
    method: 'PATCH',
    path: own,
    body: { lastName: 'Smith' },
    fields,
    readBack,
  });
  const addressFields = (input: Json, record: Json) => sameNames(input, record, ADDRESS_FIELDS);
  const added = await run.write({
    operation: 'addresses.create',
    method: 'POST',
    path: `${own}/addresses`,
    body: { ...addressOf(shop), city: 'Shelbyville' },
    fields: addressFields,
  });
  const [first] = await run.list('addresses.list', `${own}/addresses`);
  const target = idOf(added) || idOf(first);
  await run.write({
    operation: 'addresses.update',
    method: 'PATCH',
    path: `${own}/addresses/${target}`,
    body: { city: 'Ogdenville' },
    fields: addressFields,
  });
  await run.write({ operation: 'addresses.delete', method: 'DELETE', path: `${own}/addresses/${target}` });
  const doomed = await run.write({
    operation: 'customers.create',
    method: 'POST',
    path,
    // Some platforms take nobody without a name.
    body: { email: `gone.${mark}@example.com`, firstName: 'Gone', lastName: 'Away' },
  });
  await run.write({ operation: 'customers.delete', method: 'DELETE', path: `/v1/customers/${idOf(doomed)}` });
  await run.list('customers.list', path);
  return idOf(made);
}

async function coupons(run: Run, shop: Shop, mark: string): Promise<string> {
  const path = `/v1/coupons?store=${shop.storeId}`;
  const readBack = (id: string): string => `/v1/coupons/${id}`;
  const code = `SAVE-${mark.toUpperCase()}`;
  const percentage = {
    code,
    name: `Twelve off ${mark}`,
    kind: 'percentage',
    percentage: '12.5',
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2036-01-01T00:00:00Z',
    usageLimit: 10,
    usageLimitPerCustomer: 1,
  };
  const made = await run.write({
    operation: 'coupons.create',
    method: 'POST',
    path,
    body: percentage,
    fields: couponFields,
    readBack,
  });
  await run.write({
    operation: 'coupons.update',
    method: 'PATCH',
    path: `/v1/coupons/${idOf(made)}`,
    body: { usageLimit: 20 },
    fields: couponFields,
    readBack,
  });
  const fixed = {
    code: `FIVE-${mark}`,
    kind: 'fixedOrder',
    amount: { amount: '5.00', currency: shop.currency },
    minimumAmount: { amount: '20.00', currency: shop.currency },
  };
  await run.write({ operation: 'coupons.create', method: 'POST', path, body: fixed, fields: couponFields, readBack });
  const free = await run.write({
    operation: 'coupons.create',
    method: 'POST',
    path,
    body: { code: `FREE-${mark}`, kind: 'freeShipping' },
    fields: couponFields,
    readBack,
  });
  await run.write({ operation: 'coupons.delete', method: 'DELETE', path: `/v1/coupons/${idOf(free)}` });
  await run.list('coupons.list', path);
  return code;
}
