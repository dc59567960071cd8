import {
  type AnyRecord,
  GatewayError,
  personalFields,
  publicId,
  readRecordId,
  recordId,
  type RecordKind,
  references,
} from '#contract';
import type { StoreRow } from '#persistence';
import { z } from 'zod';

const MASK = '***';

interface Presenting {
  readonly storeId: string;
  readonly personalData: boolean;
}

/** Turns one value into what the API shows; undefined for a schema in which nothing is to be turned. */
type Turn<Context> = ((value: unknown, context: Context, path: string) => unknown) | undefined;

/** What is done with the fields that a registry names; the walk over schemas is the same for all of them. */
interface Turning<Context> {
  readonly known: Map<z.ZodType, Turn<Context>>;
  leaf(schema: z.ZodType): Turn<Context>;
}

function turnOf<Context>(turning: Turning<Context>, schema: z.ZodType): Turn<Context> {
  const known = turning.known.get(schema);
  if (known !== undefined || turning.known.has(schema)) return known;
  const made = turning.leaf(schema) ?? inside(turning, schema);
  turning.known.set(schema, made);
  return made;
}

function inside<Context>(turning: Turning<Context>, schema: z.ZodType): Turn<Context> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return turnOf(turning, schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodArray) {
    const item = turnOf(turning, schema.element as z.ZodType);
    return (
      item &&
      ((value, context, path) => (Array.isArray(value) ? value.map((one) => item(one, context, `${path}[]`)) : value))
    );
  }
  return schema instanceof z.ZodObject ? turnOfObject(turning, schema) : undefined;
}

function turnOfObject<Context>(turning: Turning<Context>, schema: z.ZodObject): Turn<Context> {
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  const turns = Object.entries(shape).flatMap(([name, part]) => {
    const turn = turnOf(turning, part);
    return turn === undefined ? [] : [[name, turn] as const];
  });
  if (turns.length === 0) return undefined;
  return (value, context, path) => {
    if (typeof value !== 'object' || value === null) return value;
    const turned: Record<string, unknown> = { ...value };
    for (const [name, turn] of turns) {
      if (turned[name] !== undefined)
        turned[name] = turn(turned[name], context, path === '' ? name : `${path}.${name}`);
    }
    return turned;
  };
}

const presenting: Turning<Presenting> = {
  known: new Map(),
  leaf(schema) {
    const reference = references.get(schema);
    if (reference !== undefined) {
      return (value, { storeId }) => (typeof value === 'string' ? recordId(reference.kind, storeId, value) : value);
    }
    if (personalFields.get(schema) === undefined) return undefined;
    return (value, { personalData }) => (personalData || value === null || value === '' ? value : MASK);
  },
};

/** A record as the API answers it. */
export interface PresentedRecord {
  readonly id: string;
  readonly storeId: string;
  readonly platform: string;
  readonly [field: string]: unknown;
}

/**
 * Gives a mapped record the ids of our API, its own and those of the records it names. Without the right to personal
 * data, names, e-mail, phone, street and notes are masked: which fields these are, the record's schema says.
 */
export function presentRecord(
  store: Pick<StoreRow, 'id' | 'platform'>,
  { kind, schema }: { readonly kind: RecordKind; readonly schema: z.ZodType },
  record: AnyRecord,
  personalData: boolean,
): PresentedRecord {
  const turn = turnOf(presenting, schema);
  const turned = turn === undefined ? record : (turn(record, { storeId: store.id, personalData }, '') as AnyRecord);
  return {
    id: recordId(kind, store.id, record.platformId),
    storeId: publicId('store', store.id),
    platform: store.platform,
    ...turned,
  };
}

const reading: Turning<{ readonly storeId: string }> = {
  known: new Map(),
  leaf(schema) {
    const reference = references.get(schema);
    if (reference === undefined) return undefined;
    return (value, { storeId }, path) =>
      typeof value === 'string' ? platformIdOf(reference.kind, value, storeId, path) : value;
  },
};

/** @throws GatewayError `not_found` for an id that is none, or belongs to another store: the two look alike */
function platformIdOf(kind: RecordKind, id: string, storeId: string, path: string): string {
  const found = readRecordId(kind, id);
  if (found?.storeId === storeId) return found.platformId;
  const message = `There is no such ${kind} in this store.`;
  throw new GatewayError('not_found', message, { fields: [{ path, message }] });
}

/**
 * Takes the ids of our API out of an input or filter and puts the platform's own in.
 * @throws GatewayError `not_found` naming the field
 */
export function readReferences<T>(storeId: string, schema: z.ZodType, input: T): T {
  const turn = turnOf(reading, schema);
  // Only texts are exchanged for texts.
  return turn === undefined ? input : (turn(input, { storeId }, '') as T);
}
