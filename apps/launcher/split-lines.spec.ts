import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { splitLines } from './split-lines.js';

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const [stream, lines] = [new PassThrough(), new Array<string>()];
  splitLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve) => stream.once('end', resolve));
  return lines;
}

it('puts lines together however they arrive', async () => {
  const euro = Buffer.from('5 €\n');
  expect(await linesOf(['one\ntw', 'o\n', euro.subarray(0, 3), euro.subarray(3), 'last'])).toEqual([
    'one',
    'two',
    '5 €',
    'last',
  ]);
});

it('cuts a line that does not end', async () => {
  const lines = await linesOf(Array.from({ length: 40 }, () => 'x'.repeat(10_000)));
  expect(lines.length).toBeGreaterThan(1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(65_536);
});
