/**
 * Time that passes only when nothing is left to do. What the product's own code does between two of its ways out are
 * promises that follow one another at once; a turn of the event loop that touched no way out was the last one.
 */
export interface VirtualTime {
  /** Milliseconds since the world began. */
  now(): number;
  after(milliseconds: number, run: () => void): void;
  /** To be called whenever the product's code is set going, and at each of its ways out. */
  touch(): void;
  /** Lets happen what happens until then. Ends early, between two events, when `stop` says so. */
  runUntil(end: number, stop: () => boolean): Promise<void>;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const isBefore = (one: Happening, other: Happening): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

export function createVirtualTime(): VirtualTime {
  const heap: Happening[] = [];
  let now = 0;
  let order = 0;
  let touched = false;

  async function settle(): Promise<void> {
    while (touched) {
      touched = false;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  return {
    now: () => now,
    after(milliseconds, run) {
      push(heap, { at: now + Math.max(0, milliseconds), order: (order += 1), run });
    },
    touch() {
      touched = true;
    },
    async runUntil(end, stop) {
      await settle();
      while ((heap[0]?.at ?? Infinity) <= end && !stop()) {
        const next = pop(heap);
        if (next === undefined) break;
        now = next.at;
        next.run();
        if (touched) await settle();
      }
      if (!stop()) now = Math.max(now, end);
    },
  };
}

function push(heap: Happening[], added: Happening): void {
  let index = heap.length;
  heap.push(added);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(added, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = added;
}

function pop(heap: Happening[]): Happening | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    if (left === undefined) break;
    const takesRight = right !== undefined && isBefore(right, left);
    const smaller = takesRight ? right : left;
    if (!isBefore(smaller, last)) break;
    heap[index] = smaller;
    index = 2 * index + (takesRight ? 2 : 1);
  }
  heap[index] = last;
  return first;
}
