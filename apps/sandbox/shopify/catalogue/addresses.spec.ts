import { afterEach, beforeEach, expect, test } from 'vitest';
import { idIn, startCatalogueApp, type CatalogueApp } from '../testing/catalogue-app.js';

let app: CatalogueApp;
let id: string;

const ADDRESS = 'address { id address1 city province provinceCode country countryCodeV2 } userErrors { field message }';
const CREATE = `mutation($id: ID!, $a: MailingAddressInput!, $main: Boolean) {
  customerAddressCreate(customerId: $id, address: $a, setAsDefault: $main) { ${ADDRESS} } }`;
const UPDATE = `mutation($id: ID!, $own: ID!, $a: MailingAddressInput!, $main: Boolean) {
  customerAddressUpdate(customerId: $id, addressId: $own, address: $a, setAsDefault: $main) { ${ADDRESS} } }`;
const DELETE = `mutation($id: ID!, $own: ID!) { customerAddressDelete(customerId: $id, addressId: $own) {
  deletedAddressId userErrors { field message } } }`;
const READ = `query($id: ID!) { customer(id: $id) { defaultAddress { id } addressesV2(first: 9) { nodes { id city } } } }`;
const HOME = { address1: '1 Pier', city: 'New York', provinceCode: 'NY', countryCode: 'US', zip: '10001' };

beforeEach(async () => {
  app = await startCatalogueApp();
  const make =
    'mutation { customerCreate(input: { firstName: "Ada" }) { customer { id } userErrors { field message } } }';
  id = idIn((await app.write(make)).payload, 'Customer');
});
afterEach(() => app.running.sandbox.close());

const add = async (more: object = {}, main?: boolean) => {
  const { payload, errors } = await app.write(CREATE, { id, a: { ...HOME, ...more }, main });
  expect(errors).toEqual([]);
  return idIn(payload, 'MailingAddress');
};

test('the first is the default one, and a later one only when asked to', async () => {
  const first = await add();
  await add({ city: 'Albany' });
  expect(await app.ask(READ, { id })).toMatchObject({ customer: { defaultAddress: { id: first } } });
  const third = await add({ city: 'Utica' }, true);
  expect(await app.ask(READ, { id })).toMatchObject({
    customer: {
      defaultAddress: { id: third },
      addressesV2: { nodes: [{ city: 'New York' }, { city: 'Albany' }, { city: 'Utica' }] },
    },
  });
});

test('names follow from codes', async () => {
  const { payload } = await app.write(CREATE, { id, a: HOME });
  expect(payload['address']).toMatchObject({ province: 'New York', provinceCode: 'NY', country: 'United States' });
});

test('the same address is not kept twice', async () => {
  await add();
  const again = await app.write(CREATE, { id, a: HOME });
  expect(again.errors).toEqual([{ field: ['address'], message: 'Address already exists' }]);
});

test.each([
  [{ provinceCode: 'ZZ' }, 'Province is invalid'],
  [{ countryCode: 'CA' }, 'Province is invalid'],
  [{ countryCode: null, country: 'Atlantis', provinceCode: null }, 'Country is invalid'],
])('%j is refused', async (more, message) => {
  const { payload, errors } = await app.write(CREATE, { id, a: { ...HOME, ...more } });
  expect(payload['address']).toBeNull();
  expect(errors).toMatchObject([{ message }]);
  const own = await add();
  expect((await app.write(UPDATE, { id, own, a: { ...HOME, ...more } })).errors).toMatchObject([{ message }]);
});

test('a change keeps what is not given, and a changed country brings its name', async () => {
  const own = await add();
  const changed = await app.write(UPDATE, { id, own, a: { city: 'Toronto', countryCode: 'CA', provinceCode: 'ON' } });
  expect(changed.payload['address']).toMatchObject({
    ...{ id: own, address1: '1 Pier', city: 'Toronto', province: 'Ontario', country: 'Canada', countryCodeV2: 'CA' },
  });
});

test('the default one is followed by the next when it is deleted; unknown ones are told', async () => {
  const [first, second] = [await add(), await add({ city: 'Albany' })];
  expect((await app.write(DELETE, { id, own: first })).payload['deletedAddressId']).toBe(first);
  expect(await app.ask(READ, { id })).toMatchObject({ customer: { defaultAddress: { id: second } } });
  expect((await app.write(DELETE, { id, own: first })).errors[0]?.message).toBe('Address does not exist');
  expect((await app.write(CREATE, { id: 'gid://shopify/Customer/1', a: HOME })).errors[0]?.message).toBe(
    'Customer does not exist',
  );
});
