import type { RequestContext } from '../graphql/request-context.js';
import { textMistakes, type GivenText } from '../graphql/text-mistakes.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { numberOfGid } from '../views/gid.js';
import { addressMistake, type AddressInput } from './address-input.js';
import { buyerOf } from './order-customer.js';
import type { LineInput, OrderCreateInput, TaxInput } from './order-create-input.js';
import { orderVariant } from './order-variant.js';

type Path = readonly (string | number)[];

const CODES = { long: 'INVALID', invalid: 'INVALID' } as const;

function inTaxes(taxes: readonly TaxInput[] | null | undefined, path: Path): readonly UserError[] {
  return (taxes ?? []).flatMap(({ rate }, index) => {
    const missing = rate === null || rate === undefined || rate === '' || Number.isNaN(Number(rate));
    // recorded code and field
    return missing
      ? [userError([...path, 'taxLines', index, 'rate'], 'Tax line rate is missing', 'TAX_LINE_RATE_MISSING')]
      : [];
  });
}

/** The wording of these refusals is believed, not recorded. */
function inLine(line: LineInput, index: number, context: RequestContext): readonly UserError[] {
  const path = ['order', 'lineItems', index];
  const invalid = (field: string, message: string): UserError => userError([...path, field], message, 'INVALID');
  const variantId = numberOfGid(line.variantId ?? '', 'ProductVariant');
  const mistakes: UserError[] = [...inTaxes(line.taxLines, path)];
  if (line.quantity <= 0) mistakes.push(invalid('quantity', 'Quantity must be greater than 0'));
  if (line.variantId) {
    if (variantId === undefined || orderVariant(context.data, variantId) === undefined) {
      mistakes.push(invalid('variantId', 'Variant does not exist'));
    }
  } else if (!line.title) mistakes.push(invalid('title', "Title can't be blank"));
  const texts = textMistakes(
    [
      [[...path, 'title'], 'Title', line.title],
      [[...path, 'sku'], 'SKU', line.sku],
    ],
    CODES,
  );
  return [...mistakes, ...texts];
}

function inMoney(input: OrderCreateInput, { shop }: RequestContext): readonly UserError[] {
  const bags = [
    ...(input.lineItems ?? []).map(({ priceSet }) => priceSet),
    ...(input.shippingLines ?? []).map(({ priceSet }) => priceSet),
    ...(input.transactions ?? []).map(({ amountSet }) => amountSet),
  ];
  const own = input.currency ?? shop.currency;
  const foreign = bags.some((bag) => bag && bag.shopMoney.currencyCode !== own);
  if (!foreign && own === shop.currency) return [];
  return [userError(['order', 'currency'], `Currency must be ${shop.currency}`, 'INVALID')];
}

function inCustomer(input: OrderCreateInput, context: RequestContext): readonly UserError[] {
  // recorded code and field
  if (input.customerId && input.customer) {
    const message = 'Only one of customerId and customer can be provided';
    return [userError(['order'], message, 'REDUNDANT_CUSTOMER_FIELDS')];
  }
  const missing = buyerOf(input, context) === undefined;
  return missing ? [userError(['order', 'customer'], 'Customer does not exist', 'INVALID')] : [];
}

/** The wordings are recorded for a customer's addresses; that an order's are refused alike is believed. */
function inAddresses({ billingAddress, shippingAddress, customer }: OrderCreateInput): readonly UserError[] {
  const given: readonly (readonly [Path, AddressInput | null | undefined])[] = [
    [['billingAddress'], billingAddress],
    [['shippingAddress'], shippingAddress],
    ...(customer?.toUpsert?.addresses ?? []).map(
      (address, index) => [['customer', 'toUpsert', 'addresses', index], address] as const,
    ),
  ];
  return given.flatMap(([path, address]) => {
    const mistake = address ? addressMistake(address) : undefined;
    return mistake === undefined ? [] : [userError(['order', ...path, mistake.field], mistake.message, 'INVALID')];
  });
}

function inTexts({ note, customer, shippingLines }: OrderCreateInput): readonly UserError[] {
  const { firstName, lastName } = customer?.toUpsert ?? {};
  const upsert = ['order', 'customer', 'toUpsert'];
  const nul = note?.includes('\u0000') === true ? [userError(['order', 'note'], 'Note is invalid', 'INVALID')] : [];
  const texts: readonly GivenText[] = [
    [[...upsert, 'firstName'], 'First name', firstName],
    [[...upsert, 'lastName'], 'Last name', lastName],
    ...(shippingLines ?? []).map(
      ({ title }, index) => [['order', 'shippingLines', index, 'title'], 'Title', title] as const,
    ),
  ];
  return [...nul, ...textMistakes(texts, CODES)];
}

function inDiscount({ discountCode }: OrderCreateInput): readonly UserError[] {
  if (!discountCode) return [];
  const given = Object.values(discountCode).filter((one) => one !== null && one !== undefined);
  if (given.length === 1) return [];
  return [userError(['order', 'discountCode'], 'Exactly one discount code must be provided', 'INVALID')];
}

function inTimes({ processedAt }: OrderCreateInput, { now }: RequestContext): readonly UserError[] {
  if (!processedAt) return [];
  const at = Date.parse(processedAt);
  if (!Number.isNaN(at) && at <= now.getTime()) return [];
  // recorded code and field
  return [userError(['order', 'processedAt'], 'Processed at must be in the past', 'PROCESSED_AT_INVALID')];
}

/** Everything wrong with an order to be created. */
export function mistakesIn(input: OrderCreateInput, context: RequestContext): readonly UserError[] {
  const lines = input.lineItems ?? [];
  if (lines.length === 0) {
    // recorded message
    return [userError(['order', 'lineItems'], 'Line items must have at least one line item', 'INVALID')];
  }
  const both = (input.taxLines ?? []).length > 0 && lines.some(({ taxLines }) => (taxLines ?? []).length > 0);
  return [
    ...lines.flatMap((line, index) => inLine(line, index, context)),
    ...inTaxes(input.taxLines, ['order']),
    ...(both ? [userError(['order', 'taxLines'], 'Tax lines must be on the order or on its lines', 'INVALID')] : []),
    ...inMoney(input, context),
    ...inCustomer(input, context),
    ...inAddresses(input),
    ...inTexts(input),
    ...inDiscount(input),
    ...inTimes(input, context),
  ];
}
