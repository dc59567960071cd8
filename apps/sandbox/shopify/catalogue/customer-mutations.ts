import type { RequestContext } from '../graphql/request-context.js';
import { textMistakes } from '../graphql/text-mistakes.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { addressMistake, addressOfInput, type AddressInput } from '../order-writes/address-input.js';
import type { Address } from '../orders/order.js';
import { addressView } from '../views/address-view.js';
import { gid, numberOfGid } from '../views/gid.js';
import { customerOf, customerRecordView, ordersOfCustomer } from './customers.js';
import { customersSlice, NO_CONSENT, saveCustomer, type Customer } from './customers-slice.js';
import { customerPayload } from './payloads.js';
import { wholeSecondOf } from './write-context.js';

interface CustomerInput {
  readonly id?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly locale?: string | null;
  readonly note?: string | null;
  readonly tags?: readonly string[] | null;
  readonly taxExempt?: boolean | null;
  readonly taxExemptions?: readonly string[] | null;
  readonly addresses?: readonly AddressInput[] | null;
  readonly emailMarketingConsent?: {
    readonly marketingState: string;
    readonly marketingOptInLevel?: string | null;
    readonly consentUpdatedAt?: string | null;
  } | null;
}

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/;
const PHONE = /^\+[1-9]\d{6,14}$/;

const blankToNull = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);
const bareNumber = (phone: string | null | undefined): string | null =>
  blankToNull(phone)?.replace(/[\s().-]/g, '') ?? null;

const TEXTS = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['email', 'Email'],
] as const;
const MOST_OF_NOTE = 5_000;

function inTexts(input: CustomerInput): readonly UserError[] {
  const texts = TEXTS.map(([field, name]) => [[field], name, input[field]] as const);
  const note = input.note ?? '';
  const long = `Note is too long (maximum is ${MOST_OF_NOTE} characters)`;
  // Not recorded: the limit of a note.
  if (note.length > MOST_OF_NOTE) return [...textMistakes(texts), userError(['note'], long)];
  return [...textMistakes(texts), ...(note.includes('\u0000') ? [userError(['note'], 'Note is invalid')] : [])];
}

function inAddresses({ addresses }: CustomerInput): readonly UserError[] {
  return (addresses ?? []).flatMap((address, index) => {
    const mistake = addressMistake(address);
    return mistake === undefined ? [] : [userError(['addresses', index, mistake.field], mistake.message)];
  });
}

/** Wordings recorded, but for those of texts and of an e-mail address that is none. */
function mistakesOf(customer: Customer, input: CustomerInput, context: RequestContext): readonly UserError[] {
  const { email, phone, firstName, lastName, id } = customer;
  const others = customersSlice.read(context.data).filter((one) => one.id !== id);
  const mistakes = [...inTexts(input), ...inAddresses(input)];
  if (email !== null && !EMAIL.test(email)) mistakes.push(userError(['email'], 'Email is invalid'));
  if (email !== null && others.some((one) => one.email?.toLowerCase() === email.toLowerCase())) {
    mistakes.push(userError(['email'], 'Email has already been taken'));
  }
  if (phone !== null && !PHONE.test(phone)) mistakes.push(userError(['phone'], 'Phone is invalid'));
  if (phone !== null && others.some((one) => one.phone === phone)) {
    mistakes.push(userError(['phone'], 'Phone has already been taken'));
  }
  if ([email, phone, firstName, lastName].every((one) => one === null)) {
    mistakes.push(userError(null, 'A name, phone number, or email address must be present'));
  }
  return mistakes;
}

const given = <Key extends keyof CustomerInput, Value>(
  input: CustomerInput,
  key: Key,
  read: (value: CustomerInput[Key]) => Value,
  before: Value,
): Value => (input[key] === undefined ? before : read(input[key]));

