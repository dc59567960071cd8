import { z } from 'zod';
import type { Faults } from './platform.js';

/** A fault as a test suite orders it. */
export const faultSchema = z.strictObject({
  kind: z.enum(['down', 'html', 'slow', 'late', 'reset', 'brokenRecord', 'status']),
  /** HTTP status of kind `status`; 503 when absent. */
  status: z.number().int().min(200).max(599).exactOptional(),
  /** Body of kind `status`: a string goes out as text, anything else as JSON. */
  body: z.json().exactOptional(),
  /** Header `Retry-After` of kind `status`, as it stands. */
  retryAfter: z.string().max(100).exactOptional(),
  /** Prefix of the path behind the host segment; absent = every path. */
  path: z.string().startsWith('/').max(500).exactOptional(),
  /** How many requests it strikes; absent = until removed. */
  count: z.number().int().min(1).max(1_000_000).exactOptional(),
  /** Pause of kind `slow` (before anything is done) or `late` (all is done, the answer waits) in milliseconds; 10,000 when absent. */
  delayMs: z.number().int().min(0).max(600_000).exactOptional(),
});

/** A fault as a test suite orders it. */
export type Fault = z.infer<typeof faultSchema>;

/** The faults in force, at most one per host. */
export interface FaultBoard extends Faults {
  /** Replaces whatever fault the host had. */
  set(host: string, fault: Fault): void;
  clear(host: string): void;
  /** The fault the root server must carry out on this request, if any. Counts as one use. */
  take(host: string, path: string): Fault | undefined;
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

/** Creates an empty board. Faults are not kept over a restart. */
export function createFaults(): FaultBoard {
  const armed = new Map<string, Armed>();

  const use = (host: string, path: string, wanted: (kind: Fault['kind']) => boolean): Fault | undefined => {
    const entry = armed.get(host);
    if (entry === undefined || !wanted(entry.fault.kind)) return undefined;
    if (entry.fault.path !== undefined && !path.startsWith(entry.fault.path)) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) armed.delete(host);
    return entry.fault;
  };

  return {
    set: (host, fault) => void armed.set(host, { fault, left: fault.count ?? Number.POSITIVE_INFINITY }),
    clear: (host) => void armed.delete(host),
    take: (host, path) => use(host, path, (kind) => kind !== 'brokenRecord'),
    takeBrokenRecord: (host, path) => use(host, path, (kind) => kind === 'brokenRecord') !== undefined,
  };
}
