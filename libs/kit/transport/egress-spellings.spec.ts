import { isIPv4 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createEgress } from './egress.js';
import { createEgressRules } from './egress-rules.js';
import { SPECIAL_PURPOSE_IPV4, SPECIAL_PURPOSE_IPV6 } from './special-purpose-addresses.js';
import { samples } from './testing/block-samples.js';
import { randomFrom } from './testing/random-from.js';
import { recorder } from './testing/recorder.js';
import { createTransport } from './transport.js';

const ROUNDS = Number(process.env['SHOPSPAN_TEST_FUZZ_ROUNDS'] ?? 100_000);
const INNER = [...SPECIAL_PURPOSE_IPV4, ...SPECIAL_PURPOSE_IPV6].flatMap(([block]) => samples(block));

type Random = () => number;
const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];

const octetsOf = (address: string) => address.split('.').map(Number);
const valueOf = (octets: readonly number[]) => octets.reduce((sum, octet) => sum * 256 + octet, 0);
const hexGroups = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) =>
  `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;

/** One number of an address in a base that C libraries and browsers read. */
function numeral(value: number, random: Random): string {
  const zeros = '0'.repeat(Math.floor(random() * 4));
  const hex = value.toString(16);
  return pick(random, [
    String(value),
    `0x${zeros}${hex}`,
    `0X${hex.toUpperCase()}`,
    `0${zeros}${value.toString(8)}`,
    `0${value.toString(8)}`,
  ]);
}

/** An IPv4 address in one of its many spellings, those inside of IPv6 as well. */
function spell4(address: string, random: Random): string {
  const octets = octetsOf(address);
  const [a = 0, b = 0] = octets;
  const parts = pick(random, [
    octets,
    [valueOf(octets)],
    [a, valueOf(octets.slice(1))],
    [a, b, valueOf(octets.slice(2))],
  ]);
  const numbers = () => parts.map((part) => numeral(part, random)).join('.');
  const hex = hexGroups(octets);
  return pick<() => string>(random, [
    numbers,
    numbers,
    () => `${numbers()}.`,
    () => address,
    () => widen(address, random),
    () => address.replaceAll('.', pick(random, ['。', '．', '｡', '%2e', '%2E'])),
    () => percentEncode(address, random),
    () => `[::ffff:${pick(random, [address, hex])}]`,
    () => `[0:0:0:0:0:FFFF:${pick(random, [address, hex])}]`,
    () => `[::${pick(random, [address, hex])}]`,
    () => `[64:ff9b::${pick(random, [address, hex])}]`,
    () => `[64:ff9b:1::${hex}]`,
    () => `[2002:${hex}::1]`,
    () => `[2001:0:${hex}::1]`,
    () => `[2001:0:808:808::${hex}]`,
    () => `[::ffff:0:${hex}]`,
    () => `[::ffff:${address}%25eth0]`,
  ])();
}

const DIGITS = ['０１２３４５６７８９', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗', '⓪①②③④⑤⑥⑦⑧⑨', '⁰¹²³⁴⁵⁶⁷⁸⁹'].map((all) => Array.from(all));

function widen(text: string, random: Random): string {
  const [first = [], ...others] = DIGITS;
  const digits = pick(random, [first, ...others]);
  return text.replace(/\d/g, (digit) => (random() < 0.6 ? (digits[Number(digit)] ?? digit) : digit));
}

function percentEncode(text: string, random: Random): string {
  const encoded = Array.from(text, (sign) =>
    random() < 0.4 ? `%${sign.codePointAt(0)?.toString(16).padStart(2, '0') ?? ''}` : sign,
  );
  return encoded.join('');
}

/** An IPv6 address in one of its spellings. */
function spell6(address: string, random: Random): string {
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const loose = address
    .split(':')
    .map((group) => (random() < 0.5 ? group.replace(/^0{1,3}/, '') : group))
    .join(':');
  const zone = pick(random, ['', '', '', '%25eth0', '%eth0', '%251', '%25']);
  return `[${pick(random, [address, short, short.toUpperCase(), loose])}${zone}]`;
}

const NAMES = ['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'metadata.google.internal', 'db.local'] as const;

interface Spelling {
  readonly text: string;
  /** False when a sign was put somewhere into it, which may have made another address of it. */
  readonly isWhole: boolean;
}

/** What stands around the host: schemes, users, ports, paths, and signs that programs read differently. */
function dress(host: string, random: Random): Spelling {
  const lure = pick(random, [
    'shop.example.com',
    'user',
    'user:secret',
    'shop.example.com:443',
    'xn--mnchen-3ya.example',
  ]);
  const port = pick(random, ['', '', '', ':443', ':80', ':0443', ':8443']);
  const path = pick(random, [
    '',
    '/',
    '/x',
    '?x',
    '#x',
    '/@shop.example.com',
    '#@shop.example.com/',
    '\\@shop.example.com',
  ]);
  const prefix = pick(random, [
    ...([
      'https://',
      'https://',
      'https://',
      'HTTPS://',
      'http://',
      'https:',
      'https:/',
      'https:///',
      'https:\\\\',
    ] as const),
    ...([`https://${lure}@`, `https://${lure}\\@`, `https:// `, `\thttps://`, `https://\t`, 'https://\u00ad'] as const),
    ...(['ht\ntps://', 'https://\u200b', '//', 'ftp://', 'ws://', ''] as const),
  ]);
  const text = `${prefix}${host}${port}${path}`;
  if (random() > 0.1) return { text, isWhole: true };
  const at = Math.floor(random() * text.length);
  const sign = pick(random, ['\t', '\n', '\r', ' ', '\u0000', '\\', '\u3000']);
  return { text: text.slice(0, at) + sign + text.slice(at), isWhole: false };
}

