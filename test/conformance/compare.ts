import { isDeepStrictEqual } from 'node:util';
import { Big } from '#contract';

/** A field of an input: where it is, what was sent, and what the record says of it afterwards. */
export interface Field {
  readonly path: string;
  readonly sent: unknown;
  readonly stored: unknown;
}

export interface Loss {
  readonly path: string;
  readonly fate: 'ignored' | 'changed';
}

type Json = Readonly<Record<string, unknown>>;

/** Side effects and instructions: nothing in a record says that they were carried out. */
const UNREADABLE =
  /^(reduceStock|notifyCustomer|restock|lineItems\[\]\.restock|payment|refund|note|locationId|ifAvailable|delta|reason)$/;

/**
 * What of an input does not come back as declared: fields that differ though nothing is said of them, and fields that
 * are said to be lost and came back all the same.
 */
export function surprises(fields: readonly Field[], losses: readonly Loss[]): string[] {
  return fields
    .filter(({ sent, path }) => sent !== undefined && !UNREADABLE.test(path))
    .flatMap(({ path, sent, stored }) => {
      const same = isSame(sent, stored);
      const loss = losses.find((one) => covers(one.path, path));
      if (loss === undefined) return same ? [] : [`${path}: sent ${show(sent)}, stored ${show(stored)}`];
      // What is changed may need no change this time; what is ignored cannot come back.
      return same && loss.fate === 'ignored' ? [`${path}: declared ignored, but it came back as it was sent`] : [];
    });
}

function covers(declared: string, path: string): boolean {
  return path === declared || path.startsWith(`${declared}.`) || path.startsWith(`${declared}[]`);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}

function isSame(sent: unknown, stored: unknown): boolean {
  if (isMoney(sent))
    return isMoney(stored) && sent.currency === stored.currency && new Big(sent.amount).eq(stored.amount);
  if (Array.isArray(sent) && Array.isArray(stored)) return isDeepStrictEqual([...sent].sort(), [...stored].sort());
  if (typeof sent === 'string' && typeof stored === 'string' && isInstant(sent) && isInstant(stored)) {
    return Date.parse(sent) === Date.parse(stored);
  }
  return isDeepStrictEqual(sent, stored);
}

function isMoney(value: unknown): value is { readonly amount: string; readonly currency: string } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text);

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);

/** Fields of the same name, at the top. */
export function sameNames(input: Json, record: Json, names: readonly string[]): Field[] {
  return names.map((name) => ({ path: name, sent: input[name], stored: record[name] }));
}

/** Fields of a part of the same name, such as an address. */
export function samePart(input: Json, record: Json, name: string): Field[] {
  const stored = object(record[name]);
  return Object.entries(object(input[name])).map(([field, sent]) => ({
    path: `${name}.${field}`,
    sent,
    stored: stored[field],
  }));
}

/** Rows of a list, one by one in their order. */
export function sameRows(input: Json, record: Json, name: string): Field[] {
  const stored = list(record[name]);
  return list(input[name]).flatMap((row, index) =>
    Object.entries(row).map(([field, sent]) => ({ path: `${name}[].${field}`, sent, stored: stored[index]?.[field] })),
  );
}

const VARIANT = ['sku', 'barcode', 'price', 'compareAtPrice', 'weight', 'tracked'];

export function productFields(input: Json, record: Json): Field[] {
  const [variant = {}] = list(record['variants']);
  const images = list(input['images']).map((image, index) => ({
    path: 'images[].url',
    // Platforms keep a copy under an address of their own; the file's name stays.
    sent: fileName(image['url']),
    stored: fileName(list(record['images'])[index]?.['url']),
  }));
  const alone = input['variants'] === undefined ? sameNames(input, variant, VARIANT) : [];
  const variants = list(input['variants']).flatMap((row, index) =>
    [...VARIANT, 'options'].map((field) => ({
      path: `variants[].${field}`,
      sent: row[field],
      stored: list(record['variants'])[index]?.[field],
    })),
  );
  return [
    ...sameNames(input, record, ['name', 'description', 'status', 'type', 'vendor', 'tags', 'handle', 'categoryIds']),
    ...images,
    ...alone,
    ...variants,
  ];
}

function fileName(address: unknown): string | undefined {
  return typeof address === 'string' ? new URL(address).pathname.split('/').at(-1) : undefined;
}

export function orderFields(input: Json, record: Json): Field[] {
  const codes = list(record['discounts']).map(({ code }) => code);
  const methods = Array.isArray(record['paymentMethods']) ? record['paymentMethods'] : [];
  const method = input['paymentMethod'];
  return [
    ...sameNames(input, record, ['currency', 'buyerNote', 'tags', 'sourceName', 'test', 'placedAt', 'paymentStatus']),
    ...sameRows(input, record, 'lineItems'),
    ...samePart(input, record, 'customer'),
    ...samePart(input, record, 'billingAddress'),
    ...samePart(input, record, 'shippingAddress'),
    ...sameRows(input, record, 'shippingLines'),
    ...sameRows(input, record, 'fees'),
    { path: 'discountCodes', sent: input['discountCodes'], stored: codes },
    { path: 'paymentMethod', sent: method, stored: methods.includes(method) ? method : methods },
  ];
}

export function orderChangeFields(input: Json, record: Json): Field[] {
  const customer = object(record['customer']);
  return [
    ...sameNames(input, record, ['status', 'buyerNote', 'tags']),
    { path: 'email', sent: input['email'], stored: customer['email'] },
    { path: 'phone', sent: input['phone'], stored: customer['phone'] },
    ...samePart(input, record, 'billingAddress'),
    ...samePart(input, record, 'shippingAddress'),
  ];
}

export function fulfillmentFields(input: Json, record: Json): Field[] {
  const [tracking = {}] = list(record['tracking']);
  return [
    ...Object.entries(object(input['tracking'])).map(([name, sent]) => ({
      path: `tracking.${name}`,
      sent,
      stored: tracking[name],
    })),
    ...sameRows(input, record, 'lineItems'),
    { path: 'status', sent: input['status'], stored: record['status'] },
  ];
}

export function couponFields(input: Json, record: Json): Field[] {
  const same = [
    'code',
    'name',
    'kind',
    'percentage',
    'amount',
    'startsAt',
    'endsAt',
    'usageLimit',
    'usageLimitPerCustomer',
  ];
  return [
    ...sameNames(input, record, [...same, 'minimumAmount', 'productIds', 'categoryIds']),
    { path: 'disabled', sent: input['disabled'], stored: record['status'] === 'disabled' },
  ];
}

export const ADDRESS_FIELDS = [
  ...['firstName', 'lastName', 'company', 'address1', 'address2', 'city', 'province', 'provinceCode', 'countryCode'],
  ...['postalCode', 'phone'],
];
