import { z } from 'zod';
import type { ConnectedStore } from './http.js';
import type { JsonValue } from './json.js';

/** One intention to write, however often it is tried. */
export interface WriteAttempt {
  /** A UUID, the same each time this write is tried again; for platforms that take an idempotency key. */
  readonly key: string;
  /** Short, readable, the same each time too: what a platform is asked to keep with the record, so that it can be found. */
  readonly reference: string;
}

/** Why a write may be tried again after an unknown outcome, or why it may not. */
export type RepeatSafety<Input, Output> =
  /** The platform takes an idempotency key: the attempt's `key` goes along. */
  | { readonly kind: 'native'; readonly why: string }
  /** It sets a state rather than adding to one: done twice is done once. */
  | { readonly kind: 'sameEffect'; readonly why: string }
  /** The attempt's `reference` is kept with the record, and can be looked for before anything is sent again. */
  | {
      readonly kind: 'clientReference';
      readonly why: string;
      /** What an earlier try has left; undefined when nothing arrived. Must not lag behind the write. */
      find(store: ConnectedStore, input: Input, attempt: WriteAttempt): Promise<Output | undefined>;
    }
  /** Nobody can tell whether an earlier try arrived: never sent again by itself. */
  | { readonly kind: 'undecidable'; readonly why: string };

/** What becomes of a field that is not written as it was sent. */
export interface Loss {
  readonly fate: 'ignored' | 'changed';
  /** A sentence for the caller. */
  readonly why: string;
  /** Only for these values of the field; absent: whatever it holds. */
  readonly values?: readonly string[];
}

/**
 * Every field of an input that a platform does not take as it is, by its path: `tags`, `lineItems[].name`. A path covers
 * what lies below it. All others are written; the round-trip suite proves it.
 */
export type Losses = Readonly<Record<string, Loss>>;

export interface WriteOperation<Input, Output> {
  readonly repeat: RepeatSafety<Input, Output>;
  readonly losses: Losses;
  /**
   * Writes. One call at the platform where that is possible; where it takes several, the order must leave nothing half
   * done that cannot be told: what failed after a first success is said in the error.
   */
  run(store: ConnectedStore, input: Input, attempt: WriteAttempt): Promise<Output>;
}

/** What a write would do, or did, with each field that was sent. */
export interface WritePlan {
  readonly written: readonly string[];
  readonly ignored: readonly { readonly path: string; readonly why: string }[];
  readonly changed: readonly { readonly path: string; readonly why: string }[];
}

/** Tells for every field of an input what the declared losses say of it. Pure. */
export function planWrite(input: unknown, losses: Losses): WritePlan {
  const written = new Set<string>();
  const lost = { ignored: new Map<string, string>(), changed: new Map<string, string>() };
  for (const { path, value } of leavesOf(input, '')) {
    const found = lossOf(losses, path, value);
    if (found === undefined) written.add(path);
    else lost[found.loss.fate].set(found.path, found.loss.why);
  }
  const listed = (map: ReadonlyMap<string, string>) => [...map].map(([path, why]) => ({ path, why }));
  return { written: [...written], ignored: listed(lost.ignored), changed: listed(lost.changed) };
}

function* leavesOf(value: unknown, path: string): Generator<{ readonly path: string; readonly value: unknown }> {
  if (value === undefined) return;
  if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null)) {
    for (const item of value) yield* leavesOf(item, `${path}[]`);
  } else if (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !isMoney(value)
  ) {
    for (const [name, part] of Object.entries(value)) yield* leavesOf(part, path === '' ? name : `${path}.${name}`);
  } else yield { path, value };
}

// An amount with its currency is one field.
function isMoney(value: object): boolean {
  return 'amount' in value && 'currency' in value && Object.keys(value).length === 2;
}

function lossOf(
  losses: Losses,
  path: string,
  value: unknown,
): { readonly path: string; readonly loss: Loss } | undefined {
  for (let at = path; at !== ''; at = parentOf(at)) {
    const loss = Object.hasOwn(losses, at) ? losses[at] : undefined;
    if (loss !== undefined && (loss.values === undefined || loss.values.includes(String(value))))
      return { path: at, loss };
  }
  return undefined;
}

function parentOf(path: string): string {
  return path.endsWith('[]') ? path.slice(0, -2) : path.slice(0, Math.max(path.lastIndexOf('.'), 0));
}

/** All paths an input may have, so that a declared loss can be held against it. */
export function inputPaths(schema: z.ZodType): ReadonlySet<string> {
  const paths = new Set<string>();
  collect(schema, '', paths);
  return paths;
}

function collect(schema: unknown, path: string, paths: Set<string>): void {
  if (path !== '') paths.add(path);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) collect(schema.unwrap(), path, paths);
  else if (schema instanceof z.ZodArray)
    collect(schema.element, schema.element instanceof z.ZodObject ? `${path}[]` : path, paths);
  else if (schema instanceof z.ZodObject && !isMoneySchema(schema)) {
    const shape: Readonly<Record<string, unknown>> = schema.shape;
    for (const [name, part] of Object.entries(shape)) collect(part, path === '' ? name : `${path}.${name}`, paths);
  }
}

function isMoneySchema({ shape }: z.ZodObject): boolean {
  return 'amount' in shape && 'currency' in shape && Object.keys(shape).length === 2;
}

/** A write's result: the record as it stands afterwards, and what the platform sent for it. */
export interface Written<T> {
  readonly record: T;
  readonly raw: JsonValue;
}
