import { z } from 'zod';

/** A line as pino writes it: https://getpino.io/#/docs/api?id=levels */
const LogLine = z.object({
  level: z.number(),
  msg: z.string().optional(),
  err: z.object({ message: z.string().optional() }).optional(),
});

const WARN = 40;
const NAMES: readonly (readonly [number, string])[] = [
  [60, 'FATAL'],
  [50, 'ERROR'],
  [WARN, 'WARN '],
];
const LONGEST = 400;

/**
 * @param line of a program's log
 * @returns a short text for people; undefined for what they need not see at once: anything below a warning
 */
export function readableLine(line: string): string | undefined {
  const level = Number(/"level":(\d+)/.exec(line)?.[1] ?? 0);
  if (level < WARN) return undefined;
  const parsed = LogLine.safeParse(parseJson(line)).data;
  if (parsed === undefined) return undefined;
  const name = NAMES.find(([from]) => level >= from)?.[1] ?? '';
  const words = [parsed.msg, parsed.err?.message].filter(
    (text, index, all) => text !== undefined && all.indexOf(text) === index,
  );
  return `${name} ${printable(words.join(': '))}`;
}

/** What a platform or a caller put into a message must not command the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, LONGEST);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
