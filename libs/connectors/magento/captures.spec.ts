import { Big, fulfillmentRecord, orderRecord } from '#contract';
import { readRecord } from '#kit';
import { replayExchange } from '#replay';
import { objectsIn, readRecordings, type Recording, refusalIn, toldOf } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NOT_READ_CATALOGUE } from './__fixtures__/not-read-catalogue.js';
import { NOT_READ } from './__fixtures__/not-read.js';
import { SHIPMENTS } from './fulfillments.js';
import { magento } from './magento.js';
import { ORDERS } from './orders.js';

// Every recording is read by one of these tests or named, with the reason, in not-read.ts.
const { names, recordings, exchanges, load } = readRecordings('magento');

const isOrder = (value: object) => 'protect_code' in value && 'entity_id' in value;
const isShipment = (value: object) => 'tracks' in value && 'entity_id' in value;

describe.skipIf(names.length === 0)('recordings of a genuine Magento', () => {
  it('are exchanges, all of them', () => {
    expect(recordings.map(({ name }) => name)).toEqual(names);
  });

  it('hold orders that all map, add up to the cent, and have each line once', () => {
    const orders = names.flatMap((name) => objectsIn(load(name), isOrder));
    expect(orders.length).toBeGreaterThan(15);
    for (const raw of orders) {
      const record = readRecord(raw, ORDERS.reading);
      expect(orderRecord.parse(record)).toEqual(record);
      const { subtotal, discount, shipping, tax, rounding, total } = record.totals;
      const parts = new Big(subtotal.amount).minus(discount.amount).plus(shipping.amount).plus(tax.amount);
      const recorded = recordedOrder.parse(raw);
      expect([new Big(rounding.amount).toFixed(), parts.toFixed()]).toEqual(['0', new Big(total.amount).toFixed()]);
      expect(new Big(total.amount).eq(recorded.grand_total)).toBe(true);
      expect(new Big(subtotal.amount).eq(recorded.subtotal)).toBe(true);
      const top = recorded.items.filter(({ parent_item_id: parent }) => parent === undefined);
      expect(record.lineItems.map(({ id }) => id)).toEqual(top.map(({ item_id: id }) => String(id)));
      for (const line of record.lineItems) {
        const price = new Big(line.unitPrice.amount).times(line.quantity).minus(line.discount.amount);
        expect(price.round(2).eq(line.total.amount)).toBe(true);
      }
    }
  });

  it('hold shipments that map, with the lines and the numbers they name', () => {
    const shipments = names.flatMap((name) => objectsIn(load(name), isShipment));
    expect(shipments.length).toBeGreaterThan(0);
    for (const raw of shipments) {
      const record = readRecord(raw, SHIPMENTS.reading);
      expect(fulfillmentRecord.parse(record)).toEqual(record);
      expect(record.lineItems.length).toBeGreaterThan(0);
    }
  });

  it('come to what they are', async () => {
    const outcomes: Record<string, string> = {};
    for (const { name, exchange } of recordings) {
      const outcome = toldOf(await replayExchange(magento, exchange, exchanges));
      if (outcome !== undefined) outcomes[name] = outcome;
    }
    expect(outcomes).toEqual({ ...REFUSED, ...READ });
    // Nothing of a genuine shop may look like a fault of the shop's or of ours.
    expect(Object.values(outcomes)).not.toContain('platform_contract_broken');
    expect(Object.values(outcomes)).not.toContain('internal');
  });

  it('are refused as what they are', () => {
    const refused = recordings.filter(({ exchange }) => !exchange.fromPlatform);
    const codes = refused.flatMap((one) => {
      const code = refusalIn(magento, one);
      return code === undefined ? [] : [[one.name, code] as const];
    });
    expect(Object.fromEntries(codes)).toEqual({ ...REFUSED, ...PAGES });
  });

  it('are all read, but for those with a reason', () => {
    const isRead = (one: Recording): boolean =>
      [isOrder, isShipment].some((kind) => objectsIn(load(one.name), kind).length > 0) ||
      one.name in REFUSED ||
      one.name in PAGES ||
      one.name in READ;
    const unread = recordings.filter((one) => !isRead(one)).map(({ name }) => name);
    expect(unread.sort()).toEqual(Object.keys({ ...NOT_READ, ...NOT_READ_CATALOGUE }).sort());
  });
});

