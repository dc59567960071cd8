import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createEgressRules, hostOf, portOf, type Refusal } from './egress-rules.js';
import { isGloballyReachable, SPECIAL_PURPOSE_IPV4, SPECIAL_PURPOSE_IPV6 } from './special-purpose-addresses.js';
import { randomFrom } from './testing/random-from.js';

const rules = createEgressRules({ allow: [] });
const reasonFor = (url: string | URL): Refusal['reason'] | undefined => rules(url).refusal?.reason;

describe('createEgressRules', () => {
  it.each([
    'https://shop.example.com',
    'https://shop.example.com/',
    'https://shop.example.com:443/wp-json/?a=b#c',
    'HTTPS://Shop.Example.COM/',
    'https://a.b.c.d.example.co.uk',
    'https://my_shop.example.com',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://xn--mnchen-3ya.example',
    'https://münchen.example',
    'https://7-eleven.example',
    'https://shop.example.com//evil.example.net/x',
    'https://shop.example.com/@evil.example.net',
  ])('accepts %s', (url) => {
    expect(reasonFor(url)).toBeUndefined();
  });

  it.each([
    ['scheme', 'http://shop.example.com'],
    ['scheme', 'ftp://shop.example.com'],
    ['scheme', 'ws://shop.example.com'],
    ['scheme', 'wss://shop.example.com'],
    ['malformed', 'file:///etc/passwd'],
    ['malformed', 'gopher:x'],
    ['malformed', 'data:text/plain,x'],
    ['malformed', 'blob:https://shop.example.com/1'],
    ['malformed', 'javascript:alert(1)'],
    ['malformed', 'unix:/run/docker.sock'],
    ['malformed', 'http+unix://%2Frun%2Fdocker.sock/x'],
    ['port', 'https://shop.example.com:80'],
    ['port', 'https://shop.example.com:8443'],
    ['port', 'https://shop.example.com:22'],
    ['port', 'https://shop.example.com:0'],
    ['credentials', 'https://user@shop.example.com'],
    ['credentials', 'https://user:secret@shop.example.com'],
    ['credentials', 'https://:secret@shop.example.com'],
    ['credentials', 'https://shop.example.com@evil.example.net'],
    ['credentials', 'https://shop.example.com:443@evil.example.net'],
    ['malformed', 'https://shop.example.com\\@evil.example.net'],
    ['malformed', 'https:\\\\evil.example.net'],
    ['malformed', 'https:/shop.example.com'],
    ['malformed', 'https:shop.example.com'],
    ['malformed', 'https:///shop.example.com'],
    ['malformed', 'https://'],
    ['malformed', '//shop.example.com'],
    ['malformed', '/admin'],
    ['malformed', 'shop.example.com'],
    ['malformed', ''],
    ['malformed', 'https://shop.exa\tmple.com'],
    ['malformed', 'https://shop.example.com\n'],
    ['malformed', ' https://shop.example.com'],
    ['malformed', 'https://shop.example.com/\r\nHost: evil'],
    ['malformed', 'https://shop.example.com/\u0000'],
    ['malformed', 'https://shop.ex%61mple.com'],
    ['malformed', 'https://xn--mnchen-3ya.ex%61mple'],
    ['malformed', 'https://shop.example.com%00.evil.example.net'],
    ['malformed', 'https://shop.example.com:443443'],
    ['malformed', 'https://shop.example.com:x'],
    ['malformed', 'https://[::1'],
    ['malformed', 'https://[fe80::1%25eth0]/'],
    ['host', 'https://shop.example.com.'],
    ['host', 'https://8.8.8.8.example.'],
    ['host', 'https://localhost'],
    ['host', 'https://LOCALHOST'],
    ['host', 'https://a.localhost'],
    ['host', 'https://printer.local'],
    ['host', 'https://metadata.google.internal/computeMetadata/v1/'],
    ['host', 'https://router.home.arpa'],
    ['host', 'https://redis'],
    ['host', 'https://-shop.example.com'],
    ['host', 'https://shop-.example.com'],
    ['host', 'https://shop..example.com'],
    ['host', `https://${'a'.repeat(64)}.example.com`],
    ['host', `https://${'a.'.repeat(130)}example.com`],
    ['host', "https://shop'example.com"],
    ['host', 'https://shop,evil.example.com'],
    ['host', 'https://*.example.com'],
  ])('cases 127 and 131: refuses for %s: %j', (reason, url) => {
    expect(reasonFor(url)).toBe(reason);
  });

  it.each([
    'https://127.0.0.1',
    'https://10.0.0.1',
    'https://169.254.169.254/latest/meta-data',
    'https://0.0.0.0',
    'https://[::1]',
    'https://[::]',
    'https://[fd00:ec2::254]',
    'https://[::ffff:7f00:1]',
    'https://[64:ff9b::7f00:1]',
    'https://[2002:7f00:1::]',
    'https://[2001:0:1::1]',
    'https://100.100.100.200',
    'https://192.0.0.192',
  ])('cases 123 and 129: refuses the address literal %s', (url) => {
    expect(reasonFor(url)).toBe('address');
    expect(reasonFor(new URL(url))).toBe('address');
  });

  // The parser turns all of these into an address of this machine or its neighbours; no shop is written like that.
  it.each([
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://017700000001',
    'https://127.1',
    'https://127.0.1',
    'https://0x7f.0.0x0.1',
    'https://127.0.0.1.',
    'https://127.0.0.01',
    'https://１２７.0.0.1',
    'https://１２７．０．０．１',
    'https://127。0。0。1',
    'https://①②⑦.0.0.1',
    'https://0',
    'https://0x',
    'https://[0:0:0:0:0:0:0:1]',
    'https://[::127.0.0.1]',
    'https://[::ffff:127.0.0.1]',
    'https://[::FFFF:7F00:0001]',
    'https://[64:ff9b::127.0.0.1]',
    'https://2852039166',
    'https://0xa9.0xfe.0xa9.0xfe',
    'https://0251.0376.0251.0376',
  ])('case 123: refuses the number in disguise %s, as written and as parsed', (url) => {
    expect(reasonFor(url)).toBe('malformed');
    expect(reasonFor(new URL(url))).toBe('address');
  });

  it.each(['https://134744072', 'https://8.8.2056', 'https://0x8.8.8.8', 'https://010.8.8.8', 'https://８.8.8.8'])(
    'case 123: refuses even a public address in disguise: %s',
    (url) => {
      expect(reasonFor(url)).toBe('malformed');
    },
  );

  it.each([
    'https://ｓhop.example.com',
    'https://shop．example.com',
    'https://ⓢhop.example.com',
    'https://shop.example。com',
  ])('case 123: refuses a name that only becomes plain by translation: %s', (url) => {
    expect(reasonFor(url)).toBe('malformed');
  });

  it('case 122: refuses every special-purpose block as a literal', () => {
    for (const [block] of SPECIAL_PURPOSE_IPV4) {
      expect(reasonFor(new URL(`https://${block.split('/')[0]}/`)), block).toBe('address');
    }
    for (const [block] of SPECIAL_PURPOSE_IPV6) {
      expect(reasonFor(new URL(`https://[${block.split('/')[0]}]/`)), block).toBe('address');
    }
  });

  it('case 138: says why in words that name nothing internal', () => {
    expect(rules('https://10.1.2.3/').refusal?.message).toBe('This host is not on the public internet.');
    expect(rules('https://10.1.2.3:6379/').refusal?.message).not.toContain('10.1.2.3');
  });

  it('accepts of 100,000 mangled addresses only such as can be dialled as they are', () => {
    const random = randomFrom(20_251_122);
    const pieces = [
      'https',
      'http',
      ':',
      '//',
      '/',
      '\\',
      '@',
      '#',
      '?',
      '.',
      '..',
      'shop.example.com',
      'evil.example.net',
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[',
      ']',
      ':443',
      ':80',
      '%2e',
      '%40',
      '\t',
      ' ',
      'xn--',
      'a',
      '1',
      '。',
      '١',
      'ß',
      '-',
    ];
    let accepted = 0;
    for (let round = 0; round < 100_000; round += 1) {
      const prefix = random() < 0.8 ? 'https://' : '';
      const text =
        prefix + Array.from({ length: 1 + random() * 5 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      if (rules(text).refusal !== undefined) continue;
      accepted += 1;
      const url = new URL(text);
      const host = hostOf(url);
      // What is judged is what is dialled: the same parser on its own output changes nothing any more.
      expect(new URL(`https://${url.host}/`).hostname, text).toBe(url.hostname);
      expect(isIP(host) === 0 ? /^[a-z0-9_.-]+\.[a-z][a-z0-9-]+$/.test(host) : isGloballyReachable(host), text).toBe(
        true,
      );
      expect([url.protocol, portOf(url), url.username, url.password], text).toEqual(['https:', 443, '', '']);
    }
    expect(accepted).toBeGreaterThan(100);
  }, 30_000);
});
