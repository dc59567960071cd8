import type { Readable } from 'node:stream';

const LONGEST_LINE = 65_536;

/** Calls back for each line of a stream; one that never ends is cut, because it must not fill the memory. */
export function splitLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) {
      lines.push(rest);
      rest = '';
    }
    for (const line of lines) onLine(line.slice(0, LONGEST_LINE));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
