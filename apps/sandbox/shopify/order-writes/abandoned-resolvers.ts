import type { GraphQLResolveInfo } from 'graphql';
import {
  choiceField,
  countView,
  exactField,
  momentField,
  numberField,
  searched,
  type SearchFields,
} from '../catalogue/search-records.js';
import { connection, type PageArguments } from '../graphql/connection.js';
import { sortableMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { abandonedCheckoutsOf, checkoutTotals, type AbandonedCheckout } from '../orders/abandoned-checkouts.js';
import { abandonedCheckoutView } from '../views/abandoned-checkout-view.js';
import { fullName } from '../views/address-view.js';

interface SearchArguments {
  readonly query?: string | null;
}

const FIELDS: SearchFields<AbandonedCheckout> = {
  id: numberField(({ id }) => [id]),
  created_at: momentField(({ createdAt }) => createdAt),
  updated_at: momentField(({ updatedAt }) => updatedAt),
  status: choiceField(({ completedAt }) => [completedAt === null ? 'open' : 'closed']),
  recovery_state: choiceField(({ completedAt }) => [completedAt === null ? 'not_recovered' : 'recovered']),
  email_state: choiceField(() => ['not_sent']),
  default: exactField(({ id, buyer }) => [String(id), buyer.email, buyer.firstName, buyer.lastName]),
};

const SORTING: Readonly<Record<string, (one: AbandonedCheckout, context: RequestContext) => string | number>> = {
  CREATED_AT: ({ createdAt }) => sortableMoment(createdAt),
  CUSTOMER_NAME: ({ buyer }) => fullName(buyer.lastName, buyer.firstName) ?? '',
  TOTAL_PRICE: (one, { shop }) => checkoutTotals(one, shop).total.shop,
};

function found({ query }: SearchArguments, context: RequestContext, info: GraphQLResolveInfo) {
  return searched(abandonedCheckoutsOf(context.data), query, FIELDS, context, info);
}

/** The fields of QueryRoot about checkouts somebody left. */
export const abandonedResolvers = {
  abandonedCheckouts: (
    args: PageArguments & SearchArguments & { readonly sortKey?: string | null },
    context: RequestContext,
    info: GraphQLResolveInfo,
  ) => {
    const sorting = SORTING[args.sortKey ?? 'ID'];
    return connection(
      {
        items: found(args, context, info),
        idOf: ({ id }) => id,
        sortBy: (one) => sorting?.(one, context) ?? String(one.id),
        view: (one) => abandonedCheckoutView(one, context),
      },
      args,
    );
  },
  abandonedCheckoutsCount: (
    args: SearchArguments & { readonly limit?: number | null },
    context: RequestContext,
    info: GraphQLResolveInfo,
  ) => countView(found(args, context, info).length, args.limit),
};
