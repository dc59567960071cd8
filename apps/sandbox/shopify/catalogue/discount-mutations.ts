import type { RequestContext } from '../graphql/request-context.js';
import { textMistakes } from '../graphql/text-mistakes.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid, numberOfGid } from '../views/gid.js';
import { restMoment } from '../webhooks/rest-values.js';
import { changed, type DiscountInput } from './discount-inputs.js';
import { codeDiscountOf, codeNodeView, discountStatus } from './discounts.js';
import { blankDiscount, discountsSlice, saveDiscount, type Discount } from './discounts-slice.js';
import { discountPayload } from './payloads.js';
import { wholeSecondOf } from './write-context.js';

function blankMistakes(root: string, input: DiscountInput): readonly UserError[] {
  const blank = (field: string, name: string) => userError([root, field], `${name} can't be blank`, 'BLANK');
  const mistakes: UserError[] = [];
  if (!input.title?.trim()) mistakes.push(blank('title', 'Title'));
  if (!input.code?.trim()) mistakes.push(blank('code', 'Code'));
  if (!input.startsAt) mistakes.push(blank('startsAt', 'Starts at'));
  return mistakes;
}

type Mistakes = readonly UserError[];

function codeMistakes(root: string, after: Discount, { code }: DiscountInput, { data }: RequestContext): Mistakes {
  const others = discountsSlice.read(data).filter(({ id }) => id !== after.id);
  const taken = code && others.some((one) => one.code?.toLowerCase() === code.toLowerCase());
  const message = 'Code must be unique. Please try a different code.';
  return taken ? [userError([root, 'code'], message, 'TAKEN')] : [];
}

function valueMistakes(root: string, { value }: Discount): Mistakes {
  const place = [root, 'customerGets', 'value'];
  if (value.kind === 'percentage' && (value.fraction <= 0 || value.fraction > 1)) {
    return [userError([...place, 'percentage'], 'Value must be between 0.0 and 1.0', 'VALUE_OUTSIDE_RANGE')];
  }
  if (value.kind === 'amount' && value.minor <= 0) {
    return [userError([...place, 'discountAmount', 'amount'], 'Value must be greater than 0', 'GREATER_THAN')];
  }
  return [];
}

function limitMistakes(root: string, { endsAt, startsAt, usageLimit }: Discount): Mistakes {
  const mistakes: UserError[] = [];
  if (endsAt !== null && endsAt <= startsAt) {
    mistakes.push(userError([root, 'endsAt'], 'Ends at needs to be after starts_at', 'INVALID'));
  }
  if (usageLimit !== null && usageLimit < 1) {
    mistakes.push(userError([root, 'usageLimit'], 'Usage limit must be greater than 0', 'GREATER_THAN'));
  }
  return mistakes;
}

/** Codes of `DiscountErrorCode`; the wordings are not recorded. */
function mistakesOf(root: string, after: Discount, input: DiscountInput, context: RequestContext): Mistakes {
  const texts = [
    [[root, 'title'], 'Title', input.title],
    [[root, 'code'], 'Code', input.code],
  ] as const;
  return [
    ...codeMistakes(root, after, input, context),
    ...textMistakes(texts, { long: 'TOO_LONG', invalid: 'INVALID' }),
    ...limitMistakes(root, after),
    ...valueMistakes(root, after),
  ];
}

const refused = (userErrors: readonly UserError[]) => ({
  codeDiscountNode: null,
  userErrors: userErrors.map((one) => ({ ...one, extraInfo: null })),
});

const UNKNOWN = userError(['id'], 'Discount does not exist', 'INVALID');

function saved(discount: Discount, context: RequestContext) {
  const known = discountsSlice.read(context.data).some(({ id }) => id === discount.id);
  saveDiscount(context.data, discount);
  const payload = discountPayload(discount, discountStatus(discount, context.now.getTime()), context);
  context.notify(known ? 'DISCOUNTS_UPDATE' : 'DISCOUNTS_CREATE', payload);
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

function forget(discount: Discount, globalId: string, context: RequestContext): void {
  discountsSlice.update(context.data, (all) => all.filter((one) => one !== discount));
  const deletedAt = restMoment(wholeSecondOf(context), context.shop);
  context.notify('DISCOUNTS_DELETE', { admin_graphql_api_id: globalId, deleted_at: deletedAt });
}

function discountCodeDelete({ id }: ById, context: RequestContext) {
  const discount = codeDiscountOf(id, context);
  if (discount === undefined) {
    const unknown = userError(['id'], 'Code discount does not exist.', 'INVALID');
    return { deletedCodeDiscountId: null, userErrors: [{ ...unknown, extraInfo: null }] };
  }
  forget(discount, id, context);
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

function discountAutomaticDelete({ id }: ById, context: RequestContext) {
  const { data } = context;
  const number = numberOfGid(id, 'DiscountAutomaticNode');
  const discount = discountsSlice.read(data).find((one) => one.id === number && one.code === null);
  if (discount === undefined) {
    // Not recorded: the wording, made after that of a code discount.
    const unknown = userError(['id'], 'Automatic discount does not exist.', 'INVALID');
    return { deletedAutomaticDiscountId: null, userErrors: [{ ...unknown, extraInfo: null }] };
  }
  forget(discount, id, context);
  return { deletedAutomaticDiscountId: id, userErrors: [] };
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
  discountAutomaticDelete,
};
