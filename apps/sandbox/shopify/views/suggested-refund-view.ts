import { atMost, NOTHING, sum } from '../orders/bag.js';
import type { Order } from '../orders/order.js';
import { refundedUnits, sumOfTaxes } from '../orders/order-totals.js';
import { bagOfAmount } from '../orders/parse-amount.js';
import {
  leftOfPayment,
  netPayment,
  planRefund,
  shippingLeft,
  spreadOverPayments,
  type RefundAsk,
} from '../orders/refund-plan.js';
import type { RequestContext } from '../graphql/request-context.js';
import { gid, numberOfGid } from './gid.js';
import { lineView } from './line-view.js';
import { moneyBagView } from './money-view.js';
import { transactionView } from './transaction-view.js';

/** The arguments of `Order.suggestedRefund`. */
export interface SuggestedRefundArguments {
  readonly refundLineItems?:
    | readonly {
        readonly lineItemId: string;
        readonly quantity: number;
        readonly restockType?: 'RETURN' | 'CANCEL' | 'NO_RESTOCK' | null;
      }[]
    | null;
  readonly refundShipping?: boolean | null;
  readonly shippingAmount?: unknown;
  readonly suggestFullRefund?: boolean | null;
}

function askOf(asked: SuggestedRefundArguments, order: Order): RefundAsk {
  const full = asked.suggestFullRefund === true;
  const every = order.lines.map(({ quantity }, line) => ({
    line,
    quantity: quantity - refundedUnits(order, line),
    restockType: 'NO_RESTOCK' as const,
  }));
  const chosen = (asked.refundLineItems ?? []).map(({ lineItemId, quantity, restockType }) => ({
    line: order.lines.findIndex(({ id }) => id === numberOfGid(lineItemId, 'LineItem')),
    quantity,
    restockType: restockType ?? ('NO_RESTOCK' as const),
  }));
  const amount = bagOfAmount(asked.shippingAmount ?? '', null, order);
  return {
    lines: full ? every : chosen,
    shipping: full || asked.refundShipping === true ? 'all' : (amount ?? null),
  };
}

/** `SuggestedRefund`: what a refund would come to. Nothing is written. */
export function suggestedRefundView(asked: SuggestedRefundArguments, order: Order, context: RequestContext) {
  const bag = (value: typeof NOTHING) => moneyBagView(value, order.exchange);
  const plan = planRefund(order, askOf(asked, order), () => 0);
  const most = netPayment(order);
  const amount = atMost(plan.calculated, most);
  return {
    amountSet: bag(amount),
    maximumRefundableSet: bag(most),
    subtotalSet: bag(plan.subtotal),
    discountedSubtotalSet: bag(plan.subtotal),
    totalTaxSet: bag(plan.tax),
    totalCartDiscountAmountSet: bag(NOTHING),
    totalDutiesSet: bag(NOTHING),
    shipping: {
      amountSet: bag(sum(plan.shipping.map(({ subtotal }) => subtotal))),
      maximumRefundableSet: bag(shippingLeft(order)),
      taxSet: bag(sum(plan.shipping.map(({ tax }) => tax))),
    },
    refundLineItems: plan.lines.map(({ line: position, quantity, restockType, subtotal, taxes }) => {
      const line = order.lines[position];
      return {
        ...{ quantity, restockType },
        subtotalSet: bag(subtotal),
        totalTaxSet: bag(sumOfTaxes(taxes)),
        lineItem: line === undefined ? null : lineView(line, position, order, context),
      };
    }),
    suggestedTransactions: spreadOverPayments(order, amount).map(({ payment, amount: part }) => ({
      accountNumber: null,
      amountSet: bag(part),
      gateway: payment.gateway,
      formattedGateway: payment.gatewayTitle,
      kind: 'SUGGESTED_REFUND',
      maximumRefundableSet: bag(leftOfPayment(payment, order)),
      parentTransaction: { ...transactionView(payment, order), id: gid('OrderTransaction', payment.id) },
    })),
  };
}
