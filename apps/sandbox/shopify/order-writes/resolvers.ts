import type { GraphQLResolveInfo } from 'graphql';
import { choiceField, momentField, numberField, searched, type SearchFields } from '../catalogue/search-records.js';
import type { RequestContext } from '../graphql/request-context.js';
import { connection, type PageArguments } from '../graphql/connection.js';
import { sortableMoment } from '../graphql/moment.js';
import { fulfillmentOrdersOf, type FulfillmentOrder } from '../orders/fulfillment-orders.js';
import { homeLocationOf } from '../orders/home-location.js';
import type { Order } from '../orders/order.js';
import { RETURN_REASONS, reasonView } from '../orders/return-reasons.js';
import { numberOfGid } from '../views/gid.js';
import { orderParts, type OrderParts } from '../views/order-parts-view.js';
import { orderCancel } from './cancel-order.js';
import {
  fulfillmentCancel,
  fulfillmentEventCreate,
  fulfillmentOrderHold,
  fulfillmentOrderReleaseHold,
  fulfillmentTrackingInfoUpdate,
} from './change-fulfillment.js';
import {
  returnApproveRequest,
  returnCancel,
  returnClose,
  returnCreate,
  returnDeclineRequest,
  returnProcess,
  returnReopen,
  returnRequest,
} from './change-returns.js';
import { answerOrder } from './commit-order.js';
import { fulfillmentCreate } from './create-fulfillment.js';
import { orderCreate } from './create-order.js';
import { refundCreate } from './create-refund.js';
import { job } from './jobs.js';
import {
  orderCapture,
  orderClose,
  orderDelete,
  orderMarkAsPaid,
  orderOpen,
  transactionVoid,
} from './order-state-changes.js';
import { orderUpdate } from './update-order.js';

interface ById {
  readonly id: string;
}

/** The part of a visible order that `pick` finds, as its view. */
function part(context: RequestContext, pick: (order: Order, parts: OrderParts) => unknown): unknown {
  for (const order of context.visible) {
    const found = pick(
      order,
      orderParts(order, context, () => answerOrder(order, context)),
    );
    if (found !== undefined) return found;
  }
  return null;
}

function named<Part extends { readonly id: number }>(parts: readonly Part[], globalId: string, type: string) {
  const id = numberOfGid(globalId, type);
  return parts.find((one) => one.id === id);
}

function viewOf<Part>(found: Part | undefined, view: (one: Part) => unknown): unknown {
  return found === undefined ? undefined : view(found);
}

const partQueries = {
  fulfillment: ({ id }: ById, context: RequestContext) =>
    part(context, (order, parts) => viewOf(named(order.fulfillments, id, 'Fulfillment'), parts.fulfillment)),
  fulfillmentOrder: ({ id }: ById, context: RequestContext) =>
    part(context, (order, parts) =>
      viewOf(named(fulfillmentOrdersOf(order), id, 'FulfillmentOrder'), parts.fulfillmentOrder),
    ),
  refund: ({ id }: ById, context: RequestContext) =>
    part(context, (order, parts) => viewOf(named(order.refunds, id, 'Refund'), parts.refund)),
  return: ({ id }: ById, context: RequestContext) =>
    part(context, (order, parts) => viewOf(named(order.returns, id, 'Return'), parts.return)),
};

interface FulfillmentOrdersArguments extends PageArguments {
  readonly includeClosed?: boolean | null;
  readonly query?: string | null;
  readonly sortKey?: string | null;
}

interface Work {
  readonly work: FulfillmentOrder;
  readonly order: Order;
}

const WORK_FIELDS: SearchFields<Work> = {
  id: numberField(({ work }) => [work.id]),
  status: choiceField(({ work }) => [work.status]),
  updated_at: momentField(({ order }) => order.updatedAt),
  assigned_location_id: ({ value }, { shop }) => {
    const own = Number(value) === homeLocationOf(shop).id;
    return () => own;
  },
  default: choiceField(({ work }) => [String(work.id)]),
};

function fulfillmentOrders(args: FulfillmentOrdersArguments, context: RequestContext, info: GraphQLResolveInfo) {
  const all = context.visible
    .flatMap((order) => fulfillmentOrdersOf(order).map((work) => ({ work, order })))
    .filter(({ work }) => args.includeClosed === true || (work.status !== 'CLOSED' && work.status !== 'CANCELLED'));
  const items = searched(all, args.query, WORK_FIELDS, context, info);
  return connection(
    {
      items,
      idOf: ({ work }) => work.id,
      sortBy: ({ work, order }) => (args.sortKey === 'UPDATED_AT' ? sortableMoment(order.updatedAt) : String(work.id)),
      view: ({ work, order }) => orderParts(order, context, () => answerOrder(order, context)).fulfillmentOrder(work),
    },
    args,
  );
}

/** The fields of QueryRoot and Mutation that change orders, and what is read besides the orders themselves. */
export const orderWriteResolvers = {
  ...partQueries,
  job,
  fulfillmentOrders,
  returnReasonDefinitions: (page: PageArguments) =>
    connection({ items: RETURN_REASONS, idOf: ({ id }) => id, view: reasonView }, page),
  orderCreate,
  orderUpdate,
  orderCancel,
  orderClose,
  orderOpen,
  orderMarkAsPaid,
  orderCapture,
  orderDelete,
  transactionVoid,
  fulfillmentCreate,
  fulfillmentTrackingInfoUpdate,
  fulfillmentCancel,
  fulfillmentEventCreate,
  fulfillmentOrderHold,
  fulfillmentOrderReleaseHold,
  refundCreate,
  returnCreate,
  returnRequest,
  returnApproveRequest,
  returnDeclineRequest,
  returnClose,
  returnReopen,
  returnProcess,
  returnCancel,
};
