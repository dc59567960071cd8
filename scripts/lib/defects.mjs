// Deliberate defects of the code that renews credentials. Each `find` must be in its file exactly once.
const LIFECYCLE = 'libs/connections/lifecycle/';
const RENEW = `${LIFECYCLE}renew-credential.ts`;
const SCHEDULE = `${LIFECYCLE}refresh-schedule.ts`;
const POLICY = `${LIFECYCLE}policy.ts`;
const POOL = `${LIFECYCLE}refresh-pool.ts`;
const NOW = `${LIFECYCLE}renew-now.ts`;
const ENDPOINT = 'libs/connections/token-endpoint.ts';
const ROWS = 'libs/testing/simulation/simulated-rows.ts';
const PORT = 'libs/persistence/credential-repository.ts';
const SPECS = {
  schedule: `${LIFECYCLE}refresh-schedule.spec.ts`,
  endpoint: 'libs/connections/token-endpoint.spec.ts',
  policy: `${LIFECYCLE}policy.spec.ts`,
  now: `${LIFECYCLE}renew-now.spec.ts`,
  pool: `${LIFECYCLE}refresh-pool.spec.ts`,
  renew: `${LIFECYCLE}renew-credential.spec.ts`,
  repository: 'libs/testing/simulation/simulated-credentials.spec.ts',
};

