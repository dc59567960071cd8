import {
  type Big,
  type ConnectedStore,
  type RefundInput,
  type RefundRecord,
  type WriteOperation,
  type Written,
} from '#contract';
import { mapOne } from '#kit';
import { z } from 'zod';
import { amount, exact, list, numberIn, text } from './atoms.js';
import { SHOP_SENDS_MAIL } from './order-body.js';
import { readPrinted } from './order-calls.js';
import { linesOf, type RawOrder } from './order-schema.js';
import { type Body, bodyOf, inOurWords, recordNumber, rejected, writeRow } from './record-calls.js';
import { refundReading } from './refunds.js';

/**
 * What is given back is asked first: the platform works out what lines and their tax come to, and in which ways it could be
 * paid. Only one of those very ways is taken by the refund itself (orders.v3.yml). Refunds of one order must not be made at
 * the same time.
 */
export const createRefund: WriteOperation<RefundInput, Written<RefundRecord>> = {
  losses: {
    'lineItems[].restock': {
      fate: 'ignored',
      why: 'A refund of BigCommerce puts nothing back into stock: set the stock beside it.',
      values: ['true'],
    },
    notifyCustomer: SHOP_SENDS_MAIL,
  },
  repeat: {
    kind: 'undecidable',
    why: 'BigCommerce takes no key and keeps no reference with a refund, and the same goods may rightly be refunded twice.',
  },
  async run(store, input) {
    const order = await readPrinted(store, input.orderId);
    const items = itemsFor(input, order);
    return await giveBack(store, order, items, input);
  },
};

interface Wish {
  readonly amount?: RefundInput['amount'];
  readonly lineItems?: RefundInput['lineItems'];
  readonly shipping?: RefundInput['shipping'];
  readonly payment?: RefundInput['payment'];
}

// What cannot be counted with is no quote.
const plain = amount.refine((value) => /^-?\d{1,30}(?:\.\d{1,30})?$/.test(String(value)), 'is no plain amount');
const method = z.object({
  provider_id: text,
  amount: plain,
  offline: z.boolean().catch(false),
  offline_provider: z.boolean().catch(false),
});
type Method = z.infer<typeof method>;
const quote = z.object({ total_refund_amount: plain, refund_methods: list(list(method)) });

async function giveBack(
  store: ConnectedStore,
  order: RawOrder,
  items: readonly Body[],
  wish: Wish,
): Promise<Written<RefundRecord>> {
  const actions = `v3/orders/${recordNumber(order.id, 'order')}/payment_actions`;
  const body = { items: [...items] };
  const quoted = await inOurWords(WORDS, async () => {
    // It changes nothing.
    const call = { method: 'POST' as const, path: `${actions}/refund_quotes`, body, effect: 'read' as const };
    return (await store.http({ ...call, expect: z.object({ data: quote }) })).data.data;
  });
  requireAmount(wish, exact(quoted.total_refund_amount), order.default_currency_code);
  const payments = paymentsOf(quoted.refund_methods, wish.payment ?? 'original');
  const raw = await inOurWords(WORDS, () => writeRow(store, 'POST', `${actions}/refunds`, { ...body, payments }));
  return mapOne('bigcommerce', 'refunds.create', raw, refundReading(order.id, order.default_currency_code));
}

const WORDS: Readonly<Record<string, string>> = { items: 'lineItems', payments: 'payment', amount: 'amount' };

/** What lines and shipping come to is the platform's to say, with their tax. */
function requireAmount({ amount: asked, lineItems, shipping }: Wish, comes: Big, currency: string): void {
  if (asked === undefined || (lineItems === undefined && shipping === undefined) || comes.eq(asked.amount)) return;
  throw rejected(
    `With their tax these come to ${comes.toFixed()} ${currency}: leave the amount out, or give it alone.`,
    'amount',
  );
}

const STORE_CREDIT = 'storecredit';

/**
 * One of the ways the platform offers, as it stands there. `original` is the way the money came: through the provider, or
 * by hand where it came by hand. Credit in the shop is never chosen by itself.
 */
function paymentsOf(ways: readonly (readonly Method[])[], payment: 'original' | 'none'): readonly Body[] {
  const others = ways.filter((way) => way.length > 0 && way.every((part) => part.provider_id !== STORE_CREDIT));
  const online = others.find((way) => way.every((part) => !part.offline));
  const byHand = others.find((way) => way.every((part) => part.offline));
  const original = online ?? others.find((way) => way.every((part) => part.offline_provider));
  const chosen = payment === 'none' ? (byHand ?? online) : original;
  if (chosen === undefined) throw rejected(refusalFor(payment), 'payment');
  return chosen.map((part) => ({
    ...bodyOf({ provider_id: part.provider_id ?? undefined }),
    amount: Number(exact(part.amount).toFixed()),
    offline: payment === 'none' || part.offline,
  }));
}

function refusalFor(payment: 'original' | 'none'): string {
  return payment === 'none'
    ? 'BigCommerce offers no way to record this refund.'
    : 'The payment provider of this order gives nothing back by itself: pay it back by hand, and say payment none.';
}

function itemsFor(
  { orderId, amount: asked, lineItems, shipping, reason }: RefundInput,
  order: RawOrder,
): readonly Body[] {
  const currency = order.default_currency_code;
  const why = bodyOf({ reason });
  const parts: Body[] = (lineItems ?? []).map(({ lineItemId, quantity }, index) => {
    const path = `lineItems[${index}]`;
    if (linesOf(order).every(({ id }) => id !== lineItemId)) throw rejected('The order has no such line.', path);
    return { item_type: 'PRODUCT', item_id: Number(lineItemId), quantity, ...why };
  });
  if (shipping !== undefined) {
    const [only] = order.consignments.shipping;
    if (only === undefined) throw rejected('This order has no shipping.', 'shipping');
    parts.push({
      item_type: 'SHIPPING',
      item_id: Number(only.id),
      amount: numberIn(currency, shipping, 'shipping'),
      ...why,
    });
  }
  if (parts.length > 0) {
    if (asked !== undefined) numberIn(currency, asked, 'amount');
    return parts;
  }
  // An amount of the order as a whole: no tax is taken back with it (orders.v3.yml).
  const whole = asked === undefined ? 0 : numberIn(currency, asked, 'amount');
  return [wholeItem(orderId, whole, reason)];
}

function wholeItem(orderId: string, amount: number, reason: string | undefined): Body {
  return { item_type: 'ORDER', item_id: Number(orderId), amount, ...bodyOf({ reason }) };
}

/** Gives back what is left of an order. @returns whether there was anything */
export async function giveBackRest(
  store: ConnectedStore,
  order: RawOrder,
  left: Big,
  reason: string | undefined,
): Promise<boolean> {
  if (left.lte(0)) return false;
  await giveBack(store, order, [wholeItem(order.id, Number(left.toFixed()), reason)], {});
  return true;
}
