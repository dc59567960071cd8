import { GatewayError } from '#contract';
import { HOW_TO_MAKE_A_KEY, localKey, type LocalKey } from './local-key.js';

/**
 * Reads keys from one text, as an environment variable holds them: 32 bytes each in base64 (either alphabet, padding
 * optional), separated by commas, the first one current.
 *
 * @throws GatewayError `vault_unavailable` that names the entry by its number and what is wrong, never its content
 */
export function keysFromText(text: string): readonly LocalKey[] {
  if (text.trim() === '') throw new GatewayError('vault_unavailable', 'The encryption key is empty.');
  return keysFromEntries(text.split(','));
}

/** The keys of a list of base64 entries; see {@link keysFromText}. */
export function keysFromEntries(entries: readonly string[]): readonly LocalKey[] {
  const keys = entries.map((entry, index) => keyFromEntry(entry.trim(), `Encryption key ${index + 1}`));
  keys.forEach(({ id }, index) => {
    const first = keys.findIndex((key) => key.id === id);
    if (first !== index) {
      throw new GatewayError('vault_unavailable', `Encryption keys ${first + 1} and ${index + 1} are the same.`);
    }
  });
  return keys;
}

function keyFromEntry(entry: string, name: string): LocalKey {
  if (entry === '') throw new GatewayError('vault_unavailable', `${name} is empty.`);
  const bytes = bytesOf(entry);
  if (bytes === undefined) {
    throw new GatewayError('vault_unavailable', `${name} is not base64. ${HOW_TO_MAKE_A_KEY}`);
  }
  return localKey(bytes, name);
}

/** Node skips what is not base64, so a mistyped key would become another, valid one: decode, encode, compare. */
function bytesOf(base64: string): Buffer | undefined {
  const unpadded = base64
    .replace(/={1,2}$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  const bytes = Buffer.from(unpadded, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === unpadded ? bytes : undefined;
}
