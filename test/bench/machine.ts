import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';

// USER_HZ: the same on every Linux that Node runs on.
const TICKS_PER_SECOND = 100;

/** What a figure was measured on, and how busy that was with other things. */
export function machine(): {
  readonly cores: number;
  readonly model: string;
  readonly node: string;
  readonly load: number;
} {
  const [load = 0] = loadavg();
  return { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version, load };
}

/** Seconds of processor that a process and its children have used so far; null where the system does not tell. */
export function cpuSecondsOf(pid: number): number | null {
  try {
    const family = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf)
      .filter((stat) => stat !== undefined && (stat.pid === pid || stat.parent === pid));
    return family.reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

function statOf(pid: string): { readonly pid: number; readonly parent: number; readonly ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold spaces and brackets; what follows its last bracket is numbers.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, reapedUser, reapedSystem] = fields.slice(11, 15).map(Number);
    const ticks = (user ?? 0) + (system ?? 0) + (reapedUser ?? 0) + (reapedSystem ?? 0);
    return { pid: Number(pid), parent: Number(fields[1]), ticks };
  } catch {
    return undefined;
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which this part of them lies; 0 for none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
