import type { RequestContext } from '../graphql/request-context.js';
import { parseAmount } from '../orders/parse-amount.js';
import type { Discount, DiscountItems, DiscountValue } from './discounts-slice.js';
import { wholeSecondOf } from './write-context.js';

interface ChosenItems {
  readonly all?: boolean | null;
  readonly products?: {
    readonly productsToAdd?: readonly string[] | null;
    readonly productsToRemove?: readonly string[] | null;
    readonly productVariantsToAdd?: readonly string[] | null;
    readonly productVariantsToRemove?: readonly string[] | null;
  } | null;
  readonly collections?: { readonly add?: readonly string[] | null; readonly remove?: readonly string[] | null } | null;
}

/** `DiscountCodeBasicInput` and `DiscountCodeFreeShippingInput`. */
export interface DiscountInput {
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

const both = (
  left: readonly string[] | null | undefined,
  right: readonly string[] | null | undefined,
): readonly string[] => [...(left ?? []), ...(right ?? [])];

/** What is to be added and what to be taken away. */
function chosenIds({ products, collections }: ChosenItems) {
  if (!products) return ['collections', both(collections?.add, null), both(collections?.remove, null)] as const;
  const add = both(products.productsToAdd, products.productVariantsToAdd);
  return ['products', add, both(products.productsToRemove, products.productVariantsToRemove)] as const;
}

function itemsOf({ customerGets }: DiscountInput, before: DiscountItems): DiscountItems {
  const items = customerGets?.items;
  if (!items) return before;
  if (items.all === true) return { kind: 'all' };
  const [kind, add, remove] = chosenIds(items);
  const own = before.kind === kind ? before.ids : [];
  return { kind, ids: [...new Set([...own, ...add])].filter((id) => !remove.includes(id)) };
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

/** The discount with what the input says. */
export function changed(before: Discount, input: DiscountInput, context: RequestContext): Discount {
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
