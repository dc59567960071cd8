import { iso } from '../amounts.js';
import type { Order, Transaction } from '../state/rows.js';

/** What happened to the money of an order. */
export interface TransactionPlan {
  readonly id: number;
  readonly order: Order;
  readonly event: string;
  readonly gateway: string;
  readonly method: string;
  readonly amount: number;
  readonly ok: boolean;
  readonly reference: number | null;
}

/** docs: GET /v3/orders/{id}/transactions. */
export function makeTransaction(
  { id, order, event, gateway, method, amount, ok, reference }: TransactionPlan,
  at: number,
): Transaction {
  const card = method === 'credit_card';
  const none = { code: '', message: '' };
  return {
    id,
    // Recorded in the docs' examples: the order's number is a text here.
    order_id: String(order.id),
    ...{ event, method, amount, currency: order.default_currency_code, gateway },
    gateway_transaction_id: `gt-${order.id}-${id}`,
    date_created: iso(at, '+00:00'),
    ...{ test: true, status: ok ? 'ok' : 'error', fraud_review: false, reference_transaction_id: reference },
    ...{ offline: null, custom: null, payment_method_id: `${gateway}.${method}`, payment_instrument_token: null },
    avs_result: { ...none, street_match: '', postal_match: '' },
    cvv_result: none,
    credit_card: card
      ? { card_type: 'visa', card_iin: '411111', card_last4: '1111', card_expiry_month: 11, card_expiry_year: 2030 }
      : null,
    ...{ gift_certificate: null, store_credit: null },
  };
}
