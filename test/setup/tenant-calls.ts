import { randomBytes, randomUUID } from 'node:crypto';
import type * as persistence from '../../libs/persistence/index.js';
import type { TenantTransaction } from '../../libs/persistence/index.js';
import type { Session, TenantRows } from './tenants.js';

/** A tenant's rows by their ids, as {@link fillTenant} made them. */
export interface Victim extends TenantRows {
  readonly sql: Session['sql'];
  /** The id of its one row in a table. */
  id(table: string): Promise<string>;
}

type Persistence = typeof persistence;
type Rest<F> = F extends (tx: TenantTransaction, ...rest: infer R) => Promise<unknown> ? R : never;
/** Every exported function of `#persistence` that works in a tenant's transaction, by its type. */
export type TenantFunction = Exclude<
  {
    [K in keyof Persistence]: Persistence[K] extends (tx: TenantTransaction, ...rest: never[]) => Promise<unknown>
      ? K
      : never;
  }[keyof Persistence],
  // Write no row of a tenant's: the target is a name that the caller has proved to be its own, or that a log keeps.
  'cutOffAccess' | 'actAsOperator'
>;

const NEW_KEY = { name: 'x', allowedAddresses: [], rotatedFrom: null };
const bytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(16));
const failure = { code: 'x', message: 'x' };
const later = new Date(Date.now() + 3_600_000);
const grant = {
  ...{ strategy: 's', sealed: bytes(), version: 2, accessSeconds: 1, refreshSeconds: 1, dueSeconds: 1 },
};
const claimed = async (victim: Victim) => {
  await victim.sql("UPDATE credentials SET lease_owner = 'me', lease_until = now() + interval '1 hour' WHERE id = $1", [
    victim.credentialId,
  ]);
  return victim;
};
const changed = async (victim: Victim, statement: string) => {
  await victim.sql(statement.replace('$tenant', `tenant_id = '${victim.tenantId}'`));
  return victim;
};
const store = (victim: Victim) => ({
  ...{ id: randomUUID(), tenantId: victim.tenantId, appId: victim.appId, platform: 'example', clientKey: randomUUID() },
  ...{ clientHandle: null, account: 'other', apiRoot: 'r', platformId: '2', name: 'n', domain: 'd', currency: 'EUR' },
  ...{ timezone: null, externalId: null, mode: 'test', scopesWanted: [], scopesGranted: [], access: [] },
  ...{ status: 'active' },
});
const event = ({ tenantId, appId, storeId }: Victim) => ({
  ...{ tenantId, appId, storeId, type: 'store.connected', recordKind: null, platformId: null, details: null },
  occurredAt: null,
});
const client = (victim: Victim) => ({
  ...{ id: randomUUID(), tenantId: victim.tenantId, appId: victim.appId, platform: 'other', handle: randomUUID() },
  ...{ clientId: 'c', sealedSecret: bytes(), sealedPreviousSecret: null, previousUntil: null, installAccess: [] },
  version: 1,
});
const attempt = ({ tenantId, sessionId }: Victim) => ({
  ...{ id: randomUUID(), tenantId, sessionId, platform: 'example', strategy: 's', account: 'a', apiRoot: 'r' },
  ...{ clientHandle: null, browserHash: bytes(), scopesWanted: [], expiresAt: later, stateHash: bytes() },
  callbackHash: null,
});
/** A data key of the victim's, and a value that names it. */
const sealedKey = async ({ tenantId, credentialId, sql }: Victim): Promise<string> => {
  const id = randomBytes(12).toString('hex');
  const values = [`dek_${id}`, tenantId, randomBytes(8)];
  await sql("INSERT INTO data_keys (id, tenant_id, kek_id, wrapped, generation) VALUES ($1, $2, 'kek', $3, 9)", values);
  await sql("UPDATE credentials SET sealed = decode('01' || $2 || repeat('00', 40), 'hex') WHERE id = $1", [
    ...[credentialId, id],
  ]);
  return `dek_${id}`;
};

type Calls = {
  readonly [F in TenantFunction]: (victim: Victim) => Rest<Persistence[F]> | Promise<Rest<Persistence[F]>>;
};

