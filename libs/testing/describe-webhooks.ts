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

const OWN = new Secret('own-secret-of-the-subscription');
const NOW = new Date('2026-11-28T12:00:00Z');

/** Where the signature stands. */
const headerOf = ({ signature }: Webhooks): string =>
  signature.kind === 'hmacBody' ? signature.header : 'webhook-signature';

function signed({ signature }: Webhooks, sent: Sent, key = KEY, at = NOW): Sent {
  if (signature.kind === 'hmacBody') {
    const { header, encoding } = signature;
    return { ...sent, headers: { ...sent.headers, [header]: hmacSha256(key, sent.body, encoding) } };
  }
  const [id, time] = ['msg_1', String(Math.floor(at.getTime() / 1000))];
  const bytes = Buffer.concat([Buffer.from(`${id}.${time}.`), sent.body]);
  const own = { [signature.ownHeader]: OWN.expose() };
  const standard = {
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${hmacSha256(key, bytes, 'base64')}`,
  };
  return { ...sent, headers: { ...sent.headers, ...own, ...standard } };
}

/** What is no signature, made of one; where a list is allowed, a list that holds a right one is no lie. */
function spoiled({ signature }: Webhooks, value: string): readonly string[] {
  const always = ['', ' ', 'x'.repeat(10_240), '!?', '\u00e9', value.slice(0, -4), '=='];
  return signature.kind === 'hmacBody'
    ? [...always, `${value}, ${value}`, ` ${value}`]
    : [...always, value.replace('v1,', 'v1a,'), value.replace('v1,', ''), `${'v1,AAAA '.repeat(20)}${value}`];
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
  const verify = (delivery: Sent, keys: readonly Secret[] = [KEY], own = OWN) =>
    verifyWebhook(webhooks, rawOf(delivery), keys, { own, now: NOW });
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
    const header = headerOf(webhooks);
    const value = right.headers[header] ?? '';
    const tampered = Uint8Array.from(sent.body, (byte, index) => (index === sent.body.length - 1 ? byte ^ 1 : byte));
    const wrong: readonly Sent[] = [
      sent,
      { ...right, body: tampered },
      { ...right, body: Buffer.concat([sent.body, Buffer.from(' ')]) },
      { ...right, body: Buffer.alloc(0) },
      signed(webhooks, sent, OTHER),
      ...spoiled(webhooks, value).map((text) => ({ ...right, headers: { ...right.headers, [header]: text } })),
    ];
    for (const one of wrong)
      expect(
        refusal(() => verify(one)),
        JSON.stringify(one.headers[header] ?? null),
      ).toBe('webhook_unverified');
    if (webhooks.signature.kind === 'hmacBody') expect(refusal(() => verify(right, []))).toBe('webhook_unverified');
  });

  if (webhooks.signature.kind === 'standardWebhooks') {
    const { ownHeader, toleranceSeconds } = webhooks.signature;
    it(`${fixture.name} is refused without the subscription's own secret, and when it is old`, () => {
      const right = signed(webhooks, sent);
      for (const keys of [[KEY], []]) {
        expect(refusal(() => verify(right, keys))).toBeUndefined();
        expect(refusal(() => verify(right, keys, OTHER))).toBe('webhook_unverified');
        const { [ownHeader]: _left, ...without } = right.headers;
        expect(refusal(() => verify({ ...right, headers: without }, keys))).toBe('webhook_unverified');
      }
      for (const late of [toleranceSeconds + 1, -toleranceSeconds - 1])
        expect(refusal(() => verify(signed(webhooks, sent, KEY, new Date(NOW.getTime() + late * 1000))))).toBe(
          'webhook_unverified',
        );
    });
  }

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
