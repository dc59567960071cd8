import type { GraphQLResolveInfo } from 'graphql';
import { connection, type PageArguments, type SortValue } from '../graphql/connection.js';
import { printMoment, printMomentOrNull, sortableMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { gid, numberOfGid } from '../views/gid.js';
import { moneyView } from '../views/money-view.js';
import { rowsOf } from './catalogue-queries.js';
import { catalogueSlice } from './catalogue-slice.js';
import { discountsSlice, type Discount } from './discounts-slice.js';
import {
  choiceField,
  countView,
  exactField,
  momentField,
  notSimulated,
  numberField,
  searched,
  wordsField,
  type SearchFields,
} from './search-records.js';
import { collectionView, productView, variantView } from './views.js';

/** `DiscountStatus`. */
export function discountStatus({ startsAt, endsAt }: Discount, now: number): string {
  if (endsAt !== null && endsAt <= now) return 'EXPIRED';
  return startsAt > now ? 'SCHEDULED' : 'ACTIVE';
}

function kindOf({ type, value }: Discount): string {
  if (type.endsWith('App')) return 'app';
  if (type.endsWith('FreeShipping')) return 'free_shipping';
  if (type.endsWith('Bxgy')) return 'bogo';
  return value.kind === 'percentage' ? 'percentage' : 'fixed_amount';
}

const classOf = ({ type, items }: Discount): string => {
  if (type.endsWith('FreeShipping')) return 'SHIPPING';
  return items.kind === 'all' && !type.endsWith('Bxgy') ? 'ORDER' : 'PRODUCT';
};

function valueView({ value, type }: Discount, currency: string) {
  if (value.kind === 'amount') {
    const amount = moneyView(value.minor, currency);
    return { __typename: 'DiscountAmount', amount, appliesOnEachItem: value.each };
  }
  const percentage = { __typename: 'DiscountPercentage', percentage: value.fraction };
  if (!type.endsWith('Bxgy')) return percentage;
  return { __typename: 'DiscountOnQuantity', quantity: { quantity: '1' }, effect: percentage };
}

function itemsView({ items }: Discount, context: RequestContext) {
  if (items.kind === 'all') return { __typename: 'AllDiscountItems', allItems: true };
  const state = catalogueSlice.read(context.data);
  if (items.kind === 'products') {
    const chosen = state.products.filter(({ id }) => items.ids.includes(gid('Product', id)));
    const view = (one: (typeof chosen)[number]): unknown => productView(one, context);
    const products = (page: PageArguments) => connection({ items: chosen, idOf: ({ id }) => id, view }, page);
    const rows = rowsOf(context).filter(({ variant }) => items.ids.includes(gid('ProductVariant', variant.id)));
    const productVariants = (page: PageArguments) =>
      connection(
        {
          items: rows,
          idOf: ({ variant }) => variant.id,
          view: ({ variant, product }) => variantView(variant, product, context),
        },
        page,
      );
    return { __typename: 'DiscountProducts', products, productVariants };
  }
  const chosen = state.collections.filter(({ id }) => items.ids.includes(gid('Collection', id)));
  const view = (one: (typeof chosen)[number]): unknown => collectionView(one, context);
  const collections = (page: PageArguments) => connection({ items: chosen, idOf: ({ id }) => id, view }, page);
  return { __typename: 'DiscountCollections', collections };
}

function minimumView({ minimum }: Discount, currency: string) {
  if (minimum === null) return null;
  if (minimum.kind === 'quantity') {
    return { __typename: 'DiscountMinimumQuantity', greaterThanOrEqualToQuantity: String(minimum.least) };
  }
  const greaterThanOrEqualToSubtotal = moneyView(minimum.least, currency);
  return { __typename: 'DiscountMinimumSubtotal', greaterThanOrEqualToSubtotal };
}

function shortSummary(discount: Discount, currency: string): string {
  const kind = kindOf(discount);
  if (kind === 'free_shipping') return 'Free shipping';
  const { value } = discount;
  const off =
    value.kind === 'percentage'
      ? `${Number((value.fraction * 100).toFixed(2))}%`
      : moneyView(value.minor, currency).amount;
  return `${off} off ${discount.items.kind === 'all' ? 'entire order' : 'selected items'}`;
}

function codesView({ code, codeId, used }: Discount) {
  const items = code === null ? [] : [code];
  const view = (own: string): unknown => ({ id: gid('DiscountRedeemCode', codeId), code: own, asyncUsageCount: used });
  return {
    codes: (page: PageArguments) => connection({ items, idOf: () => codeId, view }, page),
    codesCount: { count: items.length, precision: 'EXACT' },
  };
}

/** A member of the union `Discount`. */
export function discountView(discount: Discount, context: RequestContext) {
  const { id, type, title, startsAt, endsAt, usageLimit, used, tags, combines, maximumShipping } = discount;
  const { currency } = context.shop;
  const summary = shortSummary(discount, currency);
  return {
    ...codesView(discount),
    __typename: type,
    ...{ title, usageLimit, tags, summary, shortSummary: summary },
    status: discountStatus(discount, context.now.getTime()),
    startsAt: printMoment(startsAt),
    endsAt: printMomentOrNull(endsAt),
    appliesOncePerCustomer: discount.oncePerCustomer,
    asyncUsageCount: used,
    createdAt: printMoment(discount.createdAt),
    updatedAt: printMoment(discount.updatedAt),
    discountClasses: [classOf(discount)],
    discountId: gid(type.startsWith('DiscountCode') ? 'DiscountCodeNode' : 'DiscountAutomaticNode', id),
    combinesWith: {
      orderDiscounts: combines.order,
      productDiscounts: combines.product,
      shippingDiscounts: combines.shipping,
    },
    minimumRequirement: minimumView(discount, currency),
    customerGets: () => ({ value: valueView(discount, currency), items: itemsView(discount, context) }),
    maximumShippingPrice: maximumShipping === null ? null : moneyView(maximumShipping, currency),
  };
}

const isCode = ({ code }: Discount): boolean => code !== null;

/** `DiscountNode`: its global id tells how the discount is applied. */
function nodeView(discount: Discount, context: RequestContext) {
  const type = isCode(discount) ? 'DiscountCodeNode' : 'DiscountAutomaticNode';
  return { id: gid(type, discount.id), discount: () => discountView(discount, context) };
}

/** `DiscountCodeNode`. */
export function codeNodeView(discount: Discount, context: RequestContext) {
  return { id: gid('DiscountCodeNode', discount.id), codeDiscount: () => discountView(discount, context) };
}

/** The code discount of that global id. */
export function codeDiscountOf(globalId: string, { data }: Pick<RequestContext, 'data'>): Discount | undefined {
  const id = numberOfGid(globalId, 'DiscountCodeNode');
  return discountsSlice.read(data).find((one) => one.id === id && isCode(one));
}

const STATUS_FIELD = (term: { readonly value: string }, { now }: RequestContext) => {
  const wanted = term.value.toUpperCase().split(',');
  return (one: Discount): boolean => wanted.includes(discountStatus(one, now.getTime()));
};

const FIELDS: SearchFields<Discount> = {
  updated_at: momentField(({ updatedAt }) => updatedAt),
  created_at: momentField(({ createdAt }) => createdAt),
  starts_at: momentField(({ startsAt }) => startsAt),
  ends_at: momentField(({ endsAt }) => endsAt),
  id: numberField(({ id }) => [id]),
  times_used: numberField(({ used }) => [used]),
  status: STATUS_FIELD,
  code: exactField(({ code }) => [code]),
  title: wordsField(({ title }) => [title]),
  tag: exactField(({ tags }) => tags),
  type: choiceField((one) => ['all', kindOf(one)]),
  discount_type: choiceField((one) => ['all', kindOf(one)]),
  discount_class: choiceField((one) => [classOf(one)]),
  method: choiceField((one) => [isCode(one) ? 'code' : 'automatic']),
  ...notSimulated('discounts', 'combines_with context customer_ids market_ids segment_ids'),
  default: wordsField(({ title, code }) => [title, code]),
};

const SORTINGS: Readonly<Record<string, (one: Discount) => SortValue>> = {
  CREATED_AT: ({ createdAt }) => sortableMoment(createdAt),
  UPDATED_AT: ({ updatedAt }) => sortableMoment(updatedAt),
  STARTS_AT: ({ startsAt }) => sortableMoment(startsAt),
  ENDS_AT: ({ endsAt }) => (endsAt === null ? '' : sortableMoment(endsAt)),
  TITLE: ({ title }) => title.toLowerCase(),
};

interface ListArguments extends PageArguments {
  readonly query?: string | null;
  readonly sortKey?: string;
  readonly limit?: number | null;
}

/** The fields of QueryRoot that read discounts. */
export const discountQueries = {
  discountNodes: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = searched(discountsSlice.read(context.data), args.query, FIELDS, context, info);
    const sortBy = SORTINGS[args.sortKey ?? 'ID'];
    const view = (one: Discount): unknown => nodeView(one, context);
    return connection({ items, idOf: ({ id }) => id, ...(sortBy && { sortBy }), view }, args);
  },
  discountNodesCount: (args: ListArguments, context: RequestContext, info: GraphQLResolveInfo) =>
    countView(searched(discountsSlice.read(context.data), args.query, FIELDS, context, info).length, args.limit),
  discountNode: ({ id }: { readonly id: string }, context: RequestContext) => {
    const found = discountsSlice.read(context.data).find((one) => nodeView(one, context).id === id);
    return found === undefined ? null : nodeView(found, context);
  },
  codeDiscountNode: ({ id }: { readonly id: string }, context: RequestContext) => {
    const found = codeDiscountOf(id, context);
    return found === undefined ? null : codeNodeView(found, context);
  },
  codeDiscountNodeByCode: ({ code }: { readonly code: string }, context: RequestContext) => {
    const found = discountsSlice.read(context.data).find((one) => one.code?.toLowerCase() === code.toLowerCase());
    return found === undefined ? null : codeNodeView(found, context);
  },
};
