import { Big, orderRecord, refundRecord, webhookSubscription } from '#contract';
import { readRecord } from '#kit';
import { type Exchange, replayExchange } from '#replay';
import { objectsIn, readRecordings, type Recording, refusalIn, toldOf } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NOT_READ } from './__fixtures__/not-read.js';
import { mapOrder } from './map-order.js';
import { wooOrder } from './order-schema.js';
import { refundReading } from './refunds.js';
import { SUBSCRIPTIONS } from './webhook-subscriptions.js';
import { woocommerce } from './woocommerce.js';

// Every recording is read by one of these tests or named, with the reason, in not-read.ts.
const { names, recordings, exchanges, load } = readRecordings('woocommerce');

// The schema of an order, which the shop answers too, describes the same fields.
const isOrder = (value: object) => 'order_key' in value && 'id' in value && typeof value.id === 'number';
const isRefund = (value: object) => 'refunded_payment' in value && 'id' in value && typeof value.id === 'number';
const isSubscription = (value: object) => 'delivery_url' in value && 'id' in value && typeof value.id === 'number';

/** A write's answer, as if the record in it had been asked for. */
function asRead({ exchange }: Recording): Exchange | undefined {
  const { request, answer } = exchange;
  if (!['POST', 'PUT', 'DELETE'].includes(request.method) || exchange.fromPlatform) return undefined;
  const body = z.object({ id: z.int().positive(), status: z.string().optional() }).safeParse(parsed(answer.text)).data;
  // What lies in the trash is no product any more.
  if (body === undefined || answer.status >= 300 || body.status === 'trash') return undefined;
  const url = new URL(request.url.href);
  url.search = '';
  url.pathname = `${url.pathname.replace(/\/\d+$/, '')}/${body.id}`;
  return { ...exchange, request: { method: 'GET', url, body: null } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe.skipIf(names.length === 0)('recordings of a genuine WooCommerce', () => {
  it('are exchanges, all of them', () => {
    expect(recordings.map(({ name }) => name)).toEqual(names);
  });

  it('hold orders that all map, add up to the cent, and lose no line', () => {
    const orders = names.flatMap((name) => objectsIn(load(name), isOrder));
    expect(orders.length).toBeGreaterThan(70);
    for (const raw of orders) {
      const record = readRecord(raw, { schema: wooOrder, map: mapOrder, identify: () => null });
      expect(orderRecord.parse(record)).toEqual(record);
      const { subtotal, discount, shipping, fees, tax, rounding, total } = record.totals;
      const parts = new Big(subtotal.amount)
        .minus(discount.amount)
        .plus(shipping.amount)
        .plus(fees.amount)
        .plus(tax.amount);
      expect([rounding.amount, parts.toFixed()]).toEqual([
        expect.stringMatching(/^0(\.0+)?$/),
        new Big(total.amount).toFixed(),
      ]);
      const recorded = z.object({ total: z.string(), line_items: z.array(z.object({ id: z.number() })) }).parse(raw);
      expect(new Big(total.amount).eq(recorded.total)).toBe(true);
      expect(record.lineItems.map(({ id }) => id)).toEqual(recorded.line_items.map(({ id }) => String(id)));
      for (const line of record.lineItems) {
        const price = new Big(line.unitPrice.amount).times(line.quantity).minus(line.discount.amount);
        expect(price.round(2).eq(line.total.amount)).toBe(true);
      }
    }
  });

  it('hold refunds that all map, with the lines they name', () => {
    const refunds = names.flatMap((name) => objectsIn(load(name), isRefund));
    expect(refunds.length).toBeGreaterThan(5);
    for (const raw of refunds) {
      const record = readRecord(raw, refundReading('110', 'EUR'));
      expect(refundRecord.parse(record)).toEqual(record);
      const { amount, line_items: lines } = z
        .object({ amount: z.string(), line_items: z.array(z.unknown()) })
        .parse(raw);
      expect([record.amount.amount, record.lineItems.length]).toEqual([new Big(amount).toFixed(2), lines.length]);
    }
  });

  it('hold subscriptions that all map', () => {
    const subscriptions = names.flatMap((name) => objectsIn(load(name), isSubscription));
    expect(subscriptions.length).toBeGreaterThan(15);
    const records = subscriptions.map((raw) => readRecord(raw, SUBSCRIPTIONS));
    for (const record of records) expect(webhookSubscription.parse(record)).toEqual(record);
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set(['active', 'paused', 'disabled']));
  });

  it('come to what they are', async () => {
    const outcomes: Record<string, string> = {};
    for (const { name, exchange } of recordings) {
      const outcome = toldOf(await replayExchange(woocommerce, exchange, exchanges));
      if (outcome !== undefined) outcomes[name] = outcome;
    }
    expect(outcomes).toMatchObject(READ);
    // Nothing of a genuine shop may look like a fault of the shop's or of ours.
    expect(Object.values(outcomes)).not.toContain('platform_contract_broken');
    expect(Object.values(outcomes)).not.toContain('internal');
  });

  it('are refused as what they are', () => {
    const refused = recordings.filter(({ exchange }) => !exchange.fromPlatform);
    const codes = refused.flatMap((one) => {
      const code = refusalIn(woocommerce, one);
      return code === undefined ? [] : [[one.name, code] as const];
    });
    expect(Object.fromEntries(codes)).toEqual(REFUSED);
  });

  it('of writes answer the record as a read does', async () => {
    for (const recording of recordings) {
      const read = asRead(recording);
      if (read === undefined) continue;
      const outcome = toldOf(await replayExchange(woocommerce, read, exchanges));
      if (outcome !== undefined) expect({ [recording.name]: outcome }).toEqual({ [recording.name]: '1' });
    }
  });

  it('are all read, but for those with a reason', () => {
    const isRead = (one: Recording): boolean => {
      const value = load(one.name);
      const holds = [isOrder, isRefund, isSubscription].some((kind) => objectsIn(value, kind).length > 0);
      const { request, fromPlatform } = one.exchange;
      const read = asRead(one);
      return (
        holds ||
        // Verified with their secrets in webhooks.spec.ts.
        (fromPlatform && one.name.startsWith('webhook-')) ||
        woocommerce.recognize(request) !== undefined ||
        refusalIn(woocommerce, one) !== undefined ||
        (read !== undefined && woocommerce.recognize(read.request) !== undefined)
      );
    };
    const unread = recordings.filter((one) => !isRead(one)).map(({ name }) => name);
    expect(unread.sort()).toEqual(Object.keys(NOT_READ).sort());
  });
});

// Records mapped, with `+` those quarantined: of those only some fields were asked for.
const READ = {
  'auth-oauth1-http-sha256': '0+1',
  'auth-query-string-https': '0+1',
  'consent-6-first-call-with-issued-key': '1',
  'err-json-without-content-type': '1',
  'order-get-after-refunds': '1',
  'order-get-after-trash': '1',
  'order-get-completed-with-coupon': '1',
  'order-get-fully-refunded': '1',
  'order-get-jpy': '1',
  'order-get-partial-refund': '1',
  'order-get-processing': '1',
  'order-restore-from-trash': '1',
  'order-update-add-line-item': '1',
  'order-update-same-status-noop': '1',
  'order-update-status': '1',
  'order-update-status-completed': '1',
  'orders-list-asc-by-modified': '10',
  'orders-list-by-product': '2',
  'orders-list-created-window': '5',
  'orders-list-dp4': '0+2',
  'orders-list-fields': '0+3',
  'orders-list-include': '0+2',
  'orders-list-modified-after-gmt': '10',
  'orders-list-modified-after-local': '10',
  'orders-list-modified-after-with-Z': '3',
  'orders-list-page-beyond-last': '0',
  'orders-list-page1': '10',
  'orders-list-search': '3',
  'orders-list-status-any': '1',
  'orders-list-status-multi': '5',
  'orders-list-status-trash': '1',
  'orders-modified-after-boundary-exact-gmt-flag': '0',
  'orders-modified-after-boundary-minus-1s-gmt-flag': '0+1',
  'orders-modified-after-boundary-minus-30min-offset': '0',
  'orders-modified-after-boundary-plus-30min-Z': '0',
  'orders-modified-after-boundary-plus-30min-Z-gmt-flag': '0',
  'orders-modified-after-boundary-plus-30min-gmt-flag': '0',
  'refunds-list': '2',
  'store-data-currency-current': '1',
  'store-system-status': '1',
  'store-wp-json-index': '1',
  'webhooks-list': '5',
  'webhooks-list-status-disabled': '0',
};

const REFUSED = {
  'auth-oauth1-http-bad-signature': 'credential_revoked',
  'auth-oauth1-http-nonce-replay': 'platform_unavailable',
  'auth-oauth1-http-stale-timestamp': 'platform_unavailable',
  'category-create-duplicate': 'conflict',
  // Pages for people, where data would be expected.
  'consent-1-authorize-not-logged-in': 'platform_blocked',
  'consent-2-login-form': 'platform_blocked',
  'consent-3-grant-access-form': 'platform_blocked',
  'consent-4-access-granted': 'platform_blocked',
  'consent-err-callback-not-https': 'platform_blocked',
  'consent-err-callback-unreachable': 'platform_blocked',
  'consent-err-missing-scope': 'platform_blocked',
  'coupon-create-duplicate': 'conflict',
  'customer-create-duplicate-email': 'conflict',
  'customer-delete-without-force': 'request_rejected',
  'customer-get-deleted': 'not_found',
  'err-400-invalid-date': 'request_rejected',
  'err-400-invalid-param': 'request_rejected',
  'err-400-malformed-json': 'request_rejected',
  'err-400-order-bad-coupon': 'request_rejected',
  'err-400-order-bad-customer': 'request_rejected',
  'err-400-order-bad-email': 'request_rejected',
  'err-400-page-0': 'request_rejected',
  'err-400-per-page-0': 'request_rejected',
  'err-400-per-page-101': 'request_rejected',
  'err-401-bad-secret': 'credential_revoked',
  'err-401-basic-over-plain-http': 'credential_revoked',
  'err-401-no-auth': 'credential_revoked',
  'err-401-read-key-writes': 'platform_scope_missing',
  'err-401-unknown-key': 'credential_revoked',
  'err-404-deleted-order': 'not_found',
  'err-404-order': 'not_found',
  'err-404-order-force-deleted': 'not_found',
  'err-404-refund-of-other-order': 'not_found',
  'err-404-route': 'store_closed',
  'err-404-wrong-namespace': 'store_closed',
  'err-method-not-allowed': 'store_closed',
  'order-delete-again': 'not_found',
  'order-update-custom-status-unknown': 'request_rejected',
  'product-create-duplicate-sku': 'conflict',
  'product-get-deleted': 'not_found',
  'product-update-price-number-not-string': 'request_rejected',
  'refund-create-too-large': 'request_rejected',
  'rest-route-without-permalinks': 'credential_revoked',
  'webhook-create-invalid-topic': 'request_rejected',
  'webhook-create-invalid-url': 'request_rejected',
  'webhook-create-missing-topic': 'request_rejected',
  'webhook-delete-without-force': 'request_rejected',
  'webhook-get-missing': 'not_found',
};
