import {
  type Connector,
  GatewayError,
  isScope,
  isUnsupported,
  type RawWebhook,
  Secret,
  type WebhookEnvelope,
  type Webhooks,
} from '#contract';
import { hmacSha256, verifiedEarlier, verifyWebhook } from '#kit';
import { describe, expect, it } from 'vitest';
import type { DeliveryFixture } from './fixture.js';

const KEY = new Secret('key-of-the-subscription');
const OTHER = new Secret('key-of-somebody-else');

/** What comes in from the platform: who signed it, and what it means. */
export function describeWebhooks({ webhooks }: Connector, fixtures: readonly DeliveryFixture[]): void {
  if (isUnsupported(webhooks)) return;
  describe('what the platform sends to us', () => {
    it('has a recorded delivery', () => {
      expect(fixtures.filter(({ expect: { ...said } }) => 'events' in said).map(({ name }) => name)).not.toEqual([]);
    });
    it('is subscribed to by scopes of ours', () => {
      const { always, byAccess } = webhooks.topics;
      expect(Object.keys(byAccess).filter((key) => !isScope(key))).toEqual([]);
      for (const topic of [...always, ...Object.values(byAccess).flat()]) expect(topic).toMatch(/^\S+$/);
    });
    describeNonsense(webhooks, fixtures);
    for (const fixture of fixtures) {
      if ('handshake' in fixture.expect) describeHandshake(webhooks, fixture);
      else describeDelivery(webhooks, fixture);
    }
  });
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

function rawOf({ headers, body }: Sent): RawWebhook {
  const known = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { body, header: (name) => known.get(name.toLowerCase()) };
}

function sentOf({ delivery: { headers, body } }: DeliveryFixture): Sent {
  return { headers, body: Buffer.from(body, 'utf8') };
}

function signed({ signature: { header, encoding } }: Webhooks, sent: Sent, key = KEY): Sent {
  return { ...sent, headers: { ...sent.headers, [header]: hmacSha256(key, sent.body, encoding) } };
}

/** @returns the code of the refusal; undefined when it was taken */
function refusal(take: () => unknown): string | undefined {
  try {
    take();
    return undefined;
  } catch (error) {
    return GatewayError.is(error) ? error.code : String(error);
  }
}

function describeDelivery(webhooks: Webhooks, fixture: DeliveryFixture): void {
  const sent = sentOf(fixture);
  const verify = (delivery: Sent, keys: readonly Secret[] = [KEY]) => verifyWebhook(webhooks, rawOf(delivery), keys);
  const events = 'events' in fixture.expect ? fixture.expect.events : [];

  it(`${fixture.name} comes to what it says, signed with any key that is valid now`, () => {
    const proven = signed(webhooks, sent);
    expect(webhooks.normalize(verify(proven))).toEqual(events);
    expect(webhooks.normalize(verify(proven, [OTHER, KEY]))).toEqual(events);
    // Sent again, it is known as the same.
    expect(verify(proven).dedupeKey).toBe(verify(proven).dedupeKey);
    expect(webhooks.handshake?.(rawOf(proven)) ?? false).toBe(false);
    expect(webhooks.handshake?.(rawOf(sent)) ?? false).toBe(false);
  });

  it(`${fixture.name} is refused when its signature is not right`, () => {
    const right = signed(webhooks, sent);
    const { header } = webhooks.signature;
    const value = right.headers[header] ?? '';
    const tampered = Uint8Array.from(sent.body, (byte, index) => (index === sent.body.length - 1 ? byte ^ 1 : byte));
    const wrong: readonly Sent[] = [
      sent,
      { ...right, body: tampered },
      { ...right, body: Buffer.concat([sent.body, Buffer.from(' ')]) },
      { ...right, body: Buffer.alloc(0) },
      signed(webhooks, sent, OTHER),
      ...['', ' ', 'x'.repeat(10_240), '!?', '\u00e9', `${value}, ${value}`, ` ${value}`, value.slice(0, -4), '=='].map(
        (spoiled) => ({ ...right, headers: { ...right.headers, [header]: spoiled } }),
      ),
    ];
    for (const one of wrong)
      expect(
        refusal(() => verify(one)),
        JSON.stringify(one.headers[header] ?? null),
      ).toBe('webhook_unverified');
    expect(refusal(() => verify(right, []))).toBe('webhook_unverified');
  });

  it(`${fixture.name} means nothing under a topic nobody knows`, () => {
    const envelope = webhooks.open(rawOf(sent));
    for (const topic of ['nonsense.happened', 'nonsense/happened', 'toString', '__proto__', ''])
      expect(webhooks.normalize(verifiedEarlier({ ...envelope, topic }))).toEqual([]);
  });

  it(`${fixture.name} may hold anything under its topic`, () => {
    const envelope = webhooks.open(rawOf(sent));
    for (const payload of [
      null,
      '',
      'x',
      0,
      true,
      [],
      {},
      [null],
      { id: null },
      { id: {} },
      { id: -1 },
      { admin_graphql_api_id: 7 },
    ])
      for (const event of webhooks.normalize(verifiedEarlier({ ...envelope, payload })))
        if ('platformId' in event) expect(event.platformId).toMatch(/\S/);
  });
}

function describeHandshake({ handshake }: Webhooks, fixture: DeliveryFixture): void {
  it(`${fixture.name} is a greeting`, () => {
    expect(handshake?.(rawOf(sentOf(fixture)))).toBe(true);
  });
}

const BODIES: readonly (string | Uint8Array)[] = [
  ...['', ' ', '{', '[]', 'null', '0', '"x"', '{}', '{"id":', '<html>', '\u0000', '{"id":{"id":[]}}'],
  Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]),
  `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `"${'x'.repeat(100_000)}"`,
];

function describeNonsense(webhooks: Webhooks, fixtures: readonly DeliveryFixture[]): void {
  const dresses = [{}, ...fixtures.map(({ delivery }) => delivery.headers)];

  it('may hold anything: it is opened or refused, and nothing else', () => {
    for (const headers of dresses) {
      for (const body of BODIES) {
        const raw = rawOf({ headers, body: Buffer.from(body) });
        let envelope: WebhookEnvelope | undefined;
        const code = refusal(() => (envelope = webhooks.open(raw)));
        expect([undefined, 'webhook_unverified'], `${JSON.stringify(headers)} ${String(body).slice(0, 40)}`).toContain(
          code,
        );
        if (envelope !== undefined)
          expect(refusal(() => webhooks.normalize(verifiedEarlier(envelope as WebhookEnvelope)))).toBeUndefined();
      }
    }
  });

  it('is no greeting unless it is recorded as one', () => {
    for (const body of BODIES)
      expect(webhooks.handshake?.(rawOf({ headers: {}, body: Buffer.from(body) })) ?? false).toBe(false);
  });
}
