import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** SHA-256 over names and contents: a checkout or a copy, which changes only times, is no change. */
export function contentHash(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readIfThere(path.join(root, file));
    hash.update(`${file}\0${content === undefined ? 'missing' : content.length}\0`).update(content ?? '');
  }
  return hash.digest('hex');
}

/** @returns {string[]} every file below the folders, relative to root, in a fixed order */
export function listFiles(root, folders) {
  const files = folders.flatMap((folder) => {
    const entries = readDirectory(path.join(root, folder));
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  });
  return files.map((file) => file.split(path.sep).join('/')).sort();
}

function readDirectory(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

export function readIfThere(file, encoding) {
  try {
    return readFileSync(file, encoding);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** @returns {unknown} undefined for a file that is missing or no JSON */
export function readJsonIfThere(file) {
  try {
    return JSON.parse(readIfThere(file, 'utf8') ?? '');
  } catch {
    return undefined;
  }
}
