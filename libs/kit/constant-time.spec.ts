import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { equalBytesInConstantTime, equalInConstantTime } from './signing.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LENGTH = 1_000_000;
const ROUNDS = 200;

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;

/** How much longer it takes when the last byte is wrong than when the first is; taken in turn, so that a busy machine hits both. */
function lastToFirst<T>(compare: (given: T, expected: T) => boolean, of: (text: string) => T): number {
  const expected = of('a'.repeat(LENGTH));
  const wrong = [of(`b${'a'.repeat(LENGTH - 1)}`), of(`${'a'.repeat(LENGTH - 1)}b`)] as const;
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const which of [0, 1] as const) {
      const startedAt = performance.now();
      const equal = compare(wrong[which], expected);
      times[which].push(performance.now() - startedAt);
      if (equal) throw new Error('they differ');
    }
  }
  return median(times[1]) / median(times[0]);
}

/** What else runs on the machine spoils a measurement; what stops early stays far from one in all of them. */
function nearestToOne(measure: () => number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && Math.abs(Math.log(nearest)) > Math.log(1.2); tries += 1) {
    const ratio = measure();
    if (Math.abs(Math.log(ratio)) < Math.abs(Math.log(nearest))) nearest = ratio;
  }
  return nearest;
}

describe('comparing what must stay secret', () => {
  // So long that one byte's place would show in any comparison that stops at it, on any machine.
  it('case 105: takes as long for a wrong first byte as for a wrong last one', { timeout: 60_000 }, () => {
    const ofBytes = nearestToOne(() => lastToFirst(equalBytesInConstantTime, (text) => Buffer.from(text)));
    const ofTexts = nearestToOne(() => lastToFirst(equalInConstantTime, (text) => text));
    for (const ratio of [ofBytes, ofTexts]) {
      expect(ratio).toBeLessThan(1.5);
      expect(ratio).toBeGreaterThan(1 / 1.5);
    }
    // The measure itself: it sees what stops early.
    const early = (a: Buffer, b: Buffer): boolean => a.equals(b);
    expect(nearestToOne(() => lastToFirst(early, (text) => Buffer.from(text)))).toBeGreaterThan(3);
  });

  it('case 105: goes through this one helper wherever the product does it', () => {
    const compares = /(signature|hmac|digest|\bmac|secret|apiKey)\w*(\(.*\))? ?(===|!==) (?!undefined|null|'')/i;
    // Keys and operators' tokens are looked up by their SHA-256, which nobody can approach byte by byte.
    const own = ['libs/kit/signing.ts', 'libs/vault/canary.ts'];
    for (const file of sourcesOfProduct()) {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const found = text.split('\n').filter((line) => compares.test(line));
      expect([file, found]).toEqual([file, []]);
      if (!own.includes(file)) expect([file, text.includes('timingSafeEqual')]).toEqual([file, false]);
    }
  });
});

function sourcesOfProduct(): readonly string[] {
  const files = ['libs', 'apps'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  return files.filter((file) => /\.ts$/.test(file) && !/spec\.ts$|^apps\/sandbox\/|\/generated\/|testing\//.test(file));
}
