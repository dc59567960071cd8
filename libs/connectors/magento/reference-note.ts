import { z } from 'zod';
import { list, text } from './atoms.js';

// Shipments and credit memos have no number of ours, but a comment that goes along when they are made, is shown to nobody
// outside the back office and comes back with them. They are searched in the shop's own database and do not lag.
const MARK = / ?\[ref:([\w-]{1,60})\]$/;

/** Comments of a record; in the order the platform prints them. */
export const comments = list(z.object({ comment: text })).catch([]);
export type Comments = z.infer<typeof comments>;

/** The comment that goes along: what is said, with the reference of the write at its end. */
export function commentWith(words: string | undefined, reference: string) {
  return { comment: `${words ?? ''} [ref:${reference}]`.trimStart(), is_visible_on_front: 0 };
}

export function saysReference(given: Comments, reference: string): boolean {
  return given.some(({ comment }) => MARK.exec(comment ?? '')?.[1] === reference);
}

/** What the first comment says, without the reference. */
export function wordsIn(given: Comments): string | null {
  return given[0]?.comment?.replace(MARK, '') || null;
}
