/** Every job and what it carries: ids only. The queue may lose any of them; the rows they point to are the truth. */
export interface Jobs {
  /** Look for credentials that are due. */
  readonly 'refresh.tick': Record<string, never>;
  /** Look for deliveries that wait, and for stores whose subscriptions are to be looked at. */
  readonly 'webhooks.tick': Record<string, never>;
  /** Look for lists that are to be asked for changes. */
  readonly 'polls.tick': Record<string, never>;
  /** Look for stores whose health is to be looked at. */
  readonly 'probes.tick': Record<string, never>;
  /** Look for grants that are to be given back. */
  readonly 'revocations.tick': Record<string, never>;
  /** Look for what is the operator's to act on. */
  readonly 'alerts.tick': Record<string, never>;
  /** Make events of a delivery. */
  readonly 'webhook.process': { readonly tenantId: string; readonly deliveryId: string };
  /** Let the next signing key sign, when the current one has signed for long enough. */
  readonly 'signingKeys.tick': Record<string, never>;
  /** Forget what is kept for a time only. */
  readonly 'forget.tick': Record<string, never>;
  /** Prove keys that a shop has posted. */
  readonly 'connect.prove': { readonly tenantId: string; readonly attemptId: string };
}

export type JobName = keyof Jobs;

/** The recurring ones, and how often each is done, in seconds. */
export type TickName = Extract<JobName, `${string}.tick`>;
export type TickPeriods = Readonly<Record<TickName, number>>;

/** One handler for every job: leaving one out does not compile. */
export type JobHandlers = { readonly [Name in JobName]: (data: Jobs[Name]) => Promise<void> };

export const QUEUE_NAME = 'shopspan';