function changed(before: Customer, input: CustomerInput, at: number): Customer {
  return {
    ...before,
    firstName: given(input, 'firstName', blankToNull, before.firstName),
    lastName: given(input, 'lastName', blankToNull, before.lastName),
    email: given(input, 'email', (value) => blankToNull(value)?.toLowerCase() ?? null, before.email),
    phone: given(input, 'phone', bareNumber, before.phone),
    note: given(input, 'note', blankToNull, before.note),
    tags: given(input, 'tags', (tags) => [...new Set(tags ?? [])].sort(), before.tags),
    taxExempt: input.taxExempt ?? before.taxExempt,
    taxExemptions: input.taxExemptions ?? before.taxExemptions,
    locale: input.locale ?? before.locale,
    updatedAt: at,
  };
}

function blankCustomer(id: number, at: number): Customer {
  return {
    ...{ id, firstName: null, lastName: null, email: null, phone: null, locale: 'en', note: null, tags: [] },
    ...{ taxExempt: false, taxExemptions: [], state: 'DISABLED', consent: NO_CONSENT, addresses: [] },
    ...{ defaultAddressId: null, createdAt: at, updatedAt: at },
  };
}

const refused = (userErrors: readonly UserError[]) => ({ customer: null, userErrors });

function customerCreate({ input }: { readonly input: CustomerInput }, context: RequestContext) {
  const at = wholeSecondOf(context);
  // Not recorded: that an id in a create is refused, and the wording.
  if (input.id) return refused([userError(['id'], 'Cannot specify ID on creation')]);
  const fresh = changed(blankCustomer(0, at), input, at);
  const mistakes = mistakesOf(fresh, input, context);
  if (mistakes.length > 0) return refused(mistakes);
  const addresses = (input.addresses ?? []).map((address) => addressOfInput(address, context.data.nextId()));
  const consent = input.emailMarketingConsent;
  const customer: Customer = {
    ...fresh,
    id: context.data.nextId(),
    addresses,
    defaultAddressId: addresses[0]?.id ?? null,
    consent: consent ? { state: consent.marketingState, level: consent.marketingOptInLevel ?? null, at } : NO_CONSENT,
  };
  saveCustomer(context.data, customer);
  context.notify('CUSTOMERS_CREATE', customerPayload(customer, context));
  return { customer: customerRecordView(customer, context), userErrors: [] };
}

function customerUpdate({ input }: { readonly input: CustomerInput }, context: RequestContext) {
  const before = customerOf(input.id, context);
  if (before === undefined) return refused([userError(['id'], 'Customer does not exist')]);
  if (input.emailMarketingConsent) {
    const message =
      'To update emailMarketingConsent, please use the customerEmailMarketingConsentUpdate Mutation instead';
    return refused([userError(['emailMarketingConsent'], message)]);
  }
  const customer = changed(before, input, wholeSecondOf(context));
  const mistakes = mistakesOf(customer, input, context);
  if (mistakes.length > 0) return refused(mistakes);
  saveCustomer(context.data, customer);
  context.notify('CUSTOMERS_UPDATE', customerPayload(customer, context));
  return { customer: customerRecordView(customer, context), userErrors: [] };
}

function customerDelete({ input }: { readonly input: { readonly id: string } }, context: RequestContext) {
  const customer = customerOf(input.id, context);
  const refuse = (message: string) => ({ deletedCustomerId: null, userErrors: [userError(['id'], message)] });
  // Not recorded: the wording.
  if (customer === undefined) return refuse("Customer can't be found");
  if (ordersOfCustomer(customer, context).length > 0) {
    return refuse('Customer can’t be deleted because they have associated orders');
  }
  customersSlice.update(context.data, (all) => all.filter(({ id }) => id !== customer.id));
  context.notify('CUSTOMERS_DELETE', {
    ...{ id: customer.id, admin_graphql_api_id: gid('Customer', customer.id), tax_exemptions: customer.taxExemptions },
  });
  return { deletedCustomerId: gid('Customer', customer.id), userErrors: [] };
}

interface AddressArguments {
  readonly customerId: string;
  readonly addressId?: string;
  readonly address?: AddressInput;
  readonly setAsDefault?: boolean | null;
}

