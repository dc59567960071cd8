import type { RequestContext } from '../graphql/request-context.js';

/** The moment of a write: the platform keeps whole seconds. */
export function wholeSecondOf({ now }: Pick<RequestContext, 'now'>): number {
  return Math.floor(now.getTime() / 1_000) * 1_000;
}