function spelling(random: Random): Spelling {
  const address = INNER[Math.floor(random() * INNER.length)] ?? '127.0.0.1';
  if (random() < 0.05) return dress(pick(random, NAMES), random);
  return dress(isIPv4(address) ? spell4(address, random) : spell6(address, random), random);
}

/** As the parser reads it; undefined when it reads something else, such as one of the lures as the host. */
function innerUrl({ text, isWhole }: Spelling): URL | undefined {
  if (!isWhole || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /(?:^|\.)example(?:\.com)?$/.test(url.hostname) ? undefined : url;
}

describe('an inner address', () => {
  it(`case 123: is refused in ${ROUNDS} spellings, as text and as parsed`, () => {
    const random = randomFrom(20_261_129);
    const rules = createEgressRules({ allow: [] });
    let parsed = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const spelt = spelling(random);
      const { text } = spelt;
      if (rules(text).refusal === undefined) expect.fail(`accepted as text in round ${round}: ${JSON.stringify(text)}`);
      const url = innerUrl(spelt);
      if (url === undefined) continue;
      parsed += 1;
      if (rules(url).refusal === undefined)
        expect.fail(`accepted as parsed in round ${round}: ${JSON.stringify(text)}`);
    }
    expect(parsed).toBeGreaterThan(ROUNDS / 4);
  }, 120_000);

  it('case 123: is not even asked of the dialler, however it is spelt', async () => {
    const random = randomFrom(7);
    const { dial, asked } = recorder();
    // Whoever looked a spelling up as a name would learn it here.
    const lookedUp: string[] = [];
    const resolve = (name: string) => Promise.resolve([(lookedUp.push(name), '127.0.0.1')[1] ?? '']);
    const transport = createTransport({
      egress: createEgress({ allow: [], resolve, connect: dial }),
      userAgent: 'test',
    });
    for (let sent = 0; sent < 1_000;) {
      const url = innerUrl(spelling(random));
      if (url === undefined) continue;
      sent += 1;
      const call = transport({ method: 'GET', url, headers: {} }, { deadlineMs: 10_000, maxBytes: 1 });
      await expect(call, url.href).rejects.toMatchObject({ reason: 'refused', sent: 'no' });
    }
    transport.close();
    expect([asked, lookedUp]).toEqual([[], []]);
  }, 60_000);
});
