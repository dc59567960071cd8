import { problem } from '#operator-api';

/** Why there is no answer: the gateway refused, failed, said something unreadable, or cannot be reached. */
export type TroubleKind = 'refused' | 'failed' | 'unreadable' | 'unreachable';

export interface TroubleFacts {
  readonly kind: TroubleKind;
  readonly sentence: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  /** What to do, where the gateway says it. */
  readonly advice?: string;
}

/** A question without an answer. `message` is one sentence for the person who asked. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly facts: TroubleFacts;

  constructor(facts: TroubleFacts, cause?: unknown) {
    super(facts.sentence, { cause });
    this.facts = facts;
  }
}

/** Whatever was thrown, as trouble. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  return new Trouble({ kind: 'unreadable', sentence: 'The console met an error of its own.' }, error);
}

/** An answer that is no success, as problem+json says it; one that is none is told by its status. */
export function troubleFrom(status: number, body: unknown): Trouble {
  const kind = status >= 500 ? 'failed' : 'refused';
  const read = problem.safeParse(body);
  if (!read.success) {
    return new Trouble({ kind, status, sentence: `The gateway answered with status ${status} and no explanation.` });
  }
  const { code, title, detail, requestId } = read.data;
  return new Trouble({
    kind,
    status,
    code,
    sentence: detail ?? title ?? 'The gateway refused without a reason.',
    ...(detail === undefined || title === undefined ? {} : { advice: title.replaceAll('`', '') }),
    ...(requestId === undefined ? {} : { requestId }),
  });
}

/** Nobody answered at all. */
export function unreachable(cause: unknown): Trouble {
  return new Trouble({ kind: 'unreachable', sentence: 'The gateway does not answer.' }, cause);
}

/** An answer in words this console does not know. @param path of the question */
export function unreadable(path: string, cause: unknown): Trouble {
  const sentence = 'The gateway answered something that this console cannot read; it may be of another version.';
  return new Trouble({ kind: 'unreadable', code: path.split('?')[0] ?? path, sentence }, cause);
}

/** Whether what is shown may be out of date because of it: a refusal is an answer, everything else is none. */
export function hidesTheTruth(error: unknown): boolean {
  return troubleOf(error).facts.kind !== 'refused';
}
