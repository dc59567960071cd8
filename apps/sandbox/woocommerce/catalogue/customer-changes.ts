import type { JsonValue } from '#contract';
import { isEmailAddress } from '../argument-problems.js';
import { type Arguments, objectArgument, textArgument, textOr } from '../order-writes/arguments.js';
import { writeMeta } from '../order-writes/order-meta.js';
import { restError, type RestError } from '../rest-error.js';
import type { CatalogueCall } from './catalogue-call.js';
import { BILLING_FIELDS, SHIPPING_FIELDS } from './customer-body.js';
import type { Customer } from './records.js';

export type WrittenCustomer = { readonly value: Customer } | { readonly error: RestError };

/** Names that belong to nobody; the word behind the @ is taken then, as wc_create_new_customer_username() does. */
const GENERAL_NAMES = ['sales', 'hello', 'mail', 'contact', 'info'];

export function createCustomer(values: Arguments, call: CatalogueCall): WrittenCustomer {
  const { catalogue, now } = call;
  const email = textOr(values['email'], '').trim();
  const problem = emailProblem(email, call) ?? usernameProblem(textArgument(values['username']), call);
  if (problem) return { error: problem };
  const password = textOr(values['password'], '');
  const blank: Customer = {
    id: catalogue.next('user'),
    createdAt: now,
    modifiedAt: now,
    email,
    firstName: '',
    lastName: '',
    role: 'customer',
    username: textOr(values['username'], '') || freeUsername(email, call),
    billing: {},
    shipping: {},
    // Whoever was given a made-up password is asked to change it (recorded: customer-create.json).
    meta: password === '' ? [{ id: catalogue.next('meta'), key: 'default_password_nag', value: '1' }] : [],
  };
  const customer = catalogue.customers.save({ ...applied(blank, values, call), email });
  call.report('customer.created', customer.id);
  return { value: customer };
}

export function updateCustomer(before: Customer, values: Arguments, call: CatalogueCall): WrittenCustomer {
  const email = textArgument(values['email']);
  const isTaken = email !== undefined && call.catalogue.customers.all().some((one) => hasEmail(one, email, before.id));
  if (isTaken) return { error: restError(400, 'woocommerce_rest_customer_invalid_email', 'Email address is invalid.') };
  const username = textArgument(values['username']);
  if (username !== undefined && username !== '' && username !== before.username) {
    return { error: restError(400, 'woocommerce_rest_customer_invalid_argument', "Username isn't editable.") };
  }
  const customer = call.catalogue.customers.save({ ...applied(before, values, call), modifiedAt: call.now });
  call.report('customer.updated', customer.id);
  return { value: customer };
}

function applied(before: Customer, values: Arguments, { catalogue }: CatalogueCall): Customer {
  return {
    ...before,
    email: textOr(values['email'], before.email),
    firstName: textOr(values['first_name'], before.firstName),
    lastName: textOr(values['last_name'], before.lastName),
    billing: addressOf(before.billing, values['billing'], BILLING_FIELDS),
    shipping: addressOf(before.shipping, values['shipping'], SHIPPING_FIELDS),
    meta: [...writeMeta(before.meta, values['meta_data'], () => catalogue.next('meta'), false)],
  };
}

function addressOf(
  before: Customer['billing'],
  asked: JsonValue | undefined,
  fields: readonly string[],
): Customer['billing'] {
  const given = objectArgument(asked) ?? {};
  const named = fields.flatMap((field): [string, string][] => {
    const text = textArgument(given[field]);
    return text === undefined ? [] : [[field, text]];
  });
  return { ...before, ...Object.fromEntries(named) };
}

function hasEmail(customer: Customer, email: string, except: number): boolean {
  return customer.id !== except && customer.email.toLowerCase() === email.toLowerCase();
}

/** Recorded: customer-create-duplicate-email.json */
function emailProblem(email: string, { catalogue }: CatalogueCall): RestError | undefined {
  if (!isEmailAddress(email)) {
    return restError(400, 'registration-error-invalid-email', 'Please provide a valid email address.');
  }
  if (!catalogue.customers.all().some((one) => hasEmail(one, email, 0))) return undefined;
  const message = `An account is already registered with ${email}. Please log in or use a different email address.`;
  return restError(400, 'registration-error-email-exists', message);
}

function usernameProblem(username: string | undefined, { catalogue }: CatalogueCall): RestError | undefined {
  const isTaken = catalogue.customers.all().some((one) => one.username === username);
  if (username === undefined || !isTaken) return undefined;
  const message = 'An account is already registered with that username. Please choose another.';
  return restError(400, 'registration-error-username-exists', message);
}

function freeUsername(email: string, { catalogue }: CatalogueCall): string {
  const [name = '', domain = ''] = email.toLowerCase().split('@');
  const base = (GENERAL_NAMES.includes(name) ? (domain.split('.')[0] ?? name) : name).replace(/[^a-z0-9 _.\-@]/g, '');
  const names = new Set(catalogue.customers.all().map((one) => one.username));
  if (!names.has(base)) return base;
  let number = 2;
  while (names.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
