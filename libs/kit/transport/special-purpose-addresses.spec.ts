import { SocketAddress } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isGloballyReachable, SPECIAL_PURPOSE_IPV4, SPECIAL_PURPOSE_IPV6 } from './special-purpose-addresses.js';
import { samples } from './testing/block-samples.js';

const BLOCKS = [...SPECIAL_PURPOSE_IPV4, ...SPECIAL_PURPOSE_IPV6];

describe('isGloballyReachable', () => {
  it.each(BLOCKS)('case 122: refuses the first, middle and last address of %s (%s)', (block) => {
    for (const address of samples(block)) expect(isGloballyReachable(address), address).toBe(false);
  });

  it.each([
    ['AWS, Azure, Google', '169.254.169.254'],
    ['AWS over IPv6', 'fd00:ec2::254'],
    ['Alibaba', '100.100.100.200'],
    ['Oracle', '192.0.0.192'],
    ['Azure wire server', '168.63.129.16'],
  ])('case 129: refuses the metadata address of %s', (_cloud, address) => {
    expect(isGloballyReachable(address)).toBe(false);
  });

  it.each([
    ['mapped private', '::ffff:10.0.0.1'],
    ['mapped public', '::ffff:8.8.8.8'],
    ['mapped in hexadecimal', '::ffff:7f00:1'],
    ['translated (SIIT)', '::ffff:0:808:808'],
    ['compatible public', '::8.8.8.8'],
    ['NAT64 of loopback', '64:ff9b::7f00:1'],
    ['NAT64 of loopback, dotted', '64:ff9b::127.0.0.1'],
    ['NAT64 of this network', '64:ff9b::'],
    ['NAT64 of private, written out', '64:ff9b:0:0:0:0:c0a8:0001'],
    ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
    ['NAT64 of reserved', '64:ff9b::ffff:ffff'],
    ['NAT64 local use with public', '64:ff9b:1::808:808'],
    ['6to4 of private', '2002:c0a8:101::1'],
    ['6to4 of public', '2002:808:808::1'],
    ['Teredo', '2001:0:808:808::1'],
    ['zone id on link local', 'fe80::1%eth0'],
    ['zone id on public', '2606:4700::1111%eth0'],
    ['outside global unicast, unallocated', '4000::1'],
    ['outside global unicast, unallocated', '8000::1'],
    ['outside global unicast, unallocated', '200::1'],
  ])('case 123: refuses %s: %s', (_form, address) => {
    expect(isGloballyReachable(address)).toBe(false);
  });

  it.each([
    '',
    ' ',
    '8.8.8',
    '8.8.8.8.8',
    '8.8.8.256',
    '08.8.8.8',
    '0x8.8.8.8',
    '134744072',
    '8.8.2056',
    ' 8.8.8.8',
    '8.8.8.8 ',
    '8.8.8.8\n',
    '８.8.8.8',
    '[2606:4700::1111]',
    '2606:4700::1111::',
    '2606:4700:::1111',
    '2606:4700::11111',
    '2606:4700::1111/128',
    '8.8.8.8:443',
    'localhost',
    'one.one.one.one',
    '::ffff:8.8.8.256',
    '\u0000',
    '8.8.8.8\u0000',
  ])('case 123: refuses what is no address: %j', (text) => {
    expect(isGloballyReachable(text)).toBe(false);
  });

  it.each([
    '1.0.0.0',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '168.63.129.15',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.0.3.0',
    '192.88.98.255',
    '192.88.100.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '198.51.101.0',
    '203.0.112.255',
    '203.0.114.0',
    '223.255.255.255',
    '2000::',
    '2001:200::',
    '2001:db7:ffff::',
    '2001:db9::',
    '2003::',
    '2606:4700::1111',
    '2606:4700:0:0::1111',
    '2620:4f:7fff::',
    '2620:4f:8001::',
    '3ffe:ffff::',
    '3fff:1000::',
    '64:ff9b::8.8.8.8',
    '64:ff9b::808:808',
  ])('accepts the public address %s', (address) => {
    expect(isGloballyReachable(address)).toBe(true);
  });

  it('judges an address the same however it is spelt', () => {
    for (const [block] of SPECIAL_PURPOSE_IPV6) {
      for (const address of samples(block)) {
        const { address: short } = new SocketAddress({ address, family: 'ipv6' });
        expect(isGloballyReachable(short), short).toBe(false);
        expect(isGloballyReachable(address.toUpperCase()), address).toBe(false);
      }
    }
  });
});
