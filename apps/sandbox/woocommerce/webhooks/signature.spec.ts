import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { phpJson } from '../php-json.js';
import { deliveryIdOf, signatureOf } from './signature.js';

// Exchanges recorded from a genuine shop; they lie beside the repository, and not everywhere.
const CAPTURES = new URL('../../../../../shared/captures/woocommerce/', import.meta.url);

const recording = z.object({
  _meta: z.object({ secret: z.string(), signatureHeader: z.string().optional() }),
  request: z.object({ rawBodyBase64: z.string(), headers: z.record(z.string(), z.string()), body: z.json() }),
});

describe('a signature', () => {
  it('is the base64 of an HMAC-SHA256, and depends on body and secret', () => {
    // Worked out with `openssl dgst -sha256 -hmac topsecret -binary | base64`.
    expect(signatureOf('{"id":124}', 'topsecret')).toBe('+CPw/G5kZ3pZkFh+d8vb7zoJ9knFCQsOybGGwN73nN0=');
    expect(signatureOf('{"id":124}', 'topsecret')).not.toBe(signatureOf('{"id":125}', 'topsecret'));
    expect(signatureOf('{"id":124}', 'topsecret')).not.toBe(signatureOf('{"id":124}', 'other'));
  });

  it('has an id beside it that two deliveries of one second share', () => {
    expect(deliveryIdOf(3, 1000, 'salt')).toMatch(/^[0-9a-f]{32}$/);
    expect(deliveryIdOf(3, 1000, 'salt')).toBe(deliveryIdOf(3, 1000, 'salt'));
    expect(new Set([deliveryIdOf(3, 1001, 'salt'), deliveryIdOf(4, 1000, 'salt')]).size).toBe(2);
  });
});

describe.skipIf(!existsSync(CAPTURES))('the recorded deliveries', () => {
  const files = existsSync(CAPTURES)
    ? readdirSync(CAPTURES).filter((file) => /^webhook-delivery-(?!ping)/.test(file))
    : [];

  it.each(files)('%s has the signature and the bytes the sandbox would send', (file) => {
    const { _meta, request } = recording.parse(JSON.parse(readFileSync(new URL(file, CAPTURES), 'utf8')));
    const raw = Buffer.from(request.rawBodyBase64, 'base64').toString('utf8');
    expect(signatureOf(raw, _meta.secret)).toBe(_meta.signatureHeader);
    expect(phpJson(request.body)).toBe(raw);
    expect(request.headers['X-WC-Webhook-Delivery-ID']).toMatch(/^[0-9a-f]{32}$/);
  });
});
