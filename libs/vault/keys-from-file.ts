import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { GatewayError } from '#contract';
import { createFileOnce } from './create-file-once.js';
import { keysFromEntries } from './keys-from-text.js';
import { KEY_BYTES, localKey, type LocalKey } from './local-key.js';

const LARGEST_FILE_BYTES = 65_536;

const keyFile = z.object({ keys: z.array(z.object({ id: z.string().optional(), key: z.string() })).min(1) });

/**
 * Reads keys from a JSON file, the first one current: `{"keys": [{"id": "kek_…", "key": "<32 bytes in base64>"}]}`.
 * `id` may be left out when a key is added by hand; where it stands, it must fit its key. Any number of processes may
 * start at once with `createIfMissing`: all of them get the one key that ended up in the file.
 *
 * @throws GatewayError `vault_unavailable` that says what to do when the file is missing, unreadable, malformed, or can
 * be read by other users of the machine; it never shows content of the file
 */
export async function keysFromFile(
  path: string,
  { createIfMissing = false }: { readonly createIfMissing?: boolean } = {},
): Promise<readonly LocalKey[]> {
  const found = await readPrivateFile(path);
  if (found !== undefined) return parseKeyFile(path, found);
  if (!createIfMissing) throw refusal(path, 'does not exist. Put the file back, or name the right one.');
  await createFileOnce(path, newKeyFile()).catch((cause: unknown) => {
    throw refusal(path, `cannot be created (${systemCode(cause)}).`, cause);
  });
  const created = await readPrivateFile(path);
  if (created === undefined) throw refusal(path, 'was created and is gone again.');
  return parseKeyFile(path, created);
}

function newKeyFile(): string {
  const bytes = randomBytes(KEY_BYTES);
  return `${JSON.stringify({ keys: [{ id: localKey(bytes).id, key: bytes.toString('base64') }] }, null, 2)}\n`;
}

/** The content, or `undefined` when there is no such file. Asks the open file, which nobody can swap in between. */
async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      assertPrivate(path, await file.stat());
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (GatewayError.is(cause)) throw cause;
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw refusal(path, `cannot be read (${systemCode(cause)}).`, cause);
  }
}

function assertPrivate(path: string, stats: Stats): void {
  if (!stats.isFile()) throw refusal(path, 'is not a file.');
  if (stats.size > LARGEST_FILE_BYTES) throw refusal(path, 'is too large to be a key file.');
  // Windows reports made-up permission bits; there the folder's access list has to protect the file.
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) {
    throw refusal(path, 'can be reached by other users of this machine. Allow its owner only: chmod 600.');
  }
}

function parseKeyFile(path: string, content: string): readonly LocalKey[] {
  const parsed = keyFile.safeParse(jsonOf(content));
  if (!parsed.success) throw refusal(path, 'is damaged: {"keys": [{"key": "<32 bytes in base64>"}]} was expected.');
  const keys = readEntries(path, parsed.data.keys);
  parsed.data.keys.forEach(({ id }, index) => {
    if (id !== undefined && id !== keys[index]?.id) {
      throw refusal(path, `is damaged: the id of encryption key ${index + 1} does not fit the key.`);
    }
  });
  return keys;
}

function readEntries(path: string, entries: readonly { readonly key: string }[]): readonly LocalKey[] {
  try {
    return keysFromEntries(entries.map(({ key }) => key));
  } catch (cause) {
    throw refusal(path, `is damaged. ${GatewayError.is(cause) ? cause.message : ''}`, cause);
  }
}

/** JSON.parse quotes what it stumbled over, which is key material here: its error goes no further. */
function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

function refusal(path: string, problem: string, cause?: unknown): GatewayError<'vault_unavailable'> {
  return new GatewayError('vault_unavailable', `The key file ${path} ${problem}`, { cause });
}
