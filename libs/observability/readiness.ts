import { withinTime } from './within-time.js';

/** How a part is that a process needs, in words for whoever runs it. */
export interface PartCondition {
  readonly state: 'well' | 'away' | 'unfit';
  readonly words: string;
}

/** The same, and since when it is so as far as this process has looked. */
export interface SeenPart extends PartCondition {
  readonly since: Date;
}

export interface Part {
  readonly name: string;
  /** Rejects or hangs where nobody answers. */
  readonly look: () => Promise<PartCondition>;
  /** What is said then. */
  readonly silent: string;
  /** Whether the process is ready while this part is away; never while it is unfit. */
  readonly mayBeAway?: true;
}

export interface Readiness {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, SeenPart>>;
}

/** A load balancer gives up after a second or two: everything is asked at once, and nobody is waited for any longer. */
const PATIENCE_MS = 700;
// So long one question is left open before the next is asked: what hangs must not be buried in questions.
const ASK_AGAIN_MS = 3_000;

/** Looks at all parts at once, whenever asked. Nothing is well that has not just said so. */
export function createReadiness(parts: readonly Part[], now: () => Date = () => new Date()): () => Promise<Readiness> {
  const seen = new Map<string, SeenPart>();
  const looks = parts.map((part) => ({ ...part, look: sharing(part.look) }));
  return async () => {
    const found = await Promise.all(
      looks.map(async ({ name, look, silent }) => {
        const condition = await withinTime(PATIENCE_MS, look()).catch((): PartCondition => ({
          state: 'away',
          words: silent,
        }));
        const before = seen.get(name);
        const since = before?.state === condition.state ? before.since : now();
        seen.set(name, { ...condition, since });
        return [name, { ...condition, since }] as const;
      }),
    );
    const conditions = Object.fromEntries(found);
    const ready = parts.every(({ name, mayBeAway }) => {
      const state = conditions[name]?.state;
      return state === 'well' || (state === 'away' && mayBeAway === true);
    });
    return { ready, parts: conditions };
  };
}

/** Those who ask while a question is open get its answer; one that is open for too long is given up. */
export function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let open: { readonly answer: Promise<T>; readonly since: number } | undefined;
  return () => {
    if (open !== undefined && performance.now() - open.since < ASK_AGAIN_MS) return open.answer;
    const mine = { answer: ask(), since: performance.now() };
    open = mine;
    const close = () => {
      if (open === mine) open = undefined;
    };
    mine.answer.then(close, close);
    return mine.answer;
  };
}
