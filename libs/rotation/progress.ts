/** Of tenants or keys, how many are listed at once, and worked on at once. */
export const PAGE = 200;
export const HANDS = 4;

/** How far a run is. */
export interface Progress {
  readonly step: 'rewrapping' | 'new data keys' | 'sealing anew' | 'waiting' | 'destroying' | 'deleting' | 'marking';
  readonly done: number;
  /** As it was counted when the step began; others go on writing meanwhile. */
  readonly of: number;
  readonly perSecond: number;
}

export type Report = (progress: Progress) => void;

/** Counts one step and reports after each piece of it. */
export function counting(step: Progress['step'], of: number, report: Report): { add(count: number): void } {
  const startedAt = performance.now();
  let done = 0;
  const tell = () => {
    const seconds = (performance.now() - startedAt) / 1000;
    report({ step, done, of: Math.max(of, done), perSecond: seconds === 0 ? 0 : Math.round(done / seconds) });
  };
  tell();
  return {
    add(count) {
      done += count;
      tell();
    },
  };
}

/** Works on a list with a few hands at once. The first failure ends it. */
export async function withHands<T>(
  hands: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const hand = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

/** Walks over pages; `next` gives the page after an item, and an empty one ends it. */
export async function eachPage<T>(
  next: (last: T | undefined) => Promise<readonly T[]>,
  work: (page: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let page = await next(undefined); page.length > 0; page = await next(page.at(-1))) await work(page);
}
