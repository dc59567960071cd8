import { existsSync, readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createEgressRules } from './egress-rules.js';
import { isGloballyReachable } from './special-purpose-addresses.js';
import { samples } from './testing/block-samples.js';

// The registry as a table of its own: `block,name,globally_reachable`. What the product holds was written from IANA's pages.
const REGISTRY = new URL('../../../../shared/specs/iana-special-purpose.csv', import.meta.url);
const isHere = existsSync(REGISTRY);
if (!isHere) console.warn(`case 122 is not compared with the whole registry: ${REGISTRY.pathname} is not here`);

// Blocks that IANA calls globally reachable and that are refused nevertheless: services that may answer next door.
const STRICTER = [
  ...['192.0.0.9/32', '192.0.0.10/32', '192.31.196.0/24', '192.52.193.0/24', '192.175.48.0/24'],
  ...['2001:1::1/128', '2001:1::2/128', '2001:3::/32', '2001:4:112::/48', '2001:20::/28', '2001:30::/28'],
  '2620:4f:8000::/48',
];

const rules = createEgressRules({ allow: [] });
const literal = (address: string) => new URL(`https://${isIPv4(address) ? address : `[${address}]`}/`);

describe.skipIf(!isHere)('the registry of special-purpose addresses', () => {
  const rows = isHere
    ? readFileSync(REGISTRY, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',') as [string, string, string])
    : [];
  // Its own rule: the IPv4 address that is embedded decides, and those of the ends are special themselves.
  const blocks = rows.filter(([block]) => block !== '64:ff9b::/96');

  it('case 122: is read', () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(([, , reachable]) => !['true', 'false', 'embedded'].includes(reachable))).toEqual([]);
  });

  it.each(blocks)('case 122: first, middle and last address of %s (%s) are refused', (block) => {
    for (const address of samples(block)) {
      expect(isGloballyReachable(address), address).toBe(false);
      expect(rules(literal(address)).refusal?.reason, address).toBe('address');
    }
  });

  it('case 122: is departed from towards the stricter side only, and where that is known', () => {
    const reachable = blocks.filter(([, , said]) => said === 'true').map(([block]) => block);
    expect(reachable.filter((block) => !STRICTER.includes(block))).toEqual([]);
  });

  it('case 122: decides about a translated address by the IPv4 address it carries', () => {
    for (const [block] of blocks.filter(([one]) => isIPv4(one.split('/')[0] ?? ''))) {
      for (const address of samples(block)) expect(isGloballyReachable(`64:ff9b::${address}`), address).toBe(false);
    }
    expect(isGloballyReachable('64:ff9b::8.8.8.8')).toBe(true);
  });
});
