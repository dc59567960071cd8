import {
  type Big,
  type ConnectedStore,
  type JsonValue,
  type Losses,
  type Money,
  type RefundInput,
  type RefundRecord,
  type WriteOperation,
  type Written,
  decimal,
  moneyOf,
} from '#contract';
import { graphql, mapOne } from '#kit';
import { z } from 'zod';
import { json } from './connection.js';
import { GRAPHQL_PATH } from './documents.js';
import { globalId, notFound } from './global-id.js';
import { mutate } from './mutate.js';
import { given, reject } from './order-input.js';
import { PART_COST, REFUND_BY_ID, REFUND_CREATE, REFUND_QUOTE } from './order-part-documents.js';
import { refundReading } from './order-parts.js';
import { noteWith, saysReference } from './refund-note.js';
import { refundLines } from './refund-lines.js';

const OPERATION = 'refunds.create';
const LOSSES: Losses = {
  payment: {
    fate: 'changed',
    values: ['none'],
    why: 'Shopify then records the goods that come back, and no amount: without a payment there is none.',
  },
};

export const createRefund: WriteOperation<RefundInput, Written<RefundRecord>> = {
  repeat: {
    kind: 'native',
    why: "The attempt's key goes along as Shopify's own idempotency key, and its reference in the note tells an earlier try.",
  },
  losses: LOSSES,
  async run(store, input, { key, reference }) {
    requireNoAmountUnpaid(input);
    const id = globalId('Order', input.orderId);
    const asked = (input.lineItems ?? []).map(({ lineItemId, quantity }) => ({
      lineItemId: globalId('LineItem', lineItemId),
      quantity,
    }));
    const quote = await askFor(store, input, id, asked);
    // What was given back by an earlier try can be given back no more, so it must be looked for before the amounts are.
    const earlier = quote.refunds.find(({ note }) => saysReference(note, reference));
    if (earlier !== undefined) return readRefund(store, earlier.id);
    const transactions = input.payment === 'none' ? [] : payments(input, id, quote);
    if (transactions.length === 0 && asked.length === 0 && input.shipping === undefined)
      throw reject(OPERATION, 'payment', 'Shopify records no refund without money or goods: name lines, or a payment');
    const { refund } = await mutate(store, {
      operation: OPERATION,
      document: REFUND_CREATE,
      root: 'refundCreate',
      variables: {
        key,
        input: given({
          orderId: id,
          note: noteWith(input.reason, reference),
          notify: input.notifyCustomer ?? false,
          currency: quote.presentmentCurrencyCode,
          refundLineItems: input.lineItems && (await refundLines(store, id, input.lineItems)),
          shipping: input.shipping && { amount: input.shipping.amount },
          transactions: transactions.length === 0 ? undefined : transactions,
        }),
      },
      answer: z.object({ refund: z.object({ id: z.string() }) }),
    });
    return readRefund(store, refund.id);
  },
};

function requireNoAmountUnpaid({ payment, amount }: RefundInput): void {
  if (payment !== 'none' || amount === undefined) return;
  const message = 'Shopify keeps no amount without a payment: leave it out, or let the money go back';
  throw reject(OPERATION, 'amount', message);
}

const amountText = z.union([z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/), z.number().transform(String)]);
const presentment = z.object({ presentmentMoney: z.object({ amount: amountText }) });
const quoted = z.object({
  presentmentCurrencyCode: z.string(),
  refunds: z.array(z.object({ id: z.string(), note: z.string().nullable() })),
  quote: z.object({ amountSet: presentment }).nullable(),
  whole: z
    .object({
      maximumRefundableSet: presentment,
      suggestedTransactions: z.array(
        z.object({
          gateway: z.string().nullable(),
          maximumRefundableSet: presentment.nullable(),
          parentTransaction: z.object({ id: z.string() }).nullable(),
        }),
      ),
    })
    .nullable(),
});
type Quote = z.infer<typeof quoted>;

async function askFor(
  store: ConnectedStore,
  { orderId, amount, shipping }: RefundInput,
  id: string,
  lines: readonly { readonly lineItemId: string; readonly quantity: number }[],
): Promise<Quote> {
  const { order } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: REFUND_QUOTE,
    variables: { id, lines: lines.map((line) => ({ ...line })), shipping: shipping?.amount ?? null },
    effect: 'read',
    expect: z.object({ order: quoted.nullable() }),
    cost: PART_COST.refundQuote,
  });
  if (order === null) throw notFound('Order', orderId);
  requireCurrency('amount', amount, order);
  requireCurrency('shipping', shipping, order);
  return order;
}

/** The buyer is given back what he paid with; converted by somebody else it would be another amount. */
function requireCurrency(path: string, money: Money | undefined, { presentmentCurrencyCode }: Quote): void {
  if (money !== undefined && money.currency !== presentmentCurrencyCode)
    throw reject(OPERATION, path, `This order was paid in ${presentmentCurrencyCode}: name the amount in it`);
}

/** @throws GatewayError `request_rejected` when more is asked for than was paid */
function payments(input: RefundInput, orderId: string, { quote, whole, presentmentCurrencyCode }: Quote): JsonValue[] {
  const amount = decimal(input.amount?.amount ?? quote?.amountSet.presentmentMoney.amount ?? '0');
  const most = decimal(whole?.maximumRefundableSet.presentmentMoney.amount ?? '0');
  const print = (value: Big) => moneyOf(value, presentmentCurrencyCode).amount;
  const parts = amount.gt(most) ? undefined : spread(amount, whole?.suggestedTransactions ?? []);
  if (parts !== undefined)
    return parts.map(({ amount: part, gateway, parentTransaction }) =>
      given({
        orderId,
        parentId: parentTransaction?.id,
        gateway: gateway ?? 'manual',
        kind: 'REFUND',
        amount: print(part),
      }),
    );
  const message = `At most ${print(most)} ${presentmentCurrencyCode} can be given back for this order`;
  throw reject(OPERATION, 'amount', message);
}

type Payment = NonNullable<Quote['whole']>['suggestedTransactions'][number];

/** The amount over the payments it can go back to, in the platform's order; undefined when they cannot take it all. */
function spread(amount: Big, all: readonly Payment[]): readonly (Payment & { readonly amount: Big })[] | undefined {
  let left = amount;
  const parts: (Payment & { readonly amount: Big })[] = [];
  for (const payment of all) {
    const here = decimal(payment.maximumRefundableSet?.presentmentMoney.amount ?? left.toFixed());
    const part = here.lt(left) ? here : left;
    if (part.lte(0)) continue;
    left = left.minus(part);
    parts.push({ ...payment, amount: part });
  }
  return left.gt(0) ? undefined : parts;
}

async function readRefund(store: ConnectedStore, id: string): Promise<Written<RefundRecord>> {
  const { refund } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: REFUND_BY_ID,
    variables: { id },
    effect: 'read',
    expect: z.object({ refund: json.nullable() }),
    cost: PART_COST.refund,
  });
  const owner = z.object({ order: z.object({ id: z.string(), currencyCode: z.string() }) }).safeParse(refund);
  if (!owner.success) throw notFound('Refund', id);
  const { id: orderId, currencyCode: currency } = owner.data.order;
  return mapOne('shopify', OPERATION, refund, refundReading({ id: orderId, currency }));
}
