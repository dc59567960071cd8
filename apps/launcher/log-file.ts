import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export interface LogFile {
  write(text: string): void;
  close(): void;
}

const MAXIMUM_BYTES = 10 * 1024 * 1024;

/**
 * Appends to a file; when it is full it becomes `<file>.1`, whose predecessor goes. Never fails: what cannot be written (a
 * full disk) is lost, the program whose log it is goes on.
 */
export function openLogFile(file: string, maximumBytes = MAXIMUM_BYTES): LogFile {
  let descriptor = openSync(file, 'a', 0o600);
  let size = fstatSync(descriptor).size;

  const rotate = (): void => {
    closeSync(descriptor);
    renameSync(file, `${file}.1`);
    descriptor = openSync(file, 'a', 0o600);
    size = 0;
  };

  return {
    write(text) {
      try {
        if (size >= maximumBytes) rotate();
        size += writeSync(descriptor, text);
      } catch {
        // Nobody is left to tell.
      }
    },
    close: () => closeSync(descriptor),
  };
}
