import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Connector, GatewayError, type HttpCall, type JsonValue } from '#contract';
import { readAnswer } from '#kit';
import { type Exchange, readExchange, type ReplayResult } from '#replay';
import { z } from 'zod';

/** A recording by its file's name. */
export interface Recording {
  readonly name: string;
  readonly exchange: Exchange;
}

/** What was recorded from a genuine shop; kept beside the repository, not in it, and empty where it is not there. */
export interface Recordings {
  readonly names: readonly string[];
  readonly recordings: readonly Recording[];
  readonly exchanges: readonly Exchange[];
  /** The whole file of one. */
  readonly load: (name: string) => JsonValue;
}

export function readRecordings(platform: string): Recordings {
  const folder = new URL(`../../../shared/captures/${platform}/`, import.meta.url);
  const names = existsSync(fileURLToPath(folder))
    ? readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.replace('.json', '')] : []))
    : [];
  const load = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as JsonValue;
  const recordings = names.flatMap((name) => {
    const exchange = readExchange(load(name));
    return typeof exchange === 'string' ? [] : [{ name, exchange }];
  });
  return { names, recordings, exchanges: recordings.map(({ exchange }) => exchange), load };
}

/** Every object anywhere in a value that looks like one of a kind. */
export function objectsIn(value: unknown, isMeant: (candidate: object) => boolean): readonly JsonValue[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap((part) => objectsIn(part, isMeant));
  // It came out of a JSON document.
  return isMeant(value) ? [value as JsonValue, ...inside] : inside;
}

/** What a recording comes to: the number of records, with `+` those quarantined, or an error; undefined for no operation. */
export function toldOf(result: ReplayResult): string | undefined {
  switch (result.outcome) {
    case 'noOperation':
      return undefined;
    case 'error':
      return result.code;
    case 'read':
      return [result.records.length, ...(result.quarantined.length > 0 ? [result.quarantined.length] : [])].join('+');
  }
}

/** The code of the refusal that an answer is, whatever was asked; undefined for none. */
export function refusalIn(connector: Connector, { exchange }: Recording): string | undefined {
  const call: HttpCall<unknown> = { path: 'any', effect: 'read', expect: z.unknown() };
  try {
    readAnswer(connector, call, exchange.answer);
    return undefined;
  } catch (error) {
    return GatewayError.is(error) ? error.code : 'internal';
  }
}
