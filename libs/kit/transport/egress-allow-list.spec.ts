import { describe, expect, it } from 'vitest';
import { createEgressRules } from './egress-rules.js';

describe('the list of the operator', () => {
  const listing = createEgressRules({
    allow: ['localhost:8080', '127.0.0.1:9000', '[::1]:9001', 'Shop.Example.com:8443'],
  });

  it.each([
    'http://localhost:8080/x',
    'https://localhost:8080',
    'http://127.0.0.1:9000',
    'http://[::1]:9001',
    'https://shop.example.com:8443',
    'http://shop.example.com:8443',
  ])('opens %s', (url) => {
    expect(listing(url)).toEqual({ host: 'listed' });
  });

  it.each([
    'http://127.0.0.1:8080',
    'http://127.0.0.1:8081',
    'http://localhost:8081',
    'http://localhost',
    'https://localhost',
    'http://localhost:80',
    'http://a.localhost:8080',
    'http://localhost.:8080',
    'http://localhost.evil.example:8080',
    'http://xlocalhost:8080',
    'http://[::1]:8080',
    'http://[::1]:9000',
    'http://127.0.0.2:9000',
    'http://127.0.0.1:90000',
    'http://127.1:9000',
    'http://2130706433:9000',
    'http://[::ffff:127.0.0.1]:9000',
    'https://shop.example.com:8444',
    'http://shop.example.com',
    'https://www.shop.example.com:8443',
    'https://example.com:8443',
    'ftp://localhost:8080',
    'http://user@localhost:8080',
    'http://localhost:8080@evil.example',
    'http://localhost\\:8080',
    'http://[0::1]:9001',
  ])('case 131: does not open %s', (url) => {
    expect(listing(url).refusal).toBeDefined();
  });

  it('trusts a listed host no further than its entry', () => {
    expect(listing('https://shop.example.com')).toEqual({ host: 'public' });
  });

  it.each([
    '',
    'localhost',
    'localhost:',
    ':8080',
    'localhost:0',
    'localhost:65536',
    'localhost:8080x',
    'localhost:-1',
    'http://localhost:8080',
    'localhost:8080/',
    '*:8080',
    '*.example.com:443',
    '10.0.0.0/8:443',
    '::1:8080',
    '[::1]',
    '127.1:80',
    'user@localhost:80',
    'local host:80',
    '[fe80::1%eth0]:80',
    'localhost.:80',
    '[0::1]:80',
    'localhost:8080,redis:6379',
  ])('does not take %j for an entry', (entry) => {
    expect(() => createEgressRules({ allow: [entry] })).toThrow(RangeError);
  });

  it('case 130: never opens a host that is to be refused', () => {
    const guarded = createEgressRules({ allow: ['gateway.example.com:8443'], refuse: ['Gateway.example.com'] });
    expect(guarded('https://gateway.example.com/').refusal?.reason).toBe('host');
    expect(guarded('https://GATEWAY.example.com/').refusal?.reason).toBe('host');
    expect(guarded('https://gateway.example.com./').refusal?.reason).toBe('host');
    expect(guarded('https://gateway.example.com:8443/').refusal?.reason).toBe('host');
    expect(guarded('https://shop.example.com/').refusal?.reason).toBeUndefined();
  });
});
