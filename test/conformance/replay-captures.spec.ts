import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectors } from '#connectors';
import type { Connector } from '#contract';
import { type Exchange, readExchanges, replayExchange, type ReplayResult } from '#replay';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { spoil } from './spoil.js';

// Recordings of genuine shops are kept beside the repository, not in it; the connectors' own are always there.
const CAPTURES = new URL('../../../shared/captures/', import.meta.url);
const MOST_OF_ONE = 40;
const MOST_OF_ALL = 6000;

interface Recordings {
  readonly connector: Connector;
  readonly where: string;
  readonly folder: string;
}

const places: readonly Recordings[] = connectors.flatMap((connector: Connector) => [
  {
    connector,
    where: 'its fixtures',
    folder: fileURLToPath(new URL(`../../libs/connectors/${connector.id}/__fixtures__/`, import.meta.url)),
  },
  { connector, where: 'recordings of genuine shops', folder: fileURLToPath(new URL(connector.id, CAPTURES)) },
]);

for (const { connector, where, folder } of places) {
  const isThere = existsSync(folder);
  const name = `${connector.id}, ${where}${isThere ? '' : ' (not here: nothing was replayed)'}`;
  describe.skipIf(!isThere)(name, { timeout: 60_000 }, () => {
    it('are all replayed: none is lost, none is a fault of ours', async () => {
      const all = await exchangesIn(folder);
      expect(all.length).toBeGreaterThan(0);
      const told = await Promise.all(
        all.map(async ({ file, exchange }) => ({ file, ...(await replay(connector, exchange, all)) })),
      );
      expect(told.filter(isFault)).toEqual([]);
      // A refusal always has a code, also where no operation of ours would have asked so.
      const refused = all.filter(({ exchange }) => exchange.answer.status >= 400 && !exchange.fromPlatform);
      const unjudged = refused.filter(({ file }) => told.find((one) => one.file === file)?.outcome === 'noOperation');
      expect(unjudged.map(({ file }) => file)).toEqual([]);
      console.info(`${name}: ${summaryOf(told)}`);
    });

    it('may be spoiled in any field: mapped, quarantined or refused with a code of the table', async () => {
      const all = await exchangesIn(folder);
      let tried = 0;
      const faults: string[] = [];
      for (const { file, exchange } of all.filter((one) => connector.recognize(one.exchange.request) !== undefined)) {
        const body = parsed(exchange.answer.text);
        if (body === undefined) continue;
        for (const { what, value } of spoil(body, MOST_OF_ONE)) {
          tried += 1;
          const answer = { ...exchange.answer, text: JSON.stringify(value) };
          const result = await replay(connector, { ...exchange, answer }, []);
          if (isFault(result)) faults.push(`${file}: ${what}: ${result.outcome === 'error' ? result.message : ''}`);
        }
      }
      expect(faults).toEqual([]);
      expect(tried).toBeGreaterThan(100);
      expect(tried).toBeLessThan(MOST_OF_ALL);
    });
  });
}

interface Found {
  readonly file: string;
  readonly exchange: Exchange;
}

async function exchangesIn(folder: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && isExchange(folder, name))) {
    const [read] = await readExchanges(`${folder}/${file}`);
    if (read === undefined || 'unreadable' in read) throw new Error(`${file}: ${read?.unreadable ?? 'nothing'}`);
    found.push(...read.exchanges.map((exchange, index) => ({ file: `${file}#${index + 1}`, exchange })));
  }
  return found;
}

// Deliveries and signed addresses are no exchanges, and a write that was refused before anything was sent has none.
const recording = z.union([
  z.array(z.unknown()),
  z.looseObject({ request: z.unknown() }),
  z.looseObject({ calls: z.array(z.unknown()).min(1) }),
]);

function isExchange(folder: string, file: string): boolean {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  return recording.safeParse(JSON.parse(text)).success;
}

async function replay(connector: Connector, exchange: Exchange, all: readonly Found[]): Promise<ReplayResult> {
  return await replayExchange(
    connector,
    exchange,
    all.map((one) => one.exchange),
  );
}

function isFault(result: ReplayResult): boolean {
  return result.outcome === 'error' && result.code === 'internal';
}

function summaryOf(told: readonly ReplayResult[]): string {
  const count = (outcome: ReplayResult['outcome']): number => told.filter((one) => one.outcome === outcome).length;
  return `${told.length} replayed, ${count('read')} read, ${count('error')} refused, ${count('noOperation')} without an operation`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
