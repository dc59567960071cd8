import { pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

/** An answer's body that cannot be had. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  constructor(readonly reason: 'tooLarge' | 'malformed') {
    super(reason);
  }
}

/** What this transport asks for and understands. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

const DECODERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
]);
// RFC 9110 allows any number of layers; each multiplies what a few bytes can become.
const MAX_LAYERS = 2;

/**
 * Reads a body to its end, decompressing on the way. The cap holds for the bytes received and for those they become,
 * and is applied to each chunk, so a bomb is cut before it unfolds.
 *
 * @param source the raw body; destroyed when it is not read to the end
 * @param encodings the values of `content-encoding`
 * @param maxBytes the cap, received and decompressed bytes counted separately
 * @throws BodyError when the body exceeds the cap or is not what `content-encoding` says
 * @throws Error of Node when the connection or the compressed data ends early
 */
export async function readBody(source: Readable, encodings: readonly string[], maxBytes: number): Promise<Uint8Array> {
  const decoders = decodersFor(encodings);
  if (decoders === undefined) {
    source.destroy();
    throw new BodyError('malformed');
  }
  const received = { bytes: 0 };
  const unpacked = chain(source, decoders.length === 0 ? [] : [capped(maxBytes, received), ...decoders]);
  try {
    return await collect(unpacked, maxBytes);
  } catch (error) {
    if (isGarbled(error)) throw new BodyError('malformed');
    // Some servers announce gzip for a body that is empty.
    if (received.bytes > 0 || codeOf(error) !== TRUNCATED) throw error;
    return new Uint8Array();
  }
}

// An error or an end ahead of time at either end of the chain closes the whole of it, the connection included.
function chain(source: Readable, stages: readonly Transform[]): Readable {
  return stages.reduce<Readable>((from, to) => pipeline(from, to, () => {}), source);
}

async function collect(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes <= maxBytes) chunks.push(chunk);
    else throw new BodyError('tooLarge');
  }
  return Buffer.concat(chunks);
}

function decodersFor(encodings: readonly string[]): Transform[] | undefined {
  const names = encodings
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_LAYERS || names.some((name) => !DECODERS.has(name))) return undefined;
  // The one named last was applied last and comes off first.
  return names.reverse().flatMap((name) => DECODERS.get(name)?.() ?? []);
}

function capped(maxBytes: number, counter: { bytes: number }): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      counter.bytes += chunk.byteLength;
      // Written so that a cap that is no number lets nothing through.
      if (counter.bytes <= maxBytes) done(null, chunk);
      else done(new BodyError('tooLarge'));
    },
  });
}

const TRUNCATED = 'Z_BUF_ERROR';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

// zlib names its errors Z_DATA_ERROR and the like, Brotli ERR__ERROR_FORMAT_...; an early end is no broken format.
function isGarbled(error: unknown): boolean {
  return codeOf(error) !== TRUNCATED && /^(?:Z_|ERR__ERROR_)/.test(codeOf(error));
}
