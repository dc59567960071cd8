import { z } from 'zod';
import type { Address, Buyer } from '../orders/order.js';
import { customersOf } from '../orders/people.js';
import { createSlice, type ShopData } from '../shop-slice.js';

/** A customer with everything that is not in an order. */
export interface Customer {
  readonly id: number;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: string;
  readonly note: string | null;
  readonly tags: readonly string[];
  readonly taxExempt: boolean;
  readonly taxExemptions: readonly string[];
  readonly state: string;
  readonly consent: { readonly state: string; readonly level: string | null; readonly at: number | null };
  readonly addresses: readonly Address[];
  readonly defaultAddressId: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** No consent was ever given. */
export const NO_CONSENT = { state: 'NOT_SUBSCRIBED', level: null, at: null } as const;

/** A customer known from an order only. */
export function customerOfBuyer({ address, ...buyer }: Buyer): Customer {
  return {
    ...buyer,
    ...{ note: null, tags: [], taxExempt: false, taxExemptions: [], state: 'DISABLED', consent: NO_CONSENT },
    ...{ addresses: [address], defaultAddressId: address.id, updatedAt: buyer.createdAt },
  };
}

const outline = z.array(z.looseObject({ id: z.number(), addresses: z.array(z.unknown()) }));
// Only ever saved by this sandbox itself, so the outline is enough to tell it from another state.
const stateSchema = z.custom<readonly Customer[]>((value) => outline.safeParse(value).success);

export const customersSlice = createSlice('customers', stateSchema, ({ shop, seededAt }: ShopData) =>
  customersOf(shop, seededAt).map(customerOfBuyer),
);

/** Puts a customer in the place of the one with that id, or adds them. */
export function saveCustomer(data: ShopData, customer: Customer): void {
  customersSlice.update(data, (all) =>
    all.some(({ id }) => id === customer.id)
      ? all.map((one) => (one.id === customer.id ? customer : one))
      : [...all, customer],
  );
}
