import { BlockList, isIP } from 'node:net';

const MOST_BITS = { ipv4: 32, ipv6: 128 } as const;

/**
 * A list of addresses and networks, such as `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32`.
 * @throws RangeError naming what is none
 */
export function addressList(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const bits = Number(prefix ?? MOST_BITS[family]);
    if (isIP(address) === 0 || bits > MOST_BITS[family])
      throw new RangeError(`"${text}" is no address or network such as 203.0.113.0/24`);
    list.addSubnet(address, bits, family);
  }
  return list;
}
