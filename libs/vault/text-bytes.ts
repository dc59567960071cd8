import { GatewayError } from '#contract';

const UNPAIRED_SURROGATE = /\p{Surrogate}/u;

/**
 * UTF-8 bytes of a text to be sealed.
 *
 * @throws GatewayError `request_invalid` for half a surrogate pair: UTF-8 cannot hold it, and what came back out of the
 * vault would silently be another text than went in
 */
export function textBytes(text: string): Buffer {
  if (UNPAIRED_SURROGATE.test(text)) {
    throw new GatewayError('request_invalid', 'The text to seal is not well-formed Unicode.');
  }
  return Buffer.from(text, 'utf8');
}
