import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createEgress } from './egress.js';
import { createEgressRules, hostOf } from './egress-rules.js';
import { randomFrom } from './testing/random-from.js';
import { recorder } from './testing/recorder.js';
import { createTransport } from './transport.js';

// As many as fit into a few seconds; a night's run takes a million.
const ROUNDS = Number(process.env['SHOPSPAN_TEST_FUZZ_ROUNDS'] ?? 100_000);
const LOOKED_UP = '93.184.215.14';

const PIECES = [
  ...['https://', 'https://', 'https:', 'http://', '//', '/', '\\', '@', '#', '?', '.', '..', ':', ';', '&', '=', '%'],
  ...[
    'shop.example.com',
    'evil.example.net',
    'a',
    'b.c',
    '8.8.8.8',
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0177',
  ],
  ...[
    '[2606:4700::1111]',
    '[::1]',
    '[',
    ']',
    '%25eth0',
    ':443',
    ':80',
    ':0443',
    ':4430',
    ':65979',
    ':',
    '%2e',
    '%40',
    '%2f',
  ],
  ...[
    '\t',
    '\n',
    '\r',
    ' ',
    '\u0000',
    '\u00a0',
    '\u200b',
    '\u00ad',
    'xn--',
    'xn--mnchen-3ya.example',
    'ü',
    'ß',
    'ſ',
    'K',
  ],
  ...[
    '。',
    '．',
    '／',
    '＠',
    '：',
    '١',
    '１',
    '-',
    '_',
    '*',
    '~',
    "'",
    '`',
    '{',
    '|',
    '^',
    '"',
    '<',
    'user',
    ':secret@',
    'TLD',
  ],
];

/** RFC 3986 appendix B, for programs that never heard of WHATWG: host and port as they would take them apart. */
function readByRfc3986(text: string): { readonly host: string; readonly port: string } | undefined {
  const authority = /^[^:/?#]+:\/\/([^/?#]*)/.exec(text)?.[1];
  if (authority === undefined) return undefined;
  const [, host = '', port = ''] =
    /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
  return { host: domainToASCII(host).toLowerCase(), port: port === '' ? '443' : String(Number(port)) };
}

describe('what is judged', () => {
  it(`case 136: is what is looked up and dialled, in ${ROUNDS} strings that parsers read differently`, async () => {
    const random = randomFrom(136);
    const rules = createEgressRules({ allow: [] });
    const { dial, asked } = recorder();
    const lookedUp: string[] = [];
    const resolve = (name: string) => {
      lookedUp.push(name);
      return Promise.resolve([LOOKED_UP]);
    };
    const transport = createTransport({
      egress: createEgress({ allow: [], resolve, connect: dial }),
      userAgent: 'test',
    });
    const accepted: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const length = 1 + random() * 5;
      const text =
        (random() < 0.8 ? 'https://' : '') +
        Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)]).join('');
      if (rules(text).refusal === undefined) accepted.push(text);
    }
    expect(accepted.length).toBeGreaterThan(ROUNDS / 200);
    for (const text of accepted) {
      const host = hostOf(new URL(text));
      const other = readByRfc3986(text);
      expect([text, other?.host.replace(/^\[(.*)\]$/, '$1'), other?.port]).toEqual([text, host, '443']);
    }
    // Names differ far less often than texts.
    for (const text of new Map(accepted.map((one) => [`${new URL(one).host} ${one.length % 7}`, one])).values()) {
      const host = hostOf(new URL(text));
      const call = transport({ method: 'GET', url: new URL(text), headers: {} }, { deadlineMs: 10_000, maxBytes: 1 });
      await expect(call, text).rejects.toMatchObject({ reason: 'unreachable', sent: 'no' });
      const isName = isIP(host) === 0;
      expect([text, lookedUp.splice(0), asked.splice(0)]).toEqual([
        ...[text, isName ? [host] : [], [`${isName ? LOOKED_UP : host} 443`]],
      ]);
    }
    transport.close();
  }, 300_000);
});
