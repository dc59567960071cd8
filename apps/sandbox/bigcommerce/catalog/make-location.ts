import type { JsonValue } from '#contract';
import { iso } from '../amounts.js';
import type { Rows } from '../state/rows.js';
import type { Store } from '../stores.js';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** A place that holds stock, with what the platform fills in by itself. */
export function makeLocation(
  given: Readonly<Record<string, JsonValue>> & {
    readonly id: number;
    readonly code: string;
    readonly label: string;
    readonly enabled: boolean;
  },
  { owner, countryCode, timezone, phone }: Store,
  at: number,
): Rows['locations'] {
  const open = { open: true, opening: '08:00', closing: '16:00' };
  return {
    description: '',
    managed_by_external_source: false,
    type_id: 'PHYSICAL',
    operating_hours: Object.fromEntries(DAYS.map((day) => [day, open])),
    time_zone: timezone.name,
    address: {
      address1: '1 Dock Street',
      address2: '',
      city: 'Harbor',
      state: '',
      zip: '10001',
      email: owner.email,
      phone,
      geo_coordinates: { latitude: 30.26, longitude: -97.74 },
      country_code: countryCode,
    },
    storefront_visibility: true,
    special_hours: [],
    created_at: iso(at),
    updated_at: iso(at),
    ...given,
  };
}
