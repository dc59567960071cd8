import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { createEgress } from './egress.js';
import { recorder } from './testing/recorder.js';

const PUBLIC = '93.184.215.14';
const egressTo = (addresses: readonly string[], more: Partial<Parameters<typeof createEgress>[0]> = {}) => {
  const { dial, asked } = recorder();
  const egress = createEgress({ allow: [], resolve: () => Promise.resolve(addresses), connect: dial, ...more });
  return { egress, asked };
};

/** Opens a connection past everything above the agents. */
function dialled({ httpsAgent }: ReturnType<typeof createEgress>, host = 'shop.example.com'): Promise<Error> {
  return new Promise((resolve, reject) => {
    const socket = httpsAgent.createConnection({ host, port: 443 }, (error) => resolve(error ?? new Error('no error')));
    socket?.once('error', resolve).once('connect', () => reject(new Error('connected')));
  });
}

describe('a name', () => {
  it('case 125: rebound between look-ups is dialled at the checked address in 10,000 tries', async () => {
    let lookups = 0;
    const resolve = () => Promise.resolve([lookups++ % 2 === 0 ? PUBLIC : '127.0.0.1']);
    const { egress, asked } = egressTo([], { resolve, ownAddresses: () => [] });
    for (let round = 0; round < 10_000; round += 1) await dialled(egress);
    // One look-up for each connection, and every second one refused.
    expect([lookups, asked.length]).toEqual([10_000, 5_000]);
    expect(new Set(asked)).toEqual(new Set([`${PUBLIC} 443`]));
  }, 60_000);

  it('case 125: is looked up once even by a dialler that asks several times', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    const seen: (string | readonly LookupAddress[])[] = [];
    const { egress } = egressTo([], {
      resolve: () => Promise.resolve(answers.shift() ?? []),
      connect: (target) => {
        const socket = recorder().dial({ ...target, host: '8.8.8.8' });
        const again = () =>
          target.lookup(target.host, { all: true }, (error, found) => seen.push(error?.name ?? found));
        target.lookup(target.host, { all: true }, (error, found) => {
          seen.push(error?.name ?? found);
          again();
        });
        return socket;
      },
    });
    await dialled(egress);
    await new Promise(setImmediate);
    expect(seen).toEqual([[{ address: PUBLIC, family: 4 }], 'EgressError']);
  });

  it.each([
    ['the last of a chain of names is inner', { 'shop.example.com': 'cdn.example.net', 'cdn.example.net': '10.0.0.7' }],
    ['a chain ends at this machine', { 'shop.example.com': 'a.example.net', 'a.example.net': '::1' }],
  ])('case 124: is refused when %s', async (_what, zone: Readonly<Record<string, string>>) => {
    const follow = (name: string): string => (zone[name] === undefined ? name : follow(zone[name]));
    const { egress, asked } = egressTo([], { resolve: (name) => Promise.resolve([PUBLIC, follow(name)]) });
    expect(await dialled(egress)).toMatchObject({ name: 'EgressError', reason: 'unresolvable' });
    expect(asked).toEqual([]);
  });

  it('case 130: that leads to an address of this very machine is refused, public or not', async () => {
    const ownAddresses = () => ['203.0.114.9', '2606:4700:0:0::9'];
    for (const address of ['203.0.114.9', '2606:4700::9']) {
      const { egress, asked } = egressTo([address], { ownAddresses });
      expect(await dialled(egress)).toMatchObject({ name: 'EgressError', reason: 'unresolvable' });
      expect(asked).toEqual([]);
    }
    const neighbour = egressTo(['203.0.114.10'], { ownAddresses });
    await dialled(neighbour.egress);
    expect(neighbour.asked).toEqual(['203.0.114.10 443']);
  });

  it('case 130: of this machine and the ports beside it is refused as a literal', () => {
    const { egress } = egressTo([]);
    for (const port of [443, 3000, 5432, 6379, 9090]) {
      for (const host of ['127.0.0.1', '[::1]', 'localhost', '10.0.0.5', 'postgres', 'redis']) {
        expect(egress.checkUrl(`https://${host}:${port}/`), `${host}:${port}`).toBeDefined();
      }
    }
  });

  it('case 129: of cloud metadata, or any other inner host, raises an alarm that names it', async () => {
    const alarms: string[] = [];
    const { egress } = egressTo(['169.254.169.254'], { onInnerHost: (host) => alarms.push(host) });
    const literals = [
      '169.254.169.254',
      '[fd00:ec2::254]',
      '100.100.100.200',
      '192.0.0.192',
      'metadata.google.internal',
    ];
    for (const host of literals) expect(egress.checkUrl(`https://${host}/latest/meta-data`)).toBeDefined();
    expect(await dialled(egress, 'looks.example.com')).toMatchObject({ reason: 'unresolvable' });
    expect(alarms).toEqual([...literals, 'looks.example.com']);
    expect(egress.checkUrl('https://shop.example.com:22/')).toBeDefined();
    expect(egress.checkUrl('not an address')).toBeDefined();
    expect(alarms).toHaveLength(literals.length + 1);
  });
});