const recordedOrder = z.object({
  grand_total: z.number(),
  subtotal: z.number(),
  items: z.array(z.object({ item_id: z.number(), parent_item_id: z.number().optional() })),
});

// Records mapped, with `+` those quarantined: of those only some fields were asked for.
const READ: Readonly<Record<string, string>> = {
  'categories-list': '3',
  'categories-tree': '5',
  'category-create': '1',
  'category-get': '1',
  'configurable-children': '6',
  'consent-4-first-call': '0+1',
  'customer-create': '1',
  'customer-get': '1',
  'customer-update': '1',
  'customers-by-email': '1',
  'customers-list-page1': '3',
  'inventory-source-items': '1',
  'inventory-sources': '1',
  'order-create-direct-post': '1',
  'order-get-after-refunds': '1',
  'order-get-canceled': '1',
  'order-get-closed-fully-refunded': '1',
  'order-get-complete': '1',
  'order-get-holded': '1',
  'order-get-invoiced': '1',
  'order-get-pending': '1',
  'orders-list-by-increment-id': '0+1',
  'orders-list-empty-filter': '0',
  'orders-list-fields': '0+2',
  'orders-list-page-beyond-last': '0',
  'orders-list-page-beyond-last-no-fields': '0',
  'orders-list-page-size-1000': '0',
  'orders-list-page1': '5',
  'orders-list-status-in': '0+3',
  'orders-list-updated-since': '5',
  'orders-list-updated-since-iso8601': '0+2',
  'orders-list-updated-window-or-status': '0+3',
  'product-create': '1',
  'product-get-by-id-via-search': '0+1',
  'product-update': '1',
  'product-get-configurable': '1',
  'product-get-simple': '1',
  'product-get-sku-with-slash': '1',
  'product-get-sku-with-space': '1',
  'products-list-like': '0+1',
  'products-list-page-beyond-last': '0',
  'products-list-page1': '4',
  'products-list-updated-since': '0+3',
  'sales-rules': '1',
  'store-code-all': '0+1',
  'store-configs': '1',
  'store-websites': '1',
  'xml-accept': '1',
};

const REFUSED: Readonly<Record<string, string>> = {
  'auth-admin-token-bad': 'credential_revoked',
  'auth-integration-token-as-bearer': 'platform_scope_missing',
  'auth-oauth1-bad-signature': 'credential_revoked',
  'auth-oauth1-header-sha1': 'request_rejected',
  'consent-err-verifier-reused': 'credential_revoked',
  'coupon-create-duplicate': 'conflict',
  'customer-create-duplicate': 'conflict',
  'customer-get-deleted': 'not_found',
  'err-400-bad-field': 'platform_unavailable',
  'err-400-malformed-json': 'request_rejected',
  'err-400-missing-content-type': 'request_rejected',
  'err-400-missing-required': 'request_rejected',
  'err-400-orders-missing-criteria': 'request_rejected',
  'err-400-unknown-property': 'request_rejected',
  'err-400-wrong-type': 'request_rejected',
  'err-401-bad-token': 'platform_scope_missing',
  'err-401-no-auth': 'platform_scope_missing',
  'err-404-order': 'not_found',
  'err-404-route': 'store_closed',
  'err-405-method': 'request_rejected',
  'err-406-accept': 'platform_unavailable',
  'err-store-code-unknown': 'request_rejected',
  'order-create-err-no-stock': 'request_rejected',
  'orders-list-no-criteria': 'request_rejected',
  'product-create-duplicate-url-key': 'conflict',
  'product-create-missing-attribute-set': 'request_rejected',
  'product-get-deleted': 'not_found',
  'refund-too-large': 'request_rejected',
  'shipment-create-too-many': 'request_rejected',
};

// Texts where data is expected: such answers are read by other means, or by nobody.
const PAGES: Readonly<Record<string, string>> = {
  'consent-2-request-token': 'platform_blocked',
  'consent-3-access-token': 'platform_blocked',
  'schema-info': 'platform_blocked',
  'xml-accept': 'platform_blocked',
};
