import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFixtures } from './fixture.js';
import { secretLookAlikes } from './secret-look-alikes.js';

let folder: URL;
beforeEach(() => {
  folder = new URL(`${pathToFileURL(mkdtempSync(`${tmpdir()}/fixtures-`)).href}/`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): void {
  writeFileSync(new URL(name, folder), JSON.stringify(content));
}

const call = { request: { method: 'GET', url: 'https://cups.example.com/v1' }, response: { status: 200 } };

describe('fixtures', () => {
  it('are told apart by their names', () => {
    write('order-get.json', { ...call, expect: { records: [{}] } });
    write('write-orders-cancel.json', { operation: 'orders.cancel', input: {}, calls: [call], expect: { done: true } });
    write('delivery-x.json', { delivery: { headers: {}, body: '' }, expect: { handshake: true } });
    const proof = { kind: 'start', query: '', clientSecret: 's', now: '2026-11-28T10:00:00Z', account: 'cups' };
    write('proof-start.json', { strategy: 'oauth', ...proof });
    writeFileSync(new URL('helper.ts', folder), '');
    const { reads, writes, deliveries, proofs } = readFixtures(folder);
    expect([reads, writes, deliveries, proofs].map((all) => all.map(({ name }) => name))).toEqual([
      ['order-get.json'],
      ['write-orders-cancel.json'],
      ['delivery-x.json'],
      ['proof-start.json'],
    ]);
    expect(reads[0]?.expected).toEqual({ records: [{}], quarantined: [], more: false });
    expect(writes[0]).toMatchObject({ store: { currency: 'EUR' }, attempt: { reference: 'ssp-00000000000000000001' } });
  });

  it.each([
    ['x.json', { request: {} }],
    ['x.json', { ...call, expect: { record: 1 } }],
    ['write-x.json', { operation: 'orders.cancel', input: {}, calls: [call], expect: { records: [] } }],
    ['write-x.json', { operation: 'orders.cancel', input: {}, calls: [{}], expect: { done: true } }],
    ['delivery-x.json', { delivery: { headers: {} }, expect: { events: [] } }],
    ['proof-x.json', { strategy: 'oauth' }],
  ])('%s that is none is named: %j', (name, content) => {
    write(name, content);
    expect(() => readFixtures(folder)).toThrow();
  });
});

it.each([
  ['ck_0123456789012345678901234567890123456789', 'a prefixed token'],
  ['https://x.example/?consumer_secret=0123456789', 'a secret parameter'],
  ['https://x.example/callback?shop=cups&code=0123456789', 'a secret parameter'],
  ['https://x.example/orders?coupons=1&code=0123456789', 'a secret parameter'],
  ['"x-shopify-access-token": "0123456789"', 'a secret header'],
  ['https://x.example/coupons?per_page=1&code=welcome-to-you', undefined],
  ['https://x.example/callback?code=REDACTED', undefined],
])('%s looks like %s', (text, what) => {
  expect(secretLookAlikes(text).map((found) => found.replace(/:.*/, ''))).toEqual(what === undefined ? [] : [what]);
});
