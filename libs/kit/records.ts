import { type JsonValue, type Mapped, type Quarantined, Unreadable } from '#contract';
import { z } from 'zod';

export interface RecordReading<Raw, T> {
  /** Lenient: only what the mapper reads. */
  readonly schema: z.ZodType<Raw>;
  /** Pure. May throw `Unreadable` or a `RangeError` for an amount or instant that is none. */
  readonly map: (raw: Raw) => T;
  /** Finds the platform's id even in a broken record, so that the reason can be told to somebody. */
  readonly identify: (raw: JsonValue) => string | null;
}

/** Maps what can be mapped and quarantines the rest with its reason: one broken record never costs the page. */
export function readRecords<Raw, T>(
  list: readonly JsonValue[],
  reading: RecordReading<Raw, T>,
): { readonly items: readonly Mapped<T>[]; readonly quarantined: readonly Quarantined[] } {
  const items: Mapped<T>[] = [];
  const quarantined: Quarantined[] = [];
  for (const raw of list) {
    try {
      items.push({ record: readRecord(raw, reading), raw });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      quarantined.push({ platformId: reading.identify(raw), reason: error.message, raw });
    }
  }
  return { items, quarantined };
}

/** @throws Unreadable with a reason for people. */
export function readRecord<Raw, T>(raw: JsonValue, { schema, map }: RecordReading<Raw, T>): T {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new Unreadable(firstIssue(parsed.error));
  try {
    return map(parsed.data);
  } catch (error) {
    if (error instanceof RangeError) throw new Unreadable(error.message, { cause: error });
    throw error;
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the record does not have the expected shape';
  const path = issue.path.map(String).join('.');
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  return `${path === '' ? 'record' : path}: ${issue.message}${more}`;
}

/** Parts of a record, such as an address: null where none of them is there. */
export function orNull<T extends object>(parts: T): T | null {
  return Object.values(parts).every((value) => value === null) ? null : parts;
}
