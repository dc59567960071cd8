import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const DEBOUNCE_MS = 150;

/** A file that follows a state in memory. */
export interface StateFile {
  /** What was saved last, or undefined when there is nothing readable. An unreadable file is put aside, not overwritten. */
  load(): Promise<unknown>;
  /** Asks for a save soon; many calls in a row make one save. */
  changed(): void;
  /** Saves now if anything changed. Resolves when the file is on its place. */
  flush(): Promise<void>;
}

async function writeWhole(path: string, state: unknown): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Tokens are inside, so nobody else on the machine may read it.
  await writeFile(temporary, JSON.stringify(state), { mode: 0o600 });
  await rename(temporary, path);
}

async function readWhole(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    await rename(path, `${path}.unreadable`);
    return undefined;
  }
}

/**
 * Keeps a state in a file: temporary file, then rename, mode 0600.
 * @param path absent = nothing is kept
 * @param collect gives the state to save, called at the moment of saving
 */
export function createStateFile(path: string | undefined, collect: () => unknown): StateFile {
  let timer: NodeJS.Timeout | undefined;
  let dirty = false;
  let writing: Promise<void> = Promise.resolve();

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (path !== undefined && dirty) {
      dirty = false;
      writing = writing.catch(() => undefined).then(() => writeWhole(path, collect()));
    }
    return writing;
  };

  return {
    load: () => (path === undefined ? Promise.resolve(undefined) : readWhole(path)),
    changed() {
      dirty = true;
      if (path === undefined) return;
      timer ??= setTimeout(() => {
        // A full disk must not end the sandbox; the next change tries again.
        flush().catch(() => (dirty = true));
      }, DEBOUNCE_MS).unref();
    },
    flush,
  };
}
