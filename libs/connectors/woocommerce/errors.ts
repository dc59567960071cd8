import type { ErrorMap, ErrorRule } from '#contract';
import { z } from 'zod';
import { decodeEntities } from './entities.js';

// WordPress prints `{code, message, data}`; `data` may be a bare number and `code` an integer
// (recorded: captures/woocommerce/refund-create-too-large). A currency, too, has a `code`, but no `message`.
const wordpressError = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  message: z.string(),
  // Where something is taken already: by what (recorded: product-create-duplicate-sku).
  data: z.object({ resource_id: z.int().positive().nullish() }).nullish().catch(null),
});

const AUTHENTICATION = 'woocommerce_rest_authentication_error';
const DENIED = ['view', 'create', 'edit', 'delete', 'batch'].map((verb) => `woocommerce_rest_cannot_${verb}`);

const authenticationRules: readonly ErrorRule[] = [
  // A read key that writes is 401, not 403 (recorded: err-401-read-key-writes).
  { code: AUTHENTICATION, message: /\bpermissions?\b/i, as: 'platform_scope_missing' },
  // The clocks differ by more than 15 minutes, or a request was repeated: the keys are fine
  // (recorded: auth-oauth1-http-stale-timestamp, auth-oauth1-http-nonce-replay).
  { code: AUTHENTICATION, message: /\b(?:timestamp|nonce)\b/i, as: 'platform_unavailable' },
  // Unknown key over OAuth, other secret, signature made with another secret (recorded: err-401-bad-secret).
  { status: 401, code: AUTHENTICATION, as: 'credential_revoked' },
  // An unknown key is simply nobody over Basic (recorded: err-401-unknown-key). A proxy that drops the header looks the
  // same; but it does so from the first call on, and then no connection comes about.
  ...DENIED.map((code): ErrorRule => ({ status: 401, code, as: 'credential_revoked' })),
  // The key's owner lost the right to manage the shop.
  ...DENIED.map((code): ErrorRule => ({ status: 403, code, as: 'platform_scope_missing' })),
  // Whatever else refuses is not WooCommerce: a firewall, a plugin that closes the API, a password before the whole site.
  { status: [401, 403], as: 'platform_blocked' },
];

// What another record has already. The id of that record is part of the message, see `problems`
// (recorded: product-create-duplicate-sku, category-create-duplicate, coupon-create-duplicate,
// customer-create-duplicate-email; fact sheet, 4.4).
const TAKEN = [
  'product_invalid_sku',
  'product_invalid_global_unique_id',
  'term_exists',
  'duplicate_term_slug',
  'woocommerce_rest_coupon_code_already_exists',
  'registration-error-email-exists',
  'registration-error-username-exists',
  // Only of a change: the address of somebody else. One that is none is `customer_invalid_email`.
  'woocommerce_rest_customer_invalid_email',
];

const MISSING = [
  // Status 400 on writes.
  'woocommerce_rest_product_invalid_id',
  'woocommerce_rest_product_variation_invalid_id',
  'woocommerce_rest_shop_coupon_invalid_id',
  'woocommerce_rest_term_invalid',
  'wc_user_invalid_id',
  // Status 410: deleted before.
  'woocommerce_rest_already_trashed',
];

const catalogueRules: readonly ErrorRule[] = [
  ...TAKEN.map((code): ErrorRule => ({ code, as: 'conflict' })),
  ...MISSING.map((code): ErrorRule => ({ code, as: 'not_found' })),
  // The default category, status 500 (fact sheet, 5.9); kinds without a trash, status 501.
  { status: 500, code: 'woocommerce_rest_cannot_delete', as: 'request_rejected' },
  { code: 'woocommerce_rest_trash_not_supported', as: 'request_rejected' },
];

// Of orders, their refunds and of webhooks.
const orderRules: readonly ErrorRule[] = [
  // Status 400 on writes, 500 on refunds (recorded: err-404-order, err-404-refund-of-other-order).
  ...[
    'woocommerce_rest_shop_order_invalid_id',
    'woocommerce_rest_shop_order_refund_invalid_id',
    'woocommerce_rest_invalid_order_refund_id',
    'woocommerce_rest_invalid_order_id',
    'woocommerce_rest_shop_webhook_invalid_id',
  ].map((code): ErrorRule => ({ code, as: 'not_found' })),
  // All three with status 500: too large, negative, or the payment gateway cannot or will not (recorded:
  // refund-create-too-large; fact sheet, 5.5). The shop takes a refund back that its gateway refused.
  ...[
    'woocommerce_rest_cannot_create_order_refund',
    'woocommerce_rest_invalid_order_refund',
    'woocommerce_rest_cannot_delete_order_refund',
  ].map((code): ErrorRule => ({ code, as: 'request_rejected' })),
  // Nothing to be read again: an order only lies in the trash, and a batch is too large (fact sheet, 4.4).
  { status: [413, 501], as: 'request_rejected' },
];

export const errors: ErrorMap = {
  problems(body) {
    const read = wordpressError.safeParse(body);
    if (!read.success) return [];
    const { code, data } = read.data;
    const message = decodeEntities(read.data.message);
    return [{ code, message: data?.resource_id ? `${message} (it is that of ${data.resource_id})` : message }];
  },
  rules: [
    // Hosts and proxies answer these with pages.
    { status: 429, as: 'platform_rate_limited' },
    { status: [408, 504, 524], as: 'platform_timeout' },
    // With plain permalinks, or at another address than the shop's own, the API redirects to a page; following it would
    // carry the keys there. The merchant has to set permalinks or the address right.
    { status: [301, 302, 303, 307, 308], as: 'platform_blocked' },
    ...authenticationRules,
    // WooCommerce is switched off or was removed; with it on, every path of ours has a route (recorded: err-404-route).
    { code: 'rest_no_route', as: 'store_closed' },
    ...orderRules,
    ...catalogueRules,
  ],
};
