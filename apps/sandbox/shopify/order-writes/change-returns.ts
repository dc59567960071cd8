import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import type { Order, Return, ReturnLine } from '../orders/order.js';
import { reasonById } from '../orders/return-reasons.js';
import { numberOfGid } from '../views/gid.js';
import { orderParts } from '../views/order-parts-view.js';
import { sentLine } from '../views/return-view.js';
import { answerOrder, commitOrder, idOf, momentOf, visibleOrder } from './commit-order.js';

interface LineInput {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly returnReason?: string | null;
  readonly returnReasonDefinitionId?: string | null;
  readonly returnReasonNote?: string | null;
  readonly customerNote?: string | null;
}

interface ReturnInput {
  readonly orderId: string;
  readonly returnLineItems: readonly LineInput[];
  readonly requestedAt?: string | null;
}

const refuse = (...userErrors: readonly UserError[]) => ({ return: null, userErrors });

function answer(one: Return, order: Order, context: RequestContext) {
  return { return: orderParts(order, context, () => answerOrder(order, context)).return(one), userErrors: [] };
}

/** Units of a parcel's line that are on no living return. */
function returnable(order: Order, fulfillmentLineId: number): number {
  const sent = sentLine(order, fulfillmentLineId);
  const away = order.returns
    .filter(({ status }) => status !== 'CANCELED' && status !== 'DECLINED')
    .flatMap(({ lines }) => lines)
    .filter((line) => line.fulfillmentLineId === fulfillmentLineId)
    .reduce((units, { quantity }) => units + quantity, 0);
  return (sent?.quantity ?? 0) - away;
}

/** The wording of these refusals is believed, not recorded; the codes are of the schema. */
function mistakesIn(lines: readonly LineInput[], order: Order, root: string): readonly UserError[] {
  if (lines.length === 0) return [userError([root, 'returnLineItems'], 'Return line items are required', 'BLANK')];
  return lines.flatMap(({ fulfillmentLineItemId, quantity }, index) => {
    const path = [root, 'returnLineItems', index];
    const id = numberOfGid(fulfillmentLineItemId, 'FulfillmentLineItem') ?? 0;
    if (sentLine(order, id) === undefined) {
      return [userError([...path, 'fulfillmentLineItemId'], 'Fulfillment line item does not exist', 'NOT_FOUND')];
    }
    if (quantity > 0 && quantity <= returnable(order, id)) return [];
    return [userError([...path, 'quantity'], 'Return line item has an invalid quantity.', 'INVALID')];
  });
}

function lineOf(input: LineInput, context: RequestContext): ReturnLine {
  const reason = reasonById(input.returnReasonDefinitionId ?? '')?.name;
  return {
    id: context.data.nextId(),
    fulfillmentLineId: idOf(input.fulfillmentLineItemId, 'FulfillmentLineItem'),
    quantity: input.quantity,
    reason: reason ?? input.returnReason ?? 'UNKNOWN',
    note: input.returnReasonNote ?? '',
    customerNote: input.customerNote ?? null,
  };
}

function create(input: ReturnInput, status: 'OPEN' | 'REQUESTED', root: string, context: RequestContext) {
  const order = visibleOrder(input.orderId, context);
  if (order === undefined) return refuse(userError([root, 'orderId'], 'Order does not exist', 'NOT_FOUND'));
  const mistakes = mistakesIn(input.returnLineItems, order, root);
  if (mistakes.length > 0) return refuse(...mistakes);
  const at = momentOf(context);
  const one: Return = {
    id: context.data.nextId(),
    status,
    createdAt: at,
    approvedAt: status === 'OPEN' ? at : null,
    closedAt: null,
    decline: null,
    lines: input.returnLineItems.map((line) => lineOf(line, context)),
  };
  const saved = commitOrder(context, { ...order, returns: [...order.returns, one] }, order);
  return answer(one, saved, context);
}

/** `returnCreate`: an approved return. */
export function returnCreate({ returnInput }: { readonly returnInput: ReturnInput }, context: RequestContext) {
  return create(returnInput, 'OPEN', 'returnInput', context);
}

/** `returnRequest`: a return that waits for approval. */
export function returnRequest({ input }: { readonly input: ReturnInput }, context: RequestContext) {
  return create(input, 'REQUESTED', 'input', context);
}

