import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Big, type JsonValue, orderRecord } from '#contract';
import { readRecord } from '#kit';
import { readExchange, replayExchange } from '#replay';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { mapOrder } from './map-order.js';
import { wooOrder } from './order-schema.js';
import { woocommerce } from './woocommerce.js';

// Recorded from a genuine shop; kept beside the repository, not in it.
const folder = new URL('../../../../shared/captures/woocommerce/', import.meta.url);
const names = existsSync(fileURLToPath(folder)) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

function load(name: string): JsonValue {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonValue;
}

function ordersIn(value: unknown): readonly Readonly<Record<string, JsonValue>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap(ordersIn);
  // The schema of an order, which the shop answers too, describes the same fields.
  const isOrder = 'order_key' in value && 'id' in value && typeof value.id === 'number';
  return isOrder ? [value as Readonly<Record<string, JsonValue>>, ...found] : found;
}

describe.skipIf(names.length === 0)('recordings of a genuine WooCommerce', () => {
  it('hold orders that all map, add up to the cent, and lose no line', () => {
    const orders = names.flatMap((name) => ordersIn(load(name)));
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

  it('come to what they are', async () => {
    const exchanges = names.map((name) => ({ name, exchange: readExchange(load(name)) }));
    const readable = exchanges.flatMap(({ exchange }) => (typeof exchange === 'string' ? [] : [exchange]));
    expect(readable).toHaveLength(exchanges.length);
    const outcomes: Record<string, string> = {};
    for (const { name, exchange } of exchanges) {
      if (typeof exchange === 'string') continue;
      const result = await replayExchange(woocommerce, exchange, readable);
      if (result.outcome === 'noOperation') continue;
      outcomes[name.replace('.json', '')] =
        result.outcome === 'error'
          ? result.code
          : [result.records.length, ...(result.quarantined.length > 0 ? [result.quarantined.length] : [])].join('+');
    }
    // Records mapped, with `+` those quarantined: of those only some fields were asked for.
    expect(outcomes).toMatchObject({
      'auth-oauth1-http-bad-signature': 'credential_revoked',
      'auth-oauth1-http-nonce-replay': 'platform_unavailable',
      'auth-oauth1-http-sha256': '0+1',
      'auth-oauth1-http-stale-timestamp': 'platform_unavailable',
      'auth-query-string-https': '0+1',
      'consent-6-first-call-with-issued-key': '1',
      'err-400-invalid-date': 'request_rejected',
      'err-400-invalid-param': 'request_rejected',
      'err-400-page-0': 'request_rejected',
      'err-400-per-page-0': 'request_rejected',
      'err-400-per-page-101': 'request_rejected',
      'err-401-bad-secret': 'credential_revoked',
      'err-401-basic-over-plain-http': 'credential_revoked',
      'err-401-no-auth': 'credential_revoked',
      'err-401-unknown-key': 'credential_revoked',
      'err-404-deleted-order': 'not_found',
      'err-404-order': 'not_found',
      'err-404-order-force-deleted': 'not_found',
      'order-get-after-refunds': '1',
      'order-get-after-trash': '1',
      'order-get-completed-with-coupon': '1',
      'order-get-fully-refunded': '1',
      'order-get-jpy': '1',
      'order-get-partial-refund': '1',
      'order-get-processing': '1',
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
      'rest-route-without-permalinks': 'credential_revoked',
      'store-data-currency-current': '1',
      'store-system-status': '1',
      'store-wp-json-index': '1',
    });
  });
});
