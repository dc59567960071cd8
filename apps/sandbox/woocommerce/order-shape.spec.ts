import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { amountPrinter } from './amount-printer.js';
import { orderBody, orderLinks } from './order-body.js';
import { refundBody, refundLinks } from './refund-body.js';
import { buchladen } from './seeds/buchladen.js';
import { seedOrders } from './seeds/seed-orders.js';
import { vinyl } from './seeds/vinyl.js';

// Exchanges recorded from a genuine shop; they lie beside the repository, and not everywhere.
const CAPTURES = new URL('../../../../shared/captures/woocommerce/', import.meta.url);
const BASE = Date.parse('2026-11-22T19:00:00Z') / 1000;

/** The recorder's own format; what is wanted from a body is checked below. */
const recording = z.object({ response: z.object({ body: z.unknown() }).optional() });

/** Every path that occurs, with the JSON type found there: `.line_items[].price number`. */
function shapeOf(values: readonly unknown[]): Set<string> {
  const shape = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    } else shape.add(`${path} ${value === null ? 'null' : typeof value}`);
  };
  for (const value of values) walk(value, '');
  return shape;
}

function recordedBodies(name: RegExp, member: string): unknown[] {
  return readdirSync(CAPTURES)
    .filter((file) => name.test(file))
    .flatMap((file) => {
      const { response } = recording.parse(JSON.parse(readFileSync(new URL(file, CAPTURES), 'utf8')));
      return [response?.body].flat();
    })
    .filter(
      (body) => typeof body === 'object' && body !== null && member in body && 'line_items' in body && '_links' in body,
    );
}

const options = { siteUrl: 'https://x.test', print: amountPrinter(2) };
const ours = [buchladen, vinyl].flatMap((shop) =>
  seedOrders(shop, BASE).map((order) => ({
    ...orderBody(order, { ...options, shop }),
    _links: orderLinks(order, options.siteUrl),
  })),
);
const ourRefunds = [buchladen, vinyl].flatMap((shop) =>
  seedOrders(shop, BASE).flatMap((order) =>
    order.refunds.map((refund) => ({
      ...refundBody(refund, { ...options, shop }),
      _links: refundLinks(refund, options.siteUrl),
    })),
  ),
);

describe.skipIf(!existsSync(CAPTURES))('the shape of what is printed', () => {
  it('is that of the recorded orders, path by path and type by type', () => {
    const recorded = shapeOf(
      recordedBodies(/^(orders?-(get|list|create|update)|err-400-order-bad-product)/, 'order_key'),
    );
    expect(recorded.size).toBeGreaterThan(100);
    expect([...shapeOf(ours)].sort()).toEqual([...recorded].sort());
  });

  it('has the same members in every single order', () => {
    const members = (body: unknown): string =>
      Object.keys(body as object)
        .sort()
        .join(' ');
    const recorded = new Set(recordedBodies(/^order-get/, 'order_key').map(members));
    expect(new Set(ours.map(members))).toEqual(recorded);
  });

  it('is that of the recorded refunds', () => {
    const recorded = shapeOf(recordedBodies(/^refunds?-(get|list)\.json/, 'refunded_by'));
    // A recorded refund was of a product without variations or deletion; ours are of all kinds.
    const onlyOurs = [
      '.line_items[].image.id number',
      '.line_items[].parent_name string',
      '.line_items[].sku null',
      '.line_items[].global_unique_id null',
    ];
    const difference = [...shapeOf(ourRefunds)].filter((path) => !recorded.has(path));
    expect(difference.filter((path) => !onlyOurs.includes(path))).toEqual([]);
    expect([...recorded].filter((path) => !shapeOf(ourRefunds).has(path))).toEqual([]);
  });
});
