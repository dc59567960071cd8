import type { Scope } from '#contract';
import type { StoreRow } from '#persistence';
import type { Ticket } from './tickets.js';

/** What somebody is asked to agree to. */
export interface ConsentQuestion {
  readonly clientName: string;
  readonly appName: string;
  readonly user: Ticket['user'];
  readonly scopes: readonly Scope[];
  /** The stores concerned; `more` says how many there are beyond those named. */
  readonly stores: readonly Pick<StoreRow, 'name' | 'domain'>[];
  readonly narrowed: boolean;
  readonly more: boolean;
  /** Proves that an answer comes from a page made for this question. */
  readonly csrf: string;
}

export type ConsentLook =
  { readonly kind: 'question'; readonly question: ConsentQuestion } | { readonly kind: 'stale'; readonly csrf: string };

export interface ConsentAnswer {
  readonly csrf: string;
  readonly agreed: boolean;
}

/** Nobody can be asked: the browser has no such question open. */
export class NoSuchConsent extends Error {
  override readonly name = 'NoSuchConsent';
}