/** `spec` is run where it names one; the simulation where it does not. Those in simulated-rows.ts are of the repository. */
export const DEFECTS = [
  {
    name: 'the grace does not hold for callers',
    file: ROWS,
    find: 'dueAt, notBefore: dueAt',
    put: 'dueAt',
    spec: SPECS.repository,
  },
  {
    name: 'a claim that is over is held on to',
    file: ROWS,
    find: 'if (!holds(row, claimed) || isFree(row)) return false;',
    put: 'if (row === undefined) return false;',
    spec: SPECS.repository,
  },
  {
    name: 'a slow answer of a strict platform is not waited for',
    file: POLICY,
    find: 'return PATIENT_DEADLINE_MS;',
    put: 'return DEADLINE_MS;',
  },
  {
    name: 'nobody holds on to a claim under a long call',
    file: RENEW,
    find: 'deadlineOf(policy) > DEADLINE_MS ? holding(context, claimed, ask) : ask()',
    put: 'ask()',
  },
  {
    name: 'no compare-and-set',
    file: ROWS,
    find: 'row?.id !== claimed.id || row.version !== grant.version - 1',
    put: 'row === undefined',
    spec: SPECS.repository,
  },
  {
    name: 'a new grant is the same credential as the old one',
    file: ROWS,
    find: 'row?.id !== claimed.id || row.version',
    put: 'row === undefined || row.version',
    spec: SPECS.repository,
  },
  {
    name: 'claims ignore whoever holds it',
    file: ROWS,
    find: 'isDue(row) && isFree(row) && may(row)',
    put: 'isDue(row) && may(row)',
    spec: SPECS.repository,
  },
  { name: 'claims ignore urgency', file: ROWS, find: '.sort(byExpiry)', put: '', spec: SPECS.repository },
  {
    name: 'a refusal of a lost claim counts',
    file: ROWS,
    find: "!holds(row, claimed) || row.version !== claimed.version || row.state !== 'active') return 'superseded'",
    put: "row === undefined) return 'superseded'",
    spec: SPECS.repository,
  },
  {
    name: 'backoff is not cleared by a reconnect',
    file: ROWS,
    find: 'const row = { id, store, strategy, sealed, version, ...times, ...UNTROUBLED };',
    put: 'const row = { id, store, strategy, sealed, version, ...times, ...UNTROUBLED, notBefore: all.get(keyOf(store))?.notBefore ?? null };',
    spec: SPECS.repository,
  },
  {
    name: 'lease shorter than the deadline',
    file: POLICY,
    find: 'LEASE_SECONDS = 30',
    put: 'LEASE_SECONDS = 6',
    also: { find: '(LEASE_SECONDS * 1000) / 3', put: '10_000' },
  },
  { name: 'deadline longer than the lease', file: POLICY, find: '(LEASE_SECONDS * 1000) / 3', put: '60_000' },
  {
    name: 'retry after the final refusal',
    file: ROWS,
    find: 'const isFinal = refusals >= FINAL_REFUSALS;',
    put: 'const isFinal = refusals < 0;',
  },
  { name: 'the first refusal is believed', file: PORT, find: 'FINAL_REFUSALS = 2', put: 'FINAL_REFUSALS = 1' },
  { name: 'the fourth refusal is believed', file: PORT, find: 'FINAL_REFUSALS = 2', put: 'FINAL_REFUSALS = 5' },
  { name: 'no grace before the second try', file: POLICY, find: 'GRACE_SECONDS = 2', put: 'GRACE_SECONDS = 0' },
  {
    name: 'a call is made with a claim that is over',
    file: RENEW,
    find: 'context.elapsed() - claimedAt > LEASE_SECONDS * 1000 - DEADLINE_MS',
    put: 'false',
  },
  { name: 'a missing refresh token overwrites the old one', file: ENDPOINT, find: 'next ?? refreshToken', put: 'next' },
  {
    name: 'a late answer is dropped where it is the only one',
    file: POLICY,
    find: "return policy.kind !== 'rotating' || typeof policy.previousToken !== 'object';",
    put: 'return false;',
  },
  {
    name: 'a late answer is kept where it is not the last',
    file: POLICY,
    find: "return policy.kind !== 'rotating' || typeof policy.previousToken !== 'object';",
    put: 'return true;',
    spec: SPECS.policy,
  },
  {
    name: 'saving is not tried again',
    file: `${LIFECYCLE}save-stubbornly.ts`,
    find: 'if (elapsed() > until || (!passes && tries + 1 >= TRIES_WITHOUT_OUTAGE)) throw error;',
    put: 'throw error;',
  },
  {
    name: 'Retry-After is ignored',
    file: RENEW,
    find: '(failure.context.retryAfterMs ?? 0) / 1000',
    put: '0',
  },
  {
    name: 'a time that the platform named does not hold for callers',
    file: ROWS,
    find: 'if (row.notBefore !== null && row.notBefore > now()) return undefined;',
    put: '',
  },
  {
    name: 'the try is not written before the call',
    file: ROWS,
    find: 'attempt: row.attempt + 1, attemptStartedAt: now()',
    put: 'attempt: row.attempt',
    spec: SPECS.repository,
  },
  {
    name: 'a call is waited for whose claim is lost',
    file: RENEW,
    find: 'keepsLateAnswer(policy) ? undefined : lost',
    put: 'undefined',
    spec: SPECS.renew,
  },
  {
    name: 'the only answer is not waited for when its claim is lost',
    file: RENEW,
    find: 'keepsLateAnswer(policy) ? undefined : lost',
    put: 'lost',
    spec: SPECS.renew,
  },
  {
    name: 'one slow platform takes all places',
    file: POOL,
    find: '.filter(([, count]) => count >= mostOfPlatform)',
    put: '.filter(() => false)',
    spec: SPECS.pool,
  },
  {
    name: 'a client is not paced',
    file: POOL,
    find: 'const wait = pace.take(client, perSecond, LONGEST_TURN_MS);',
    put: 'const wait = 0;',
    spec: SPECS.pool,
  },
  {
    name: 'what was claimed and not used counts as a try',
    file: ROWS,
    find: 'attempt: row.attempt - 1',
    put: 'attempt: row.attempt',
    spec: SPECS.repository,
  },
  { name: 'due at the end of life', file: SCHEDULE, find: 'const HALF = 0.5;', put: 'const HALF = 0.98;' },
  { name: 'no jitter', file: SCHEDULE, find: 'const JITTER = 0.1;', put: 'const JITTER = 0;', spec: SPECS.schedule },
  {
    name: 'a tight loop on tokens of no seconds',
    file: SCHEDULE,
    find: 'Math.max(half, LEAST_SECONDS)',
    put: 'half',
    spec: SPECS.schedule,
  },
  {
    name: 'a due date that is no number',
    file: SCHEDULE,
    find: 'dueSeconds: lifetimes.length === 0 ? null : Math.max(half, LEAST_SECONDS)',
    put: 'dueSeconds: Math.max(half, LEAST_SECONDS) * 0',
  },
  {
    name: 'backoff that never grows short near the end',
    file: SCHEDULE,
    find: 'left !== null && left > 0',
    put: 'left === Infinity',
  },
  {
    name: 'retries without a wait',
    file: SCHEDULE,
    find: 'return 1 + cap * random();',
    put: 'return 0;',
    spec: SPECS.schedule,
  },
  {
    name: 'single-flight without the tenant',
    file: NOW,
    find: '`${tenantId}/${storeId}/${seenVersion}`',
    put: '`${storeId}`',
    spec: SPECS.now,
  },
  {
    name: 'a failure is taken for a refusal',
    file: RENEW,
    find: 'if (error instanceof GrantRefused) return',
    put: 'return',
  },
  {
    name: 'a refusal is taken for a failure',
    file: RENEW,
    find: 'if (error instanceof GrantRefused) return await refuse(context, claimed, error);',
    put: '',
  },
  {
    name: 'the new pair has the place of the old one',
    file: RENEW,
    find: 'const version = claimed.version + 1;',
    put: 'const version = claimed.version;',
  },
  {
    name: 'a lifetime of nonsense costs the pair',
    file: ENDPOINT,
    find: " || (name === 'expires_in' && !isLifetime(value))",
    put: '',
  },
  {
    name: 'a renewed token without a lifetime never expires',
    file: ENDPOINT,
    find: 'grant.accessSeconds ?? endpoint.strategy.defaultLifetimeSeconds;\n  return',
    put: 'grant.accessSeconds;\n  return',
  },
];
