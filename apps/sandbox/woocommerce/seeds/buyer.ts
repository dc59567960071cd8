import type { Buyer } from '../shop.js';

type Place = readonly [address1: string, postcode: string, city: string, state: string, country: string];
type Options = Partial<Pick<Buyer, 'company' | 'address2'>>;

/** @param customerId 0 for a guest */
export function buyer(
  customerId: number,
  name: readonly [firstName: string, lastName: string],
  place: Place,
  contact: readonly [email: string, phone: string],
  options: Options = {},
): Buyer {
  const [address1, postcode, city, state, country] = place;
  return {
    customerId,
    firstName: name[0],
    lastName: name[1],
    company: '',
    address1,
    address2: '',
    city,
    state,
    postcode,
    country,
    email: contact[0],
    phone: contact[1],
    ...options,
  };
}
