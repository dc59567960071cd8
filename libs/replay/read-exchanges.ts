import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Exchange, readExchange } from './exchange.js';

/** What one file held: exchanges, or a sentence why it could not be read. */
export type ExchangeFile =
  | { readonly name: string; readonly exchanges: readonly Exchange[] }
  | { readonly name: string; readonly unreadable: string };

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_FILES = 5000;
const NAMES = /\.(json|jsonl|ndjson)$/i;

/**
 * Reads recorded exchanges: one file, or every `.json`, `.jsonl` and `.ndjson` of a folder (its sub-folders are left
 * alone), by name. A file may hold one exchange, an array of them, one per
 * line, or a write with its `calls`. Never throws for what a file holds.
 */
export async function readExchanges(path: string): Promise<readonly ExchangeFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [{ name: path, unreadable: 'there is no such file or folder' }];
  if (!found.isDirectory()) return [await readOne(path)];
  const names = (await readdir(path)).filter((name) => NAMES.test(name)).sort();
  if (names.length === 0) return [{ name: path, unreadable: 'the folder has no .json, .jsonl or .ndjson file' }];
  if (names.length > MAX_FILES) return [{ name: path, unreadable: `the folder has more than ${MAX_FILES} files` }];
  const files: ExchangeFile[] = [];
  for (const name of names) files.push(await readOne(join(path, name)));
  return files;
}

async function readOne(path: string): Promise<ExchangeFile> {
  const name = basename(path);
  try {
    const found = await stat(path);
    // A pipe or a device would never end.
    if (!found.isFile()) return { name, unreadable: 'not a file' };
    if (found.size > MAX_BYTES) return { name, unreadable: `larger than ${MAX_BYTES / 1024 / 1024} MiB` };
    const exchanges = parseExchanges(await readFile(path, 'utf8'));
    return typeof exchanges === 'string' ? { name, unreadable: exchanges } : { name, exchanges };
  } catch (error) {
    return {
      name,
      unreadable:
        error instanceof Error && 'code' in error ? `cannot be read (${String(error.code)})` : 'cannot be read',
    };
  }
}

/** The exchanges in a text; a sentence when it holds anything else. */
export function parseExchanges(text: string): readonly Exchange[] | string {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (plain === '') return 'the file is empty';
  const whole = parseJson(plain);
  if (whole !== undefined) return readAll([whole.value].flat());
  const lines = plain.split(/\r?\n/).filter((line) => line.trim() !== '');
  const values: unknown[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = parseJson(line);
    if (parsed === undefined) return lines.length === 1 || index === 0 ? 'not JSON' : `line ${index + 1} is not JSON`;
    values.push(parsed.value);
  }
  return readAll(values);
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** A recorded write holds every call it made. */
function callsOf(value: unknown): readonly unknown[] {
  const calls: unknown = typeof value === 'object' && value !== null && 'calls' in value ? value.calls : undefined;
  return Array.isArray(calls) ? calls : [value];
}

function readAll(values: readonly unknown[]): readonly Exchange[] | string {
  const exchanges: Exchange[] = [];
  const all = values.flatMap(callsOf);
  for (const [index, value] of all.entries()) {
    const exchange = readExchange(value);
    if (typeof exchange === 'string') return all.length === 1 ? exchange : `item ${index + 1} is ${exchange}`;
    exchanges.push(exchange);
  }
  return exchanges.length === 0 ? 'there is no exchange in it' : exchanges;
}
