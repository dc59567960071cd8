import type { ErrorMap, ErrorRule } from '#contract';
import { z } from 'zod';

// WordPress prints `{code, message, data}`; `data` may be a bare number and `code` an integer
// (recorded: captures/woocommerce/refund-create-too-large). A currency, too, has a `code`, but no `message`.
const wordpressError = z.object({ code: z.union([z.string(), z.number()]).transform(String), message: z.string() });

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

export const errors: ErrorMap = {
  problems(body) {
    const read = wordpressError.safeParse(body);
    return read.success ? [read.data] : [];
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
    // Status 400 on writes, 500 on refunds (recorded: err-404-order, err-404-refund-of-other-order).
    { code: 'woocommerce_rest_shop_order_invalid_id', as: 'not_found' },
    { code: 'woocommerce_rest_invalid_order_refund_id', as: 'not_found' },
    { code: 'woocommerce_rest_cannot_create_order_refund', as: 'request_rejected' },
  ],
};
