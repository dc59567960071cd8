import type { ErrorCode } from '#contract';
import { readAnswer } from '#kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { woocommerce } from './woocommerce.js';

const call = { path: 'wp-json/wc/v3/orders', effect: 'read', expect: z.unknown() } as const;
const PAGE = '<!DOCTYPE html><html><body>Attention required</body></html>';

function codeOf(status: number, text: string): ErrorCode | 'none' {
  try {
    readAnswer(woocommerce, call, { status, header: () => undefined, text });
    return 'none';
  } catch (error) {
    expect(error).toMatchObject({ context: { platform: { id: 'woocommerce', status } } });
    return (error as { code: ErrorCode }).code;
  }
}

function said(code: string | number, message: string, data: unknown = {}): string {
  return JSON.stringify({ code, message, data });
}

describe('an answer that is no success', () => {
  it.each<[string, number, string, ErrorCode]>([
    [
      'unknown or revoked key',
      401,
      said('woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.'),
      'credential_revoked',
    ],
    [
      'wrong secret',
      401,
      said('woocommerce_rest_authentication_error', 'Consumer secret is invalid.'),
      'credential_revoked',
    ],
    [
      'unknown key over OAuth',
      401,
      said('woocommerce_rest_authentication_error', 'Consumer key is invalid.'),
      'credential_revoked',
    ],
    [
      'read key that writes',
      401,
      said('woocommerce_rest_authentication_error', 'The API key provided does not have write permissions.'),
      'platform_scope_missing',
    ],
    [
      'clock that is wrong',
      401,
      said('woocommerce_rest_authentication_error', 'Invalid timestamp.'),
      'platform_unavailable',
    ],
    [
      'request sent twice',
      401,
      said('woocommerce_rest_authentication_error', 'Invalid nonce - nonce has already been used.'),
      'platform_unavailable',
    ],
    [
      'demoted user',
      403,
      said('woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.'),
      'platform_scope_missing',
    ],
    ['closed API (plugin)', 401, said('rest_not_logged_in', 'You are not currently logged in.'), 'platform_blocked'],
    ['key taken for a user name', 401, said('invalid_username', 'Unknown username.'), 'platform_blocked'],
    ['password before the site', 401, PAGE, 'platform_blocked'],
    ['password before the site, bare', 401, '', 'platform_blocked'],
    ['firewall', 403, PAGE, 'platform_blocked'],
    ['firewall, bare text', 403, 'error code: 1020', 'platform_blocked'],
    ['firewall, JSON', 403, '{"message":"Forbidden"}', 'platform_blocked'],
    ['page for people in front', 200, PAGE, 'platform_blocked'],
    ['no permalinks', 301, '', 'platform_blocked'],
    ['other address', 302, PAGE, 'platform_blocked'],
    [
      'no WooCommerce',
      404,
      said('rest_no_route', 'No route was found matching the URL and request method.'),
      'store_closed',
    ],
    ['no WordPress', 404, PAGE, 'platform_blocked'],
    ['no such order', 404, said('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.'), 'not_found'],
    ['no such order to change', 400, said('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.'), 'not_found'],
    [
      'no such refund',
      500,
      said('woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.', 404),
      'not_found',
    ],
    [
      'refund too large',
      500,
      said('woocommerce_rest_cannot_create_order_refund', 'Invalid refund amount.', 500),
      'request_rejected',
    ],
    [
      'refund of another order',
      404,
      said('woocommerce_rest_shop_order_refund_invalid_id', 'Invalid order refund ID.'),
      'not_found',
    ],
    ['refund of no order', 500, said('woocommerce_rest_invalid_order_id', 'Invalid order ID.', 404), 'not_found'],
    [
      'refund of a negative amount',
      500,
      said('woocommerce_rest_invalid_order_refund', 'Refund amount must be greater than zero.', 400),
      'request_rejected',
    ],
    [
      'gateway that refunds nothing',
      500,
      said(
        'woocommerce_rest_cannot_create_order_refund',
        'The payment gateway for this order does not support it.',
        500,
      ),
      'request_rejected',
    ],
    ['no such webhook', 404, said('woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.'), 'not_found'],
    ['no such webhook to change', 400, said('woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.'), 'not_found'],
    ['webhook without a topic', 400, said('rest_missing_callback_param', 'Missing parameter(s)'), 'request_rejected'],
    [
      'webhook to no address',
      400,
      said('woocommerce_rest_shop_webhook_invalid_delivery_url', 'Must be a valid URL.'),
      'request_rejected',
    ],
    [
      'coupon that does not apply',
      400,
      said('woocommerce_rest_invalid_coupon', 'Coupon cannot be applied.', { status: 400, new_draft_order_id: 120 }),
      'request_rejected',
    ],
    [
      'no such customer',
      400,
      said('woocommerce_rest_invalid_customer_id', 'Customer ID is invalid.'),
      'request_rejected',
    ],
    [
      'line without a product',
      400,
      said('woocommerce_rest_required_product_reference', 'Product ID or SKU is required.'),
      'request_rejected',
    ],
    ['body that is no JSON', 400, said('rest_invalid_json', 'Invalid JSON body passed.'), 'request_rejected'],
    ['in the trash already', 410, said('woocommerce_rest_already_trashed', 'Already deleted.'), 'not_found'],
    [
      'batch too large',
      413,
      said('woocommerce_rest_request_entity_too_large', 'Unable to accept more than 100 items.'),
      'request_rejected',
    ],
    ['no trash', 501, said('woocommerce_rest_trash_not_supported', 'Does not support trashing.'), 'request_rejected'],
    ['demoted user who writes', 403, said('woocommerce_rest_cannot_create', 'Sorry.'), 'platform_scope_missing'],
    ['key that may do nothing', 401, said('woocommerce_rest_cannot_batch', 'Sorry.'), 'credential_revoked'],
    ['closed API (another plugin)', 403, said('rest_cannot_access', 'Only authenticated users.'), 'platform_blocked'],
    ['closed API (yet another)', 401, said('rest_forbidden', 'Sorry.'), 'platform_blocked'],
    [
      'signature cut short on the way',
      401,
      said('woocommerce_rest_authentication_missing_parameter', 'Missing OAuth parameters oauth_nonce'),
      'platform_blocked',
    ],
    ['address that moved for good', 308, PAGE, 'platform_blocked'],
    ['bad gateway', 502, PAGE, 'platform_unavailable'],
    ['proxy without a shop', 522, PAGE, 'platform_unavailable'],
    ['request that took too long', 408, PAGE, 'platform_timeout'],
    ['parameter refused', 400, said('rest_invalid_param', 'Invalid parameter(s): status'), 'request_rejected'],
    ['numeric code', 400, said(0, 'The fulfillment status is invalid.'), 'request_rejected'],
    [
      'fatal error',
      500,
      said('internal_server_error', '<p>There has been a critical error.</p>'),
      'platform_unavailable',
    ],
    ['fatal error, page', 500, PAGE, 'platform_unavailable'],
    ['maintenance', 503, PAGE, 'platform_unavailable'],
    ['host out of resources', 508, PAGE, 'platform_unavailable'],
    ['host too slow', 504, PAGE, 'platform_timeout'],
    ['proxy too slow', 524, PAGE, 'platform_timeout'],
    ['host limits', 429, PAGE, 'platform_rate_limited'],
    ['error in a 200', 200, said('woocommerce_rest_cannot_view', 'No.'), 'request_rejected'],
    ['nothing', 200, '[', 'platform_blocked'],
  ])('%s: %i', (_, status, text, code) => {
    expect(codeOf(status, text)).toBe(code);
  });

  it('is found behind what PHP printed before it', () => {
    const notice = '<br />\n<b>Warning</b>: Undefined array key [0] {x} in /srv/x.php on line <b>3</b><br />\n';
    expect(codeOf(401, notice + said('woocommerce_rest_cannot_view', 'No.'))).toBe('credential_revoked');
    expect(codeOf(200, `${notice}[]`)).toBe('none');
  });

  it('is not seen in a record that has a code of its own', () => {
    expect(codeOf(200, '{"code":"EUR","name":"Euro","symbol":"&euro;"}')).toBe('none');
  });

  it('never repeats a key that a shop repeats', () => {
    const key = `ck_${'a1'.repeat(20)}`;
    const text = said(
      'invalid_username',
      `<strong>Error:</strong> The username <strong>${key}</strong> is not registered.`,
    );
    try {
      readAnswer(woocommerce, call, { status: 401, header: () => undefined, text });
    } catch (error) {
      expect(JSON.stringify([String(error), (error as { context: unknown }).context])).not.toContain(key);
      expect(String(error)).toContain('The username [secret] is not registered.');
    }
    expect.assertions(2);
  });
});
