import type { JsonValue } from '#contract';

/**
 * JSON as PHP prints it: slashes and everything outside ASCII escaped.
 * Recorded: the byte counts of captures/woocommerce/order-get-jpy.json and of consent-5-callback-post.json come out
 * only with both escapes.
 */
export function phpJson(value: JsonValue): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
