import { customerRecord, type JsonValue, productRecord, variantRecord } from '#contract';
import { readRecord, type RecordReading } from '#kit';
import { objectsIn, readRecordings } from '#testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attribute } from './attributes.js';
import { rule } from './coupon-schema.js';
import { customerReading } from './customers.js';
import { sourceItem } from './inventory.js';
import { mapOnlyVariant, mapProduct } from './product-record.js';
import { magentoProduct, type MagentoProduct } from './product-schema.js';

// Which recordings are read by an operation, and which are not and why, is told in ../captures.spec.ts; here, whatever looks
// like a record of the catalogue is read, wherever it stands.
const { names, load } = readRecordings('magento');
const answered = z.object({ response: z.object({ body: z.unknown() }) });

/** Every object in the answers that looks like one of a kind. */
const found = (isMeant: (candidate: object) => boolean): readonly JsonValue[] =>
  names.flatMap((name) => objectsIn(answered.parse(load(name)).response.body, isMeant));

const has =
  (...fields: string[]) =>
  (value: object) =>
    fields.every((field) => field in value);
const reading = {
  terms: { currency: 'EUR', weightUnit: 'lb', media: null },
  attributes: new Map(),
  now: new Date(),
} as const;
const asProduct: RecordReading<MagentoProduct, unknown> = {
  schema: magentoProduct,
  map: (product) => productRecord.parse(mapProduct(product, reading)),
  identify: () => null,
};

describe.skipIf(names.length === 0)('recordings of a genuine Magento', () => {
  it('hold products that all map, to the price and the SKU they print', () => {
    const products = found(has('sku', 'type_id', 'custom_attributes'));
    expect(products.length).toBeGreaterThan(15);
    for (const raw of products) {
      expect(readRecord(raw, asProduct)).toMatchObject({ platformId: String((raw as { id: number }).id) });
      const { sku, price, weight } = magentoProduct.parse(raw);
      const variant = variantRecord.parse(mapOnlyVariant(magentoProduct.parse(raw), reading));
      expect(variant.sku).toBe(sku);
      expect(variant.weight?.value ?? null).toBe(weight);
      expect(Number((variant.compareAtPrice ?? variant.price)?.amount)).toBe(Number(price));
    }
  });

  it('hold customers with their addresses that all map', () => {
    const customers = found(has('email', 'created_in', 'addresses'));
    expect(customers.length).toBeGreaterThan(5);
    for (const raw of customers) {
      const record = readRecord(raw, customerReading);
      expect(customerRecord.parse(record)).toEqual(record);
      expect(record.defaultAddress === null).toBe((raw as { addresses: unknown[] }).addresses.length === 0);
    }
  });

  it.each<readonly [string, z.ZodType, readonly JsonValue[], number]>([
    ['stock', sourceItem, found(has('source_code', 'quantity')), 1],
    ['rules', rule, found(has('rule_id', 'simple_action')), 1],
    ['attributes', attribute, found(has('attribute_code', 'frontend_input')), 1],
  ])('hold %s that can be read', (_, schema, records, least) => {
    expect(records.length).toBeGreaterThanOrEqual(least);
    for (const record of records) expect(schema.safeParse(record).error).toBeUndefined();
  });
});
