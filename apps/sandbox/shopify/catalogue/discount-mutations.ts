import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { parseAmount } from '../orders/parse-amount.js';
import { gid } from '../views/gid.js';
import { codeDiscountOf, codeNodeView, discountStatus } from './discounts.js';
import {
  blankDiscount,
  discountsSlice,
  saveDiscount,
  type Discount,
  type DiscountItems,
  type DiscountValue,
} from './discounts-slice.js';
import { wholeSecondOf } from './write-context.js';

interface ChosenItems {
  readonly all?: boolean | null;
  readonly products?: {
    readonly productsToAdd?: readonly string[] | null;
    readonly productsToRemove?: readonly string[] | null;
  } | null;
  readonly collections?: { readonly add?: readonly string[] | null; readonly remove?: readonly string[] | null } | null;
}

interface DiscountInput {
  readonly title?: string | null;
  readonly code?: string | null;
  readonly startsAt?: string | null;
  readonly endsAt?: string | null;
  readonly usageLimit?: number | null;
  readonly appliesOncePerCustomer?: boolean | null;
  readonly tags?: readonly string[] | null;
  readonly combinesWith?: {
    readonly orderDiscounts?: boolean | null;
    readonly productDiscounts?: boolean | null;
    readonly shippingDiscounts?: boolean | null;
  } | null;
  readonly context?: unknown;
  readonly customerGets?: {
    readonly value?: {
      readonly percentage?: number | null;
      readonly discountAmount?: { readonly amount?: unknown; readonly appliesOnEachItem?: boolean | null } | null;
    } | null;
    readonly items?: ChosenItems | null;
  } | null;
  readonly minimumRequirement?: {
    readonly quantity?: { readonly greaterThanOrEqualToQuantity?: unknown } | null;
    readonly subtotal?: { readonly greaterThanOrEqualToSubtotal?: unknown } | null;
  } | null;
  readonly maximumShippingPrice?: unknown;
}

function valueOf({ customerGets }: DiscountInput, before: DiscountValue, context: RequestContext): DiscountValue {
  const { percentage, discountAmount } = customerGets?.value ?? {};
  if (typeof percentage === 'number') return { kind: 'percentage', fraction: percentage };
  if (!discountAmount) return before;
  const minor = parseAmount(discountAmount.amount, context.shop.currency) ?? 0;
  return { kind: 'amount', minor, each: discountAmount.appliesOnEachItem ?? false };
}

function itemsOf({ customerGets }: DiscountInput, before: DiscountItems): DiscountItems {
  const items = customerGets?.items;
  if (!items) return before;
  if (items.all === true) return { kind: 'all' };
  const [kind, add, remove] = items.products
    ? (['products', items.products.productsToAdd, items.products.productsToRemove] as const)
    : (['collections', items.collections?.add, items.collections?.remove] as const);
  const own = before.kind === kind ? before.ids : [];
  return { kind, ids: [...new Set([...own, ...(add ?? [])])].filter((id) => remove?.includes(id) !== true) };
}

function minimumOf({ minimumRequirement }: DiscountInput, before: Discount['minimum'], context: RequestContext) {
  if (minimumRequirement === undefined) return before;
  const quantity = minimumRequirement?.quantity?.greaterThanOrEqualToQuantity;
  if (quantity !== undefined && quantity !== null) return { kind: 'quantity' as const, least: Number(quantity) };
  const subtotal = minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  if (subtotal === undefined || subtotal === null) return null;
  return { kind: 'subtotal' as const, least: parseAmount(subtotal, context.shop.currency) ?? 0 };
}

function momentOf(text: string | null | undefined, before: number): number {
  const at = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? before : at;
}

function combinesOf({ combinesWith }: DiscountInput, before: Discount['combines']): Discount['combines'] {
  return {
    order: combinesWith?.orderDiscounts ?? before.order,
    product: combinesWith?.productDiscounts ?? before.product,
    shipping: combinesWith?.shippingDiscounts ?? before.shipping,
  };
}

function changed(before: Discount, input: DiscountInput, context: RequestContext): Discount {
  return {
    ...before,
    title: input.title ?? before.title,
    code: input.code ?? before.code,
    startsAt: momentOf(input.startsAt, before.startsAt),
    endsAt: input.endsAt === undefined ? before.endsAt : input.endsAt === null ? null : momentOf(input.endsAt, 0),
    usageLimit: input.usageLimit === undefined ? before.usageLimit : input.usageLimit,
    oncePerCustomer: input.appliesOncePerCustomer ?? before.oncePerCustomer,
    tags: input.tags ?? before.tags,
    combines: combinesOf(input, before.combines),
    value: valueOf(input, before.value, context),
    items: itemsOf(input, before.items),
    minimum: minimumOf(input, before.minimum, context),
    maximumShipping:
      input.maximumShippingPrice === undefined
        ? before.maximumShipping
        : (parseAmount(input.maximumShippingPrice, context.shop.currency) ?? null),
    updatedAt: wholeSecondOf(context),
  };
}

const MOST_CHARACTERS = 255;

function blankMistakes(root: string, input: DiscountInput): readonly UserError[] {
  const blank = (field: string, name: string) => userError([root, field], `${name} can't be blank`, 'BLANK');
  const mistakes: UserError[] = [];
  if (!input.title?.trim()) mistakes.push(blank('title', 'Title'));
  if (!input.code?.trim()) mistakes.push(blank('code', 'Code'));
  if (!input.startsAt) mistakes.push(blank('startsAt', 'Starts at'));
  return mistakes;
}

