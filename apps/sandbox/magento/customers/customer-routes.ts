import { num, type Row, rowsOf, text } from '../row.js';
import { checkKnown, idIn, objectIn, type RestCall, type RestRoute, snakeKeys } from '../rest/rest-call.js';
import { noSuch, required, RestError } from '../rest/rest-error.js';
import { searchPage } from '../rest/search.js';
import { isAllowedCountry } from '../stores/country-routes.js';
import { checkAddress } from './check-address.js';

const MEMBERS = [
  'id',
  'group_id',
  'default_billing',
  'default_shipping',
  'confirmation',
  'created_at',
  'updated_at',
  'created_in',
  'dob',
  'email',
  'firstname',
  'lastname',
  'middlename',
  'prefix',
  'suffix',
  'gender',
  'store_id',
  'taxvat',
  'website_id',
  'addresses',
  'disable_auto_group_change',
  'extension_attributes',
  'custom_attributes',
];

function customerOf(call: RestCall, name = 'customerId'): Row {
  const id = idIn(call, name);
  const customer = call.data.tables.customers.find((one) => one['id'] === id);
  // Recorded: customer-get-deleted.json.
  if (!customer) throw noSuch('customerId', id);
  return customer;
}

function list(call: RestCall): Row {
  return searchPage(call, {
    rows: call.data.tables.customers,
    columns: ['entity_id', 'dob', 'gender', 'taxvat'],
    read: (row, column) => (column === 'entity_id' ? row['id'] : row[column]),
  });
}

/** Recorded: customer-create.json, customer-create-duplicate.json. */
function create(call: RestCall): Row {
  const given = customerIn(call);
  const id = call.data.next('customer');
  const customer: Row = {
    id,
    group_id: 1,
    created_at: call.now,
    updated_at: call.now,
    created_in: call.shop.views[0].name,
    email: '',
    firstname: '',
    lastname: '',
    store_id: 1,
    website_id: 1,
    addresses: [],
    disable_auto_group_change: 0,
    extension_attributes: { is_subscribed: false },
    ...given,
  };
  customer['id'] = id;
  customer['created_in'] = call.shop.views.find((view) => view.id === customer['store_id'])?.name ?? '';
  // An address in a country that the shop does not sell to is passed over (AccountManagement, isAddressAllowedForWebsite).
  const addresses = rowsOf(given, 'addresses').filter((address) => isAllowedCountry(text(address, 'country_id')));
  addresses.forEach(checkAddress);
  setAddresses(call, customer, addresses);
  call.data.tables.customers.push(customer);
  return customer;
}

/** What is not sent is kept, but a list of addresses is the final one (fact sheet, section 5.9). */
function update(call: RestCall): Row {
  const customer = customerOf(call);
  const given = customerIn(call, customer);
  rowsOf(given, 'addresses').forEach(checkAddress);
  Object.assign(customer, given, { id: num(customer, 'id'), updated_at: call.now });
  if ('addresses' in given) setAddresses(call, customer, rowsOf(given, 'addresses'));
  return customer;
}

function customerIn(call: RestCall, own?: Row): Row {
  const given = snakeKeys(objectIn(call, 'customer'));
  checkKnown(given, MEMBERS);
  for (const name of ['email', 'firstname', 'lastname']) if (text(given, name) === '') throw required(name);
  const email = text(given, 'email').toLowerCase();
  if (call.data.tables.customers.some((one) => one !== own && text(one, 'email').toLowerCase() === email)) {
    throw new RestError(400, 'A customer with the same email address already exists in an associated website.');
  }
  return given;
}

function setAddresses(call: RestCall, customer: Row, addresses: readonly Row[]): void {
  const kept = addresses.map((address) => ({
    ...address,
    id: num(address, 'id') || call.data.next('customer_address'),
    customer_id: num(customer, 'id'),
  }));
  customer['addresses'] = kept;
  for (const [flag, column] of [
    ['default_billing', 'default_billing'],
    ['default_shipping', 'default_shipping'],
  ] as const) {
    const chosen = (kept as Row[]).find((one) => one[flag] === true);
    if (chosen) customer[column] = text(chosen, 'id');
    else Reflect.deleteProperty(customer, column);
  }
}

function remove(call: RestCall): boolean {
  const { customers } = call.data.tables;
  customers.splice(customers.indexOf(customerOf(call)), 1);
  return true;
}

function addressWith(call: RestCall): { owner: Row; address: Row } {
  const id = idIn(call, 'addressId');
  for (const owner of call.data.tables.customers) {
    const address = rowsOf(owner, 'addresses').find((one) => one['id'] === id);
    if (address) return { owner, address };
  }
  throw noSuch('addressId', id);
}

function removeAddress(call: RestCall): boolean {
  const { owner, address } = addressWith(call);
  owner['addresses'] = rowsOf(owner, 'addresses').filter((one) => one !== address);
  return true;
}

const CUSTOMER = 'Magento_Customer';

/** Accounts, their addresses and groups. */
export const customerRoutes: readonly RestRoute[] = [
  { method: 'GET', path: '/V1/customers/search', resource: `${CUSTOMER}::customer`, answer: list },
  { method: 'POST', path: '/V1/customers', resource: 'anonymous', answer: create },
  {
    method: 'GET',
    path: '/V1/customers/:customerId',
    resource: `${CUSTOMER}::customer`,
    answer: (call) => customerOf(call),
  },
  { method: 'PUT', path: '/V1/customers/:customerId', resource: `${CUSTOMER}::manage`, answer: update },
  { method: 'DELETE', path: '/V1/customers/:customerId', resource: `${CUSTOMER}::delete`, answer: remove },
  {
    method: 'GET',
    path: '/V1/customers/addresses/:addressId',
    resource: `${CUSTOMER}::customer`,
    answer: (call) => addressWith(call).address,
  },
  { method: 'DELETE', path: '/V1/addresses/:addressId', resource: `${CUSTOMER}::delete`, answer: removeAddress },
  {
    method: 'GET',
    path: '/V1/customerGroups/search',
    resource: `${CUSTOMER}::group`,
    answer: (call) =>
      searchPage(call, {
        rows: call.data.tables.groups,
        read: (row, column) => (column === 'customer_group_id' ? row['id'] : row[column]),
      }),
  },
];
