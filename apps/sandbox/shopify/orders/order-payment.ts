import { minus, NOTHING, portion, sum, times, type Bag } from './bag.js';
import type { Order, Transaction } from './order.js';
import type { History, Step } from './order-history.js';
import { netOfLine, orderTotals, sumOfTaxes } from './order-totals.js';
import type { PaymentName } from './scenario.js';

const CARD = { gateway: 'shopify_payments', gatewayTitle: 'Shopify Payments', manual: false } as const;
const GIFT_CARD = { gateway: 'gift_card', gatewayTitle: 'Gift Card', manual: false } as const;
const BANK = { gateway: 'Bank Deposit', gatewayTitle: 'Bank Deposit', manual: true } as const;
const CASH = { gateway: 'cash', gatewayTitle: 'Cash', manual: true } as const;
/** Cash is rounded to full coins of five minor units, as in countries without small coins. */
const COIN = 5;

type Kind = Transaction['kind'];
type Gateway = Pick<Transaction, 'gateway' | 'gatewayTitle' | 'manual'>;

function transaction(
  history: History,
  hours: number,
  kind: Kind,
  amount: Bag,
  gateway: Gateway,
  more: Partial<Transaction> = {},
): Transaction {
  const base = { id: history.ids.next(), kind, status: 'SUCCESS', amount, at: history.at(hours) } as const;
  return { ...base, ...gateway, rounding: null, parentId: null, errorCode: null, authorizationCode: null, ...more };
}

/** What was owed when the buyer paid: a line added by a later edit is not part of it. */
function due(order: Order, { scenario }: History): Bag {
  const { currentTotal } = orderTotals(order);
  const added = scenario.edit === 'added' ? order.lines.at(-1) : undefined;
  if (added === undefined) return currentTotal;
  const tax = order.taxesIncluded ? NOTHING : sumOfTaxes(added.taxes);
  return minus(currentTotal, sum([netOfLine(added), tax]));
}

function captured(order: Order, history: History, percent: number): readonly Transaction[] {
  const authorization = transaction(history, 0, 'AUTHORIZATION', due(order, history), CARD);
  const amount = portion(authorization.amount, percent, 100);
  return [authorization, transaction(history, 26, 'CAPTURE', amount, CARD, { parentId: authorization.id })];
}

function voided(order: Order, history: History): readonly Transaction[] {
  const authorization = transaction(history, 0, 'AUTHORIZATION', due(order, history), CARD);
  const parentId = authorization.id;
  return [authorization, transaction(history, 5, 'VOID', authorization.amount, CARD, { parentId })];
}

function giftCardFirst(order: Order, history: History): readonly Transaction[] {
  const amount = due(order, history);
  const fromCard = portion(amount, 40, 100);
  return [
    transaction(history, 0, 'SALE', fromCard, GIFT_CARD),
    transaction(history, 0, 'SALE', minus(amount, fromCard), CARD),
  ];
}

function cash(order: Order, history: History): readonly Transaction[] {
  const amount = due(order, history);
  const up = { shop: (COIN - (amount.shop % COIN)) % COIN, presentment: (COIN - (amount.presentment % COIN)) % COIN };
  return [transaction(history, 0, 'SALE', amount, CASH, { rounding: up })];
}

function declinedThenPaid(order: Order, history: History): readonly Transaction[] {
  const amount = due(order, history);
  const declined = { status: 'FAILURE', errorCode: 'CARD_DECLINED' } as const;
  return [transaction(history, 0, 'SALE', amount, CARD, declined), transaction(history, 0.1, 'SALE', amount, CARD)];
}

const PAY: Readonly<Record<PaymentName, (order: Order, history: History) => readonly Transaction[]>> = {
  card: (order, history) => [transaction(history, 0, 'SALE', due(order, history), CARD)],
  capturedLater: (order, history) => captured(order, history, 100),
  partlyCaptured: (order, history) => captured(order, history, 60),
  authorized: (order, history) => [transaction(history, 0, 'AUTHORIZATION', due(order, history), CARD)],
  expired: (order, history) => [transaction(history, 0, 'AUTHORIZATION', due(order, history), CARD)],
  voided,
  pending: (order, history) => [transaction(history, 0, 'SALE', due(order, history), BANK, { status: 'PENDING' })],
  unpaid: () => [],
  deposit: (order, history) => [transaction(history, 0, 'SALE', due(order, history), CARD)],
  giftCardAndCard: giftCardFirst,
  declinedThenPaid,
  cash,
};

/** Pays an order the way its scenario says. An order that costs nothing has no transaction. */
export const pay: Step = (order, history) => {
  if (orderTotals(order).total.shop === 0) return order;
  return { ...order, transactions: PAY[history.scenario.payment](order, history) };
};

/** Gives money back against the payments, oldest first, never more than each brought in. */
export function refundTransactions(order: Order, history: History, hours: number, amount: Bag): readonly Transaction[] {
  const payments = order.transactions.filter(
    ({ kind, status }) => status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE'),
  );
  const made: Transaction[] = [];
  let left = amount;
  for (const { id, gateway, gatewayTitle, manual, amount: paid } of payments) {
    const back = sum(order.transactions.filter(({ parentId }) => parentId === id).map((child) => child.amount));
    const possible = minus(paid, back);
    const part = {
      shop: Math.min(left.shop, possible.shop),
      presentment: Math.min(left.presentment, possible.presentment),
    };
    if (part.shop <= 0) continue;
    made.push(transaction(history, hours, 'REFUND', part, { gateway, gatewayTitle, manual }, { parentId: id }));
    left = sum([left, times(part, -1)]);
  }
  return made;
}
