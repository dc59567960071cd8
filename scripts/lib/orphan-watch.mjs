import { readFileSync } from 'node:fs';

const CHECK_MS = 250;

/**
 * Notices that npm, which runs this script, has gone. npm passes a signal only to the shell between it and us, and the shell
 * ends without passing it on; after a kill -9 of npm the shell even stays.
 * @returns {() => void} stops watching
 */
export function onceOrphaned(work) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    work();
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Up to npm and no further: its own parent may end when somebody logs out. */
function ancestors() {
  const parent = process.ppid;
  const isShellOfNpm = read(`/proc/${parent}/cmdline`).includes('\0-c\0');
  // Field 4 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, after the name in parentheses.
  const grandparent = isShellOfNpm ? read(`/proc/${parent}/stat`).split(')').at(-1).split(' ')[2] : '';
  return `${parent} ${grandparent}`;
}

/** Empty where there is no such file: other systems know only the parent. */
function read(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
