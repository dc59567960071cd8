/**
 * Joins what a sealed value is bound to into one unambiguous byte string: every part is preceded by its length in bytes
 * (32 bit, big endian), so that no two different lists of parts give the same bytes.
 *
 * Text goes in as UTF-16, not UTF-8: UTF-8 turns every unpaired surrogate into the same replacement character, and two
 * different ids would then be bound alike.
 *
 * @param label names the use, so that bytes sealed for one use never open in another
 * @param parts text, bytes, or a non-negative safe integer (64 bit, big endian)
 */
export function authenticatedData(label: string, ...parts: readonly (string | number | Uint8Array)[]): Buffer {
  return Buffer.concat([label, ...parts].flatMap((part) => lengthPrefixed(bytesOf(part))));
}

function bytesOf(part: string | number | Uint8Array): Uint8Array {
  if (typeof part === 'string') return Buffer.from(part, 'utf16le');
  if (typeof part !== 'number') return part;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(part));
  return bytes;
}

function lengthPrefixed(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
