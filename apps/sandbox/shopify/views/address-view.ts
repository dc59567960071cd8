import type { Address } from '../orders/order.js';
import { gid } from './gid.js';

const filled = (parts: readonly (string | null)[]): readonly string[] => parts.filter((part) => part !== null);

/** A person's name as Shopify joins it; null when neither part is known. */
export function fullName(firstName: string | null, lastName: string | null): string | null {
  return filled([firstName, lastName]).join(' ') || null;
}

/** `MailingAddress`. */
export function addressView({ countryCode, ...address }: Address) {
  const name = fullName(address.firstName, address.lastName);
  return {
    ...address,
    id: `${gid('MailingAddress', address.id)}?model_name=Address`,
    name,
    countryCodeV2: countryCode,
    formatted: ({ withCompany, withName }: { withCompany: boolean; withName: boolean }) =>
      filled([
        withName ? name : null,
        withCompany ? address.company : null,
        address.address1,
        address.address2,
        filled([address.zip, address.city]).join(' ') || null,
        address.country,
      ]),
    formattedArea: filled([address.city, address.provinceCode, address.country]).join(', '),
  };
}
