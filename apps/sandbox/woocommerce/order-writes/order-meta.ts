import type { JsonValue } from '#contract';
import type { MetaDatum } from '../order.js';
import { type Arguments, objectList, textArgument, textOr, wholeArgument } from './arguments.js';

/**
 * `meta_data` of a body: with an id that row, without one the first of the key, else a new row. A null deletes the row.
 * @param label whether people see it, as they do on items
 */
export function writeMeta(
  meta: readonly MetaDatum[],
  asked: JsonValue | undefined,
  nextId: () => number,
  label: boolean,
): readonly MetaDatum[] {
  return objectList(asked).reduce((before, one) => writeOne(before, one, nextId, label), meta);
}

function writeOne(
  meta: readonly MetaDatum[],
  asked: Arguments,
  nextId: () => number,
  label: boolean,
): readonly MetaDatum[] {
  const known = knownDatum(meta, asked);
  const value = asked['value'] ?? null;
  if (known && value === null) return meta.filter((one) => one !== known);
  const key = textOr(asked['key'], known?.key ?? '');
  if (key === '' || value === null) return meta;
  const display = label ? { display: { key, value: textOr(value, '') } } : {};
  const written: MetaDatum = { id: known?.id ?? nextId(), key, value, ...display };
  return known ? meta.map((one) => (one === known ? written : one)) : [...meta, written];
}

function knownDatum(meta: readonly MetaDatum[], asked: Arguments): MetaDatum | undefined {
  const id = wholeArgument(asked['id']) ?? 0;
  return meta.find((one) => (id > 0 ? one.id === id : one.key === textArgument(asked['key'])));
}
