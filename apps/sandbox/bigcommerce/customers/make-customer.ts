import type { JsonValue } from '#contract';
import { iso } from '../amounts.js';
import type { Customer } from '../state/rows.js';

/** A customer with what the platform fills in by itself. */
export function makeCustomer(
  given: Readonly<Record<string, JsonValue>> & {
    readonly id: number;
    readonly email: string;
    readonly first_name: string;
    readonly last_name: string;
  },
  at: number,
): Customer {
  return {
    company: '',
    phone: '',
    registration_ip_address: '',
    notes: '',
    tax_exempt_category: '',
    customer_group_id: 0,
    date_modified: iso(at),
    date_created: iso(at),
    authentication: { force_password_reset: false },
    accepts_product_review_abandoned_cart_emails: true,
    origin_channel_id: 1,
    channel_ids: null,
    store_credit_amounts: [{ amount: 0 }],
    ...given,
  };
}