/** The return of a global id and its order. */
export function findReturn(globalId: string, { visible }: RequestContext) {
  const id = idOf(globalId, 'Return');
  for (const order of visible) {
    const one = order.returns.find((candidate) => candidate.id === id);
    if (one !== undefined) return { order, one };
  }
  return undefined;
}

function move(
  globalId: string,
  from: readonly Return['status'][],
  make: (one: Return, at: number) => Return,
  context: RequestContext,
) {
  const found = findReturn(globalId, context);
  if (found === undefined) return refuse(userError(['id'], 'Return does not exist', 'NOT_FOUND'));
  const { order, one } = found;
  if (!from.includes(one.status)) {
    return refuse(userError(['id'], `Return status is ${one.status.toLowerCase()}`, 'INVALID_STATE'));
  }
  const after = make(one, momentOf(context));
  const returns = order.returns.map((candidate) => (candidate.id === one.id ? after : candidate));
  return answer(after, commitOrder(context, { ...order, returns }, order), context);
}

interface ById {
  readonly id: string;
}

/** `returnApproveRequest`. */
export function returnApproveRequest({ input }: { readonly input: ById }, context: RequestContext) {
  return move(input.id, ['REQUESTED'], (one, at) => ({ ...one, status: 'OPEN', approvedAt: at }), context);
}

interface DeclineInput extends ById {
  readonly declineReason: string;
  readonly declineNote?: string | null;
}

/** `returnDeclineRequest`. */
export function returnDeclineRequest({ input }: { readonly input: DeclineInput }, context: RequestContext) {
  const decline = { reason: input.declineReason, note: input.declineNote ?? null };
  return move(input.id, ['REQUESTED'], (one) => ({ ...one, status: 'DECLINED', decline }), context);
}

/** `returnClose`. */
export function returnClose({ id }: ById, context: RequestContext) {
  return move(id, ['OPEN'], (one, at) => ({ ...one, status: 'CLOSED', closedAt: at }), context);
}

/** `returnReopen`. */
export function returnReopen({ id }: ById, context: RequestContext) {
  return move(id, ['CLOSED'], (one) => ({ ...one, status: 'OPEN', closedAt: null }), context);
}

/** `returnCancel`. */
export function returnCancel({ id }: ById, context: RequestContext) {
  return move(id, ['OPEN', 'REQUESTED'], (one) => ({ ...one, status: 'CANCELED' }), context);
}

interface ProcessInput {
  readonly returnId: string;
  readonly returnLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null;
}

/** The wording of these refusals is believed, not recorded; the codes are of the schema. */
function mistakesInProcessing({ returnLineItems }: ProcessInput, one: Return): readonly UserError[] {
  return (returnLineItems ?? []).flatMap(({ id, quantity }, index) => {
    const path = ['input', 'returnLineItems', index];
    const line = one.lines.find((candidate) => candidate.id === numberOfGid(id, 'ReturnLineItem'));
    if (line === undefined) return [userError([...path, 'id'], 'Return line item does not exist', 'NOT_FOUND')];
    if (quantity > 0 && quantity <= line.quantity - (line.processed ?? 0)) return [];
    return [userError([...path, 'quantity'], 'Return line item has an invalid quantity.', 'INVALID')];
  });
}

/** `returnProcess`, without what it may refund or exchange on the way. Not recorded: whether a return processed whole is closed; here not. */
export function returnProcess({ input }: { readonly input: ProcessInput }, context: RequestContext) {
  const found = findReturn(input.returnId, context);
  const mistakes = found === undefined ? [] : mistakesInProcessing(input, found.one);
  if (mistakes.length > 0) return refuse(...mistakes);
  const unitsOf = ({ id }: ReturnLine): number =>
    (input.returnLineItems ?? [])
      .filter((row) => numberOfGid(row.id, 'ReturnLineItem') === id)
      .reduce((units, { quantity }) => units + quantity, 0);
  const process = (one: Return): Return => ({
    ...one,
    lines: one.lines.map((line) => ({ ...line, processed: (line.processed ?? 0) + unitsOf(line) })),
  });
  return move(input.returnId, ['OPEN'], process, context);
}