/** Codes of `DiscountErrorCode`. */
function mistakesOf(
  root: string,
  after: Discount,
  input: DiscountInput,
  { data }: RequestContext,
): readonly UserError[] {
  const mistakes: UserError[] = [];
  const own = (path: readonly string[], message: string, code: string) =>
    mistakes.push(userError([root, ...path], message, code));
  const others = discountsSlice.read(data).filter(({ id }) => id !== after.id);
  if (input.code && others.some(({ code }) => code?.toLowerCase() === input.code?.toLowerCase())) {
    own(['code'], 'Code must be unique. Please try a different code.', 'TAKEN');
  }
  if ((input.code ?? '').length > MOST_CHARACTERS)
    own(['code'], 'Code is too long (maximum is 255 characters)', 'TOO_LONG');
  if (after.title.length > MOST_CHARACTERS) own(['title'], 'Title is too long (maximum is 255 characters)', 'TOO_LONG');
  if (after.endsAt !== null && after.endsAt <= after.startsAt)
    own(['endsAt'], 'Ends at needs to be after starts_at', 'INVALID');
  if (after.usageLimit !== null && after.usageLimit < 1)
    own(['usageLimit'], 'Usage limit must be greater than 0', 'GREATER_THAN');
  const { value } = after;
  if (value.kind === 'percentage' && (value.fraction <= 0 || value.fraction > 1)) {
    own(['customerGets', 'value', 'percentage'], 'Value must be between 0.0 and 1.0', 'VALUE_OUTSIDE_RANGE');
  }
  if (value.kind === 'amount' && value.minor <= 0) {
    own(['customerGets', 'value', 'discountAmount', 'amount'], 'Value must be greater than 0', 'GREATER_THAN');
  }
  return mistakes;
}

const refused = (userErrors: readonly UserError[]) => ({
  codeDiscountNode: null,
  userErrors: userErrors.map((one) => ({ ...one, extraInfo: null })),
});

const UNKNOWN = userError(['id'], 'Discount does not exist', 'INVALID');

function saved(discount: Discount, context: RequestContext) {
  saveDiscount(context.data, discount);
  return { codeDiscountNode: codeNodeView(discount, context), userErrors: [] };
}

function create(root: string, type: string, input: DiscountInput, context: RequestContext) {
  const missing = blankMistakes(root, input);
  const basic = type === 'DiscountCodeBasic';
  if (basic && !input.customerGets?.value) {
    return refused([...missing, userError([root, 'customerGets', 'value'], "Value can't be blank", 'BLANK')]);
  }
  const { data } = context;
  const blank = { ...blankDiscount(data.nextId(), data.nextId(), wholeSecondOf(context)), type };
  const discount = changed(blank, input, context);
  const mistakes = [...missing, ...mistakesOf(root, discount, input, context)];
  return mistakes.length > 0 ? refused(mistakes) : saved(discount, context);
}

function update(root: string, type: string, id: string, input: DiscountInput, context: RequestContext) {
  const before = codeDiscountOf(id, context);
  if (before?.type !== type) return refused([UNKNOWN]);
  const discount = changed(before, input, context);
  const mistakes = mistakesOf(root, discount, input, context);
  return mistakes.length > 0 ? refused(mistakes) : saved(discount, context);
}

interface ById {
  readonly id: string;
}

function discountCodeDelete({ id }: ById, context: RequestContext) {
  const discount = codeDiscountOf(id, context);
  if (discount === undefined) {
    const unknown = userError(['id'], 'Code discount does not exist.', 'INVALID');
    return { deletedCodeDiscountId: null, userErrors: [{ ...unknown, extraInfo: null }] };
  }
  discountsSlice.update(context.data, (all) => all.filter((one) => one.id !== discount.id));
  return { deletedCodeDiscountId: gid('DiscountCodeNode', discount.id), userErrors: [] };
}

function discountCodeDeactivate({ id }: ById, context: RequestContext) {
  const discount = codeDiscountOf(id, context);
  if (discount === undefined) return refused([userError(['id'], 'Code discount does not exist.', 'INVALID')]);
  const at = wholeSecondOf(context);
  const over = discountStatus(discount, at) === 'EXPIRED';
  return saved(over ? discount : { ...discount, endsAt: at, updatedAt: at }, context);
}

function discountCodeActivate({ id }: ById, context: RequestContext) {
  const discount = codeDiscountOf(id, context);
  if (discount === undefined) return refused([userError(['id'], 'Code discount does not exist.', 'INVALID')]);
  const at = wholeSecondOf(context);
  const on = discountStatus(discount, at) === 'ACTIVE';
  const startsAt = Math.min(discount.startsAt, at);
  return saved(on ? discount : { ...discount, startsAt, endsAt: null, updatedAt: at }, context);
}

const BASIC = 'basicCodeDiscount';
const SHIPPING = 'freeShippingCodeDiscount';

interface Writing {
  readonly id?: string;
  readonly basicCodeDiscount?: DiscountInput;
  readonly freeShippingCodeDiscount?: DiscountInput;
}

/** The fields of Mutation that write discounts. */
export const discountMutations = {
  discountCodeBasicCreate: (args: Writing, context: RequestContext) =>
    create(BASIC, 'DiscountCodeBasic', args[BASIC] ?? {}, context),
  discountCodeBasicUpdate: (args: Writing, context: RequestContext) =>
    update(BASIC, 'DiscountCodeBasic', args.id ?? '', args[BASIC] ?? {}, context),
  discountCodeFreeShippingCreate: (args: Writing, context: RequestContext) =>
    create(SHIPPING, 'DiscountCodeFreeShipping', args[SHIPPING] ?? {}, context),
  discountCodeFreeShippingUpdate: (args: Writing, context: RequestContext) =>
    update(SHIPPING, 'DiscountCodeFreeShipping', args.id ?? '', args[SHIPPING] ?? {}, context),
  discountCodeDelete,
  discountCodeDeactivate,
  discountCodeActivate,
};