/** Calls each function in such a way that it would show or change a row of the victim, if nothing stood in its way. */
export const TENANT_CALLS: Calls = {
  insertApp: ({ tenantId }) => [{ id: randomUUID(), tenantId, name: 'x', mode: 'test', returnOrigins: [] }],
  findApp: ({ appId }) => [appId],
  insertApiKey: ({ tenantId, appId }) => [
    { id: randomUUID(), tenantId, appId, hash: bytes(), lastFour: 'x', scopes: [], expiresAt: null, ...NEW_KEY },
  ],
  revokeApiKey: async (victim) => [await victim.id('api_keys')],
  listApiKeys: ({ appId }) => [appId],
  findApiKeyById: async (victim) => [await victim.id('api_keys')],
  endApiKey: async (victim) => [await victim.id('api_keys'), 9],
  setSuspended: ({ appId }) => [appId, true],
  insertOauthClient: ({ tenantId, appId }) => [
    {
      ...{ id: randomUUID(), tenantId, appId, name: 'x', kind: 'confidential', secretHash: bytes(), jwks: null },
      ...{ redirectUris: [], scopes: [], storeId: null },
    },
  ],
  replaceOauthSecret: async (victim) => [await victim.id('oauth_clients'), bytes(), 9],
  replaceOauthScopes: async (victim) => [await victim.id('oauth_clients'), []],
  disableOauthClient: async (victim) => [await victim.id('oauth_clients')],
  insertConnectSession: ({ tenantId, appId }) => [
    {
      ...{ id: randomUUID(), tenantId, appId, platform: null, returnUrl: null, externalId: null, storeId: null },
      ...{ openerOrigin: null, access: [], expiresAt: later, tokenHash: bytes() },
    },
  ],
  findConnectSession: ({ sessionId }) => [sessionId],
  findNewestAttempt: ({ sessionId }) => [sessionId],
  completeConnectSession: ({ sessionId, storeId }) => [sessionId, storeId],
  insertConnectAttempt: (victim) => [attempt(victim)],
  findConnectAttempt: ({ attemptId }) => [attemptId],
  listConnectAttempts: ({ sessionId }) => [sessionId],
  findReceivedAttempt: async (victim) => {
    await changed(
      victim,
      "UPDATE connect_attempts SET status = 'received', expires_at = now() + '1 hour' WHERE $tenant",
    );
    return [victim.sessionId, 'example'];
  },
  moveConnectAttempt: ({ attemptId }) => [attemptId, ['waiting'], { status: 'failed' }],
  takeAttemptForProving: async (victim) => {
    await changed(victim, "UPDATE connect_attempts SET status = 'received' WHERE $tenant");
    return [victim.attemptId, 60];
  },
  findCredential: ({ storeId }) => [storeId],
  findCredentialTimes: ({ storeId }) => [storeId],
  putCredential: ({ storeId }) => [{ id: randomUUID(), storeId }, grant],
  claimCredential: ({ storeId }) => [storeId, { claimer: 'me', seenVersion: 1, leaseSeconds: 60 }],
  saveRenewed: ({ credentialId }) => [{ id: credentialId, claimer: null }, grant],
  postponeCredential: async (victim) => [
    ...([(await claimed(victim)).storeId, 'me'] as const),
    { ...failure, retrySeconds: 9, isOrdered: true },
  ],
  extendClaim: async (victim) => [{ id: (await claimed(victim)).credentialId, claimer: 'me' }, 99],
  releaseCredential: async (victim) => [(await claimed(victim)).storeId, 'me', 9],
  refuseClaimed: async (victim) => [
    { storeId: (await claimed(victim)).storeId, version: 1, claimer: 'me' },
    failure,
    9,
  ],
  refuseCredential: ({ storeId }) => [storeId, { version: 1 }, failure],
  deleteCredential: ({ storeId }) => [storeId],
  eraseCopiesOfRecords: async (victim) => {
    await changed(victim, "UPDATE writes SET status = 'done' WHERE $tenant");
    return [victim.storeId, randomUUID()];
  },
  eraseShop: ({ storeId }) => [storeId, randomUUID()],
  appendEvents: (victim) => [victim.appId, [event(victim)]],
  findEventSequence: async (victim) => [victim.appId, await victim.id('events'), null],
  listEvents: ({ appId }) => [{ appId, after: undefined, storeId: undefined, types: undefined, limit: 9 }],
  moveHealth: ({ storeId }) => [storeId, 'paused'],
  recordStoreSuccess: ({ storeId }) => [storeId],
  recordStoreError: ({ storeId }) => [storeId, 'x', 'x'],
  noteTrouble: ({ storeId }) => [storeId, 'clientRefused'],
  countRefusal: ({ storeId }) => [storeId],
  setGrantedScopes: ({ storeId }) => [storeId, ['x']],
  scheduleProbe: ({ storeId }) => [storeId],
  noteEnding: ({ storeId }) => [storeId, { at: later, why: 'x' }, 7],
  replaceWrapping: async ({ tenantId, sql }) => {
    const [row] = await sql('SELECT id, wrapped FROM data_keys WHERE tenant_id = $1', [tenantId]);
    const wrapped = { keyId: 'kek', wrapped: row?.['wrapped'] as Buffer };
    return [{ id: String(row?.['id']), generation: 1, wrapped }, { wrapped: { keyId: 'new', wrapped: bytes() } }];
  },
  destroyDataKey: async (victim) => {
    const id = await victim.id('data_keys');
    await sealedKey(victim);
    return [id, 0];
  },
  findBrand: ({ appId }) => [appId],
  findBrandLogo: ({ appId }) => [appId],
  putBrand: ({ tenantId, appId }) => [{ tenantId, appId, name: 'theirs now', accent: null, support: null, logo: null }],
  deleteBrand: ({ appId }) => [appId],
  findPlatformClient: ({ appId }) => [appId, 'example'],
  listPlatformClients: ({ appId }) => [appId],
  insertPlatformClient: (victim) => [client(victim)],
  replacePlatformClient: async (victim) => [{ ...client(victim), id: await victim.id('platform_clients'), version: 2 }],
  deletePlatformClient: ({ appId }) => [appId, 'example'],
  putPolls: ({ storeId }) => [{ id: storeId }, ['orders.list'], later],
  findPoll: async (victim) => [await victim.id('polls')],
  advancePoll: async (victim) => {
    const [row] = await victim.sql('SELECT id, changed_to FROM polls WHERE tenant_id = $1', [victim.tenantId]);
    const from = { id: String(row?.['id']), changedTo: row?.['changed_to'] as Date, seen: {} };
    return [from, { changedTo: later, seen: {} }];
  },
  reschedulePoll: async (victim) => [await victim.id('polls'), 99, undefined],
  insertRevocation: ({ tenantId, storeId }) => [
    { id: randomUUID(), tenantId, storeId, strategy: 's', sealed: bytes(), version: 1, accessExpiresAt: null },
  ],
  findRevocation: async (victim) => [await victim.id('revocations')],
  saveRevocation: async (victim) => [
    ...([await victim.id('revocations')] as const),
    { sealed: bytes(), version: 2, accessExpiresAt: null },
  ],
  endRevocation: async (victim) => [await victim.id('revocations'), 'done', null],
  postponeRevocation: async (victim) => [await victim.id('revocations'), 99, 'x'],
  listSealedValues: async (victim) => [
    ...(['credential'] as const),
    { dataKeyId: await sealedKey(victim), after: '00000000-0000-0000-0000-000000000000' },
  ],
  replaceSealedValues: async (victim) => {
    const [row] = await victim.sql('SELECT id, sealed FROM credentials WHERE tenant_id = $1', [victim.tenantId]);
    return ['credential', [{ id: String(row?.['id']), old: row?.['sealed'] as Buffer, fresh: bytes() }]];
  },
  insertStore: (victim) => [store(victim) as Rest<Persistence['insertStore']>[0]],
  reconnectStore: ({ storeId }) => [
    storeId,
    {
      ...{
        platformId: '1',
        apiRoot: 'r',
        name: 'mine now',
        domain: 'd',
        currency: 'EUR',
        timezone: null,
        scopesWanted: [],
      },
      ...{ scopesGranted: [], access: [], clientHandle: null },
    },
  ],
  findStore: ({ storeId }) => [storeId],
  findStoreOfAccount: ({ appId }) => [appId, 'example', 'shop'],
  listStores: ({ appId }) => [{ appId, storeId: null }, undefined, 9],
  setStoreStatus: ({ storeId }) => [storeId, ['active'], 'paused', 'x'],
  setDisconnectedReason: async (victim) => {
    await changed(victim, "UPDATE stores SET status = 'disconnected' WHERE $tenant");
    return [victim.storeId, 'x'];
  },
  renameStore: ({ storeId }) => [storeId, 'mine now'],
  listActiveStores: () => [undefined, 9],
  markRestored: ({ storeId }) => [storeId, 60],
  shredTenant: () => [],
  deleteSomeOfTenant: () => ['events', 9],
  deleteTenantRow: () => [],
  findWebhookChannel: ({ storeId }) => [storeId],
  makeStoreDue: ({ storeId }) => [storeId],
  makeSubscriptionsDue: ({ storeId }) => [storeId],
  replayDeliveries: async (victim) => [
    [
      await (
        await changed(victim, "UPDATE webhook_deliveries SET status = 'failed' WHERE $tenant")
      ).id('webhook_deliveries'),
    ],
  ],
  setAppLimit: ({ appId }) => [appId, 7],
  findStoreWebhooks: ({ storeId }) => [storeId],
  countStoreDeliveries: ({ storeId }) => [storeId],
  listStorePolls: ({ storeId }) => [storeId],
  findCredentialState: ({ storeId }) => [storeId],
  listStoreHistory: ({ storeId }) => [{ storeId, before: later, most: 9 }],
  listPastAttempts: async (victim) => {
    const { storeId } = await changed(
      victim,
      `UPDATE connect_attempts SET store_id = '${victim.storeId}', status = 'failed' WHERE $tenant`,
    );
    return [{ storeId, before: later, most: 9 }];
  },
  listStoreDeliveries: ({ storeId }) => [{ storeId, before: later, most: 9 }],
  listOauthClients: ({ appId }) => [appId],
  listClientFacts: ({ appId }) => [appId],
  putWebhookChannel: ({ storeId }) => [{ id: randomUUID(), storeId, handle: randomUUID(), sealedSecret: bytes() }],
  rescheduleWebhookChannel: ({ storeId }) => [storeId, 99, undefined],
  listWebhookSubscriptions: ({ storeId }) => [storeId],
  replaceWebhookSubscriptions: ({ tenantId, storeId }) => [{ tenantId, storeId }, []],
  insertWebhookDelivery: ({ tenantId, appId, storeId }) => [
    {
      ...{ id: randomUUID(), tenantId, appId, storeId, origin: randomUUID(), platform: 'example', topic: 'orders' },
      ...{ dedupeKey: 'new', sealedPayload: bytes() },
    },
  ],
  takeWebhookDelivery: async (victim) => [await victim.id('webhook_deliveries')],
  finishWebhookDelivery: async (victim) => [await victim.id('webhook_deliveries'), 'processed', null],
  postponeWebhookDelivery: async (victim) => [await victim.id('webhook_deliveries'), 99, 'x'],
  claimWrite: async ({ tenantId, appId, storeId, sql }) => {
    const [row] = await sql('SELECT request_hash FROM writes WHERE tenant_id = $1', [tenantId]);
    const requestHash = new Uint8Array(row?.['request_hash'] as Buffer);
    await sql("UPDATE writes SET status = 'unknown' WHERE tenant_id = $1", [tenantId]);
    return [{ tenantId, appId, storeId, idempotencyKey: 'key', operation: 'orders.create', requestHash }, 9];
  },
  finishWrite: async (victim) => [await victim.id('writes'), bytes()],
  leaveWriteUnknown: async (victim) => [await victim.id('writes')],
  forgetWrite: async (victim) => [await victim.id('writes')],
};
