import type { GraphQLResolveInfo } from 'graphql';
import type { Order } from '../orders/order.js';
import { numberOfGid } from '../views/gid.js';
import { orderView } from '../views/order-view.js';
import { connection, type PageArguments } from './connection.js';
import { orderSearch } from './order-search.js';
import { orderSorting } from './order-sorting.js';
import type { RequestContext } from './request-context.js';

interface SearchArguments {
  readonly query?: string | null;
}

interface OrdersArguments extends PageArguments, SearchArguments {
  readonly sortKey: string;
}

function pathOf(info: GraphQLResolveInfo): readonly (string | number)[] {
  return [info.path.key];
}

/** The visible orders a search finds; its warnings go into the answer. */
function found({ query }: SearchArguments, context: RequestContext, info: GraphQLResolveInfo): readonly Order[] {
  if (query === undefined || query === null || query.trim() === '') return context.visible;
  const { matches, parsed, warnings } = orderSearch(query, context.shop, context.now);
  if (warnings.length > 0) context.searches.push({ path: pathOf(info), query, parsed, warnings });
  return context.visible.filter(matches);
}

function orderOf(globalId: string, context: RequestContext): unknown {
  const id = numberOfGid(globalId, 'Order');
  const order = context.visible.find((one) => one.id === id);
  return order === undefined ? null : orderView(order, context);
}

/** The fields of QueryRoot that read orders. */
export const orderQueries = {
  order: ({ id }: { readonly id: string }, context: RequestContext) => orderOf(id, context),
  orderByIdentifier: (
    { identifier }: { readonly identifier: { readonly id?: string | null } },
    context: RequestContext,
  ) => orderOf(identifier.id ?? '', context),
  orders: (args: OrdersArguments, context: RequestContext, info: GraphQLResolveInfo) => {
    const items = found(args, context, info);
    const searched = typeof args.query === 'string' && args.query.trim() !== '';
    const view = (order: Order): unknown => orderView(order, context);
    return connection({ items, idOf: ({ id }) => id, sortBy: orderSorting(args.sortKey, searched), view }, args);
  },
  ordersCount: (
    args: SearchArguments & { readonly limit?: number | null },
    context: RequestContext,
    info: GraphQLResolveInfo,
  ) => {
    const count = found(args, context, info).length;
    const limit = args.limit ?? Number.POSITIVE_INFINITY;
    return count > limit ? { count: limit, precision: 'AT_LEAST' } : { count, precision: 'EXACT' };
  },
};
