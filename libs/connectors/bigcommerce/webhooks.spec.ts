import { describe, expect, it } from 'vitest';
import { Secret } from '#contract';
import { verifyWebhook } from '#kit';
import { Webhook } from 'standardwebhooks';
import { OWN_HEADER, webhooks } from './webhooks.js';

// The vector of the platform's documents, made with its own instructions: the secret's bytes as they are are the key.
const SECRET = 'bc_test_client_secret_0123456789abcdef';
const OWN = new Secret('own-secret-of-the-hook');
const BODY =
  '{"scope":"store/order/created","store_id":"1025646","data":{"type":"order","id":250},"hash":"dd70c0976e06b67aaf671e73f49dcb79230ebf9d","created_at":1795344000,"producer":"stores/abc123xyz"}';
const VECTOR = {
  'webhook-id': 'msg_0001',
  'webhook-timestamp': '1795344000',
  'webhook-signature': 'v1,blqoxXJHsYGr1lIBnlZCG8yMuVix+3qAw7nYWr3PjhY=',
  [OWN_HEADER]: 'own-secret-of-the-hook',
};
const NOW = new Date(1_795_344_001_000);

function verified(headers: Readonly<Record<string, string>>, body = BODY) {
  const raw = { body: Buffer.from(body, 'utf8'), header: (name: string) => headers[name] };
  return verifyWebhook(webhooks, raw, [new Secret(SECRET)], { own: OWN, now: NOW });
}

describe('a delivery of BigCommerce', () => {
  it('is proven by the signature of the documents’ own vector', () => {
    expect(verified(VECTOR)).toMatchObject({
      topic: 'store/order/created',
      dedupeKey: 'store/order/created:dd70c0976e06b67aaf671e73f49dcb79230ebf9d',
      account: 'abc123xyz',
      occurredAt: '2026-11-22T10:40:00Z',
    });
  });

  it('is signed as the library of the standard signs', () => {
    const judge = new Webhook(Buffer.from(SECRET).toString('base64'));
    expect(judge.sign('msg_0001', new Date(1_795_344_000_000), BODY)).toBe(VECTOR['webhook-signature']);
  });

  it('without the secret of its hook is nobody’s, whoever signed it', () => {
    const { [OWN_HEADER]: _own, ...without } = VECTOR;
    for (const headers of [without, { ...VECTOR, [OWN_HEADER]: 'another' }])
      expect(() => verified(headers)).toThrow(expect.objectContaining({ code: 'webhook_unverified' }) as Error);
  });

  it.each([
    '{}',
    '[]',
    'null',
    BODY.replace('"hash":"dd70', '"hash":"dd 70'),
    BODY.replace('stores/abc123xyz', 'abc123xyz'),
    BODY.replace('store/order/created', 'order created'),
    BODY.replace('1795344000', '"soon"'),
  ])('of another form is none: %s', (body) => {
    const header = (): undefined => undefined;
    expect(() => webhooks.open({ body: Buffer.from(body), header })).toThrow(
      expect.objectContaining({ code: 'webhook_unverified' }) as Error,
    );
  });
});
