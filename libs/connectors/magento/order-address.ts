import type { AddressInput, ConnectedStore, JsonValue, Losses } from '#contract';
import { anyJson } from '#kit';
import { z } from 'zod';
import { addressBody, addressLosses } from './catalogue/address-input.js';

type Body = Readonly<Record<string, JsonValue>>;

export const orderAddressLosses: (prefix: string) => Losses = addressLosses;

const fields = z.record(z.string(), anyJson);
const shipping = z.object({ shipping: z.object({ address: fields.nullish() }).nullish() });
const addresses = z.object({
  billing_address: fields.nullish().catch(null),
  extension_attributes: z
    .object({ shipping_assignments: z.array(shipping).nullish() })
    .nullish()
    .catch(null),
});

/** An order's address with all the platform keeps in it. */
export function printedAddress(order: JsonValue, kind: 'billing' | 'shipping'): Body | undefined {
  const read = addresses.safeParse(order).data;
  if (kind === 'billing') return read?.billing_address ?? undefined;
  return read?.extension_attributes?.shipping_assignments?.[0]?.shipping?.address ?? undefined;
}

/**
 * The fields of an address that were given, as orders keep them: like a customer's, but for the region, which is one text
 * with its code and number beside it.
 */
export async function orderAddressBody(store: ConnectedStore, change: AddressInput, before?: Body): Promise<Body> {
  const country = before?.['country_id'];
  const { region, ...body } = await addressBody(store, change, typeof country === 'string' ? country : null);
  return { ...body, ...fields.safeParse(region).data };
}
