import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A block of addresses in CIDR notation, and what it is for. */
export type AddressBlock = readonly [block: string, purpose: string];

/**
 * IPv4 blocks that never hold a store. Source: IANA IPv4 Special-Purpose Address Registry as of 2025-10-09
 * (https://www.iana.org/assignments/iana-ipv4-special-registry/, RFC 6890 and RFC 8190), plus multicast (RFC 5771).
 *
 * Stricter than the registry on purpose: it calls a few blocks of shared services (AS112, AMT, the PCP and TURN anycast
 * addresses within 192.0.0.0/24) globally reachable, but whoever runs such a service nearby answers there, which may be
 * the machine next to ours and is never a shop.
 */
export const SPECIAL_PURPOSE_IPV4: readonly AddressBlock[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private use'],
  ['100.64.0.0/10', 'shared address space of carrier-grade NAT, holds 100.100.100.200 (cloud metadata)'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', 'cloud metadata outside the special blocks (Azure)'],
  ['169.254.0.0/16', 'link local, holds 169.254.169.254 (cloud metadata)'],
  ['172.16.0.0/12', 'private use'],
  ['192.0.0.0/24', 'IETF protocol assignments, holds 192.0.0.192 (cloud metadata)'],
  ['192.0.0.0/29', 'IPv4 service continuity'],
  ['192.0.0.8/32', 'IPv4 dummy address'],
  ['192.0.0.9/32', 'port control protocol anycast'],
  ['192.0.0.10/32', 'TURN anycast'],
  ['192.0.0.170/31', 'NAT64 and DNS64 discovery'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'automatic multicast tunneling'],
  ['192.88.99.0/24', 'deprecated 6to4 relay anycast'],
  ['192.88.99.2/32', '6a44 relay anycast'],
  ['192.168.0.0/16', 'private use'],
  ['192.175.48.0/24', 'AS112 direct delegation'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['255.255.255.255/32', 'limited broadcast'],
];

/**
 * IPv6 blocks that never hold a store. Source: IANA IPv6 Special-Purpose Address Registry as of 2025-10-09
 * (https://www.iana.org/assignments/iana-ipv6-special-registry/), plus what RFC 4291 and its successors set aside:
 * IPv4-compatible, site-local and multicast. 64:ff9b::/96 is not listed: the IPv4 address it carries decides.
 */
export const SPECIAL_PURPOSE_IPV6: readonly AddressBlock[] = [
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['::/96', 'deprecated IPv4-compatible'],
  ['::ffff:0:0/96', 'IPv4-mapped'],
  ['64:ff9b:1::/48', 'local-use IPv4 translation'],
  ['100::/64', 'discard only'],
  ['100:0:0:1::/64', 'dummy prefix'],
  ['2001::/23', 'IETF protocol assignments'],
  ['2001::/32', 'Teredo, carries an IPv4 address'],
  ['2001:1::1/128', 'port control protocol anycast'],
  ['2001:1::2/128', 'TURN anycast'],
  ['2001:1::3/128', 'service registration anycast'],
  ['2001:2::/48', 'benchmarking'],
  ['2001:3::/32', 'automatic multicast tunneling'],
  ['2001:4:112::/48', 'AS112'],
  ['2001:10::/28', 'deprecated ORCHID'],
  ['2001:20::/28', 'ORCHIDv2'],
  ['2001:30::/28', 'drone remote identification'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4, carries an IPv4 address'],
  ['2620:4f:8000::/48', 'AS112 direct delegation'],
  ['3fff::/20', 'documentation'],
  ['5f00::/16', 'segment routing'],
  ['fc00::/7', 'unique local, holds fd00:ec2::254 (cloud metadata)'],
  ['fe80::/10', 'link local'],
  ['fec0::/10', 'deprecated site local'],
  ['ff00::/8', 'multicast'],
];

// One list per family: a BlockList holds IPv4 addresses against IPv6 rules too, so `::/96` would refuse every IPv4.
const SPECIAL_4 = listOf(SPECIAL_PURPOSE_IPV4, 'ipv4');
const SPECIAL_6 = listOf(SPECIAL_PURPOSE_IPV6, 'ipv6');
const NAT64 = listOf([['64:ff9b::/96', 'IPv4 translation, RFC 6052']], 'ipv6');
// RFC 4291 section 2.4 leaves more room, but IANA hands out addresses of this block only (ipv6-address-space registry).
const GLOBAL_UNICAST_6 = listOf([['2000::/3', 'global unicast']], 'ipv6');

/**
 * Whether an address may be dialled for a host that somebody else named: a unicast address of the public internet in
 * none of the special-purpose blocks. Everything else is `false`: what does not parse, other spellings of IPv4 (decimal,
 * octal, short), zone ids, and IPv6 forms that carry an IPv4 address, except 64:ff9b::/96 with a public one (RFC 6052:
 * what DNS64 answers on an IPv6-only network).
 *
 * @param address as a resolver or `socket.remoteAddress` gives it, without brackets
 */
export function isGloballyReachable(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  if (NAT64.check(address, 'ipv6')) return !SPECIAL_4.check(embeddedIPv4(address), 'ipv4');
  return GLOBAL_UNICAST_6.check(address, 'ipv6') && !SPECIAL_6.check(address, 'ipv6');
}

function listOf(blocks: readonly AddressBlock[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [block] of blocks) {
    const [network = '', prefix] = block.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

function embeddedIPv4(address: string): string {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [low = 0, high = 0] = canonical
    .split(':')
    .reverse()
    .map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
