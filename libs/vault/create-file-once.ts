import { randomBytes } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Creates a private file (0600) with this content unless the path is taken; who comes second changes nothing. The file
 * appears at its path complete and on disk or not at all: it is written under another name first and then linked, which
 * fails when the path exists. Folders on the way are made, for the owner only.
 *
 * @throws the file system's error when the folder cannot be written or does not know hard links
 */
export async function createFileOnce(path: string, content: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${basename(path)}.${randomBytes(8).toString('hex')}`);
  try {
    await writeDurably(draft, content);
    await linkUnlessTaken(draft, path);
  } finally {
    await unlinkIfThere(draft);
  }
  await flushFolder(folder);
}

async function writeDurably(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

async function linkUnlessTaken(draft: string, path: string): Promise<void> {
  await link(draft, path).catch(unless('EEXIST'));
}

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch(unless('ENOENT'));
}

/** The new name is safe from a power cut only when the folder is flushed too. Windows has no such call. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error && 'code' in error && error.code === code)) throw error;
  };
}
