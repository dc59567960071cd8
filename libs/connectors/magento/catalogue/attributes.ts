import { type ConnectedStore, GatewayError } from '#contract';
import { z } from 'zod';
import { id, list, text } from '../atoms.js';
import { checkedId } from '../record-calls.js';
import { PRODUCTS } from './places.js';

/** An attribute that variants differ in. Products name the values of it by numbers. */
export interface Attribute {
  readonly id: string;
  readonly code: string;
  readonly label: string | null;
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

export const attribute = z
  .object({
    attribute_id: id,
    attribute_code: z.string().min(1),
    default_frontend_label: text,
    // The first one is blank and stands for no choice (recorded: attribute-get).
    options: list(z.object({ value: z.union([z.string(), z.int()]).nullish(), label: z.string().nullish() })),
  })
  .transform((printed): Attribute => ({
    id: printed.attribute_id,
    code: printed.attribute_code,
    label: printed.default_frontend_label,
    options: printed.options.flatMap(({ value, label }) =>
      value === null || value === undefined || value === '' ? [] : [{ id: String(value), label: label ?? '' }],
    ),
  }));

/**
 * Attributes by their ids. An attribute goes by its code in that path, and by its id as well (seen in the platform's own
 * code: the check of a configurable product asks its attributes so); a search by ids is no way, because that field is in
 * three of the tables that are joined there. One that is gone is left out.
 */
export async function readAttributes(
  store: ConnectedStore,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Attribute>> {
  const found = new Map<string, Attribute>();
  for (const one of new Set(ids)) {
    try {
      found.set(one, await readAttribute(store, one));
    } catch (error) {
      if (!GatewayError.is(error, 'not_found')) throw error;
    }
  }
  return found;
}

async function readAttribute(store: ConnectedStore, attributeId: string): Promise<Attribute> {
  const path = `${PRODUCTS}/attributes/${checkedId(attributeId, 'attribute')}`;
  return (await store.http({ path, effect: 'read', expect: attribute })).data;
}
