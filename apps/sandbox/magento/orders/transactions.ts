import { createHash } from 'node:crypto';
import { inner, num, type Row, text } from '../row.js';
import type { OrderWork } from './documents.js';

/** What a gateway tells of a payment; offline methods tell nothing (fact sheet, section 5.6). @returns its number at the gateway */
export function addTransaction(
  { data, order, now, shop }: OrderWork,
  type: 'authorization' | 'capture' | 'refund' | 'void',
): string {
  const id = data.next('transaction');
  const payment = inner(order, 'payment');
  const parent = data.tables.transactions.filter((one) => one['order_id'] === order['entity_id']).at(-1);
  const txnId = createHash('sha256').update(`${shop.host} ${id}`).digest('hex').slice(0, 10);
  const row: Row = {
    transaction_id: id,
    ...(parent
      ? { parent_id: num(parent, 'transaction_id'), parent_txn_id: text(parent, 'txn_id') }
      : { parent_txn_id: null }),
    order_id: num(order, 'entity_id'),
    payment_id: num(payment, 'entity_id'),
    txn_id: txnId,
    txn_type: type,
    is_closed: Number(type !== 'authorization'),
    additional_information: [],
    created_at: now,
    child_transactions: [],
  };
  data.tables.transactions.push(row);
  Object.assign(payment, { last_trans_id: txnId, cc_last4: '1111', cc_type: 'VI' });
  return txnId;
}