/** @param root of the field, when it is one inside the address */
const noAddress = (field: string, message: string, root?: string) => ({
  address: null,
  userErrors: [userError(root === undefined ? [field] : [root, field], message)],
});

const sameAddress = ({ id: _left, ...left }: Address, { id: _right, ...right }: Address): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

function keepAddresses(
  customer: Customer,
  addresses: readonly Address[],
  main: number | null,
  context: RequestContext,
) {
  const saved = { ...customer, addresses, defaultAddressId: main, updatedAt: wholeSecondOf(context) };
  saveCustomer(context.data, saved);
  context.notify('CUSTOMERS_UPDATE', customerPayload(saved, context));
}

function addressOf({ addressId }: AddressArguments, { addresses }: Customer): Address | undefined {
  const id = numberOfGid(addressId ?? '', 'MailingAddress');
  return addresses.find((one) => one.id === id);
}

const addressMutations = {
  customerAddressCreate: (args: AddressArguments, context: RequestContext) => {
    const customer = customerOf(args.customerId, context);
    if (customer === undefined) return noAddress('customerId', 'Customer does not exist');
    const mistake = addressMistake(args.address ?? {});
    if (mistake !== undefined) return noAddress(mistake.field, mistake.message, 'address');
    const address = addressOfInput(args.address ?? {}, context.data.nextId());
    if (customer.addresses.some((one) => sameAddress(one, address)))
      return noAddress('address', 'Address already exists');
    const main =
      args.setAsDefault === true || customer.defaultAddressId === null ? address.id : customer.defaultAddressId;
    keepAddresses(customer, [...customer.addresses, address], main, context);
    return { address: addressView(address), userErrors: [] };
  },
  customerAddressUpdate: (args: AddressArguments, context: RequestContext) => {
    const customer = customerOf(args.customerId, context);
    if (customer === undefined) return noAddress('customerId', 'Customer does not exist');
    const before = addressOf(args, customer);
    if (before === undefined) return noAddress('addressId', 'Address does not exist');
    const wanted = changedAddress(before, args.address ?? {});
    const mistake = addressMistake(wanted);
    if (mistake !== undefined) return noAddress(mistake.field, mistake.message, 'address');
    const address = addressOfInput(wanted, before.id);
    const addresses = customer.addresses.map((one) => (one.id === address.id ? address : one));
    keepAddresses(customer, addresses, args.setAsDefault === true ? address.id : customer.defaultAddressId, context);
    return { address: addressView(address), userErrors: [] };
  },
  customerAddressDelete: (args: AddressArguments, context: RequestContext) => {
    const refuse = (field: string, message: string) => ({
      deletedAddressId: null,
      userErrors: [userError([field], message)],
    });
    const customer = customerOf(args.customerId, context);
    if (customer === undefined) return refuse('customerId', 'Customer does not exist');
    const address = addressOf(args, customer);
    if (address === undefined) return refuse('addressId', 'Address does not exist');
    const addresses = customer.addresses.filter(({ id }) => id !== address.id);
    const main = customer.defaultAddressId === address.id ? (addresses[0]?.id ?? null) : customer.defaultAddressId;
    keepAddresses(customer, addresses, main, context);
    return { deletedAddressId: addressView(address).id, userErrors: [] };
  },
};

/** A changed country brings its own name or code, and so does a changed province. */
function changedAddress(before: Address, given: AddressInput): AddressInput {
  const { country, countryCode } = before;
  const ofCountry = given.countryCode
    ? { country: null }
    : given.country
      ? { countryCode: null }
      : { country, countryCode };
  const ofProvince =
    given.provinceCode !== undefined ? { province: null } : given.province === undefined ? {} : { provinceCode: null };
  return { ...before, ...given, ...ofCountry, ...ofProvince };
}

/** The fields of Mutation that write customers. */
export const customerMutations = { customerCreate, customerUpdate, customerDelete, ...addressMutations };
