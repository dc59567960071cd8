import {
  beginDataKeyRotation,
  countValuesOfOldKeys,
  type Database,
  destroyDataKey,
  finishDataKeyRotation,
  listDataKeys,
  listTenantsToRotate,
  listTenantsWithOldKeys,
} from '#persistence';
import { DATA_KEY_CACHE_MS, type Vault } from '#vault';
import { counting, eachPage, HANDS, PAGE, type Report, withHands } from './progress.js';
import { NIL, resealTenant, type Unreadable } from './reseal.js';

/**
 * How long an old data key is kept after nothing names it. For one life of their caches other processes may still seal with
 * it; the second is for what they hold in their hands: read before it was sealed anew and opened later, or sealed and saved
 * later. Whoever is slower than that is refused by the database and loses nothing that was saved.
 */
export const DATA_KEY_GRACE_SECONDS = (2 * DATA_KEY_CACHE_MS) / 1000;

export interface DataKeyRotation {
  /** Data keys that were made, values that were sealed anew, and old data keys that were destroyed, by this start. */
  readonly made: number;
  readonly resealed: number;
  readonly destroyed: number;
  /** What does not open; the data keys it names are kept. */
  readonly unreadable: readonly Unreadable[];
  /** Values that still name an old data key: those that do not open. */
  readonly left: number;
}

export interface DataKeyRotationOptions {
  /** One tenant alone; all of them when left out. */
  readonly tenantId?: string | undefined;
  readonly graceSeconds?: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly report: Report;
}

const ANOTHER_LOOK_MS = 200;
const ROUNDS_WITHOUT_PROGRESS = 50;

/**
 * Gives every tenant a new data key, seals all values anew with it, and destroys the old keys when nothing names them and
 * every process has forgotten them. Reads and renewals go on meanwhile. Started again after it was killed, it goes on.
 */
export async function rotateDataKeys(
  owner: Database,
  vault: Vault,
  options: DataKeyRotationOptions,
): Promise<DataKeyRotation> {
  const { tenantId, graceSeconds = DATA_KEY_GRACE_SECONDS, sleep, report } = options;
  const made = await makeKeys(owner, vault, tenantId, report);
  const count = counting('sealing anew', await countValuesOfOldKeys(owner, tenantId), report);
  let resealed = 0;
  const add = (some: number) => {
    resealed += some;
    count.add(some);
  };
  let unreadable: readonly Unreadable[];
  do {
    unreadable = await sealAllAnew(owner, vault, tenantId, add, sleep);
    report({ step: 'waiting', done: 0, of: graceSeconds, perSecond: 0 });
    await sleep(graceSeconds * 1000);
    // Somebody who held an old key has sealed with it since: that is sealed anew too, and then waited for again.
  } while ((await countValuesOfOldKeys(owner, tenantId)) > unreadable.length);
  const { destroyed, tooYoung } = await destroyOldKeys(owner, tenantId, graceSeconds, report);
  if (tenantId === undefined && tooYoung === 0) await finishDataKeyRotation(owner);
  return { made, resealed, destroyed, unreadable, left: await countValuesOfOldKeys(owner, tenantId) };
}

/** A tenant that has two keys is in the middle of a rotation: that one is finished. */
async function makeKeys(owner: Database, vault: Vault, tenantId: string | undefined, report: Report): Promise<number> {
  if (tenantId !== undefined) {
    if ((await listDataKeys(owner, tenantId)).length !== 1) return 0;
    await vault.rotateTenantKey(tenantId);
    return 1;
  }
  const startedAt = await beginDataKeyRotation(owner);
  const count = counting('new data keys', 0, report);
  let made = 0;
  await eachPage<string>(
    (last) => listTenantsToRotate(owner, startedAt, last ?? NIL, PAGE),
    async (tenants) => {
      await withHands(HANDS, tenants, async (tenant) => {
        await vault.rotateTenantKey(tenant);
      });
      made += tenants.length;
      count.add(tenants.length);
    },
  );
  return made;
}

/** Goes round until nothing but what does not open is left: a row that somebody held is met again. */
async function sealAllAnew(
  owner: Database,
  vault: Vault,
  tenantId: string | undefined,
  add: (count: number) => void,
  sleep: DataKeyRotationOptions['sleep'],
): Promise<readonly Unreadable[]> {
  for (let idle = 0; idle < ROUNDS_WITHOUT_PROGRESS; idle += 1) {
    const unreadable: Unreadable[] = [];
    await eachTenantWithOldKeys(owner, tenantId, async (tenant) => {
      const found = await resealTenant(owner, vault, tenant, (count) => {
        if (count > 0) idle = 0;
        add(count);
      });
      unreadable.push(...found);
    });
    if ((await countValuesOfOldKeys(owner, tenantId)) <= unreadable.length) return unreadable;
    await sleep(ANOTHER_LOOK_MS);
  }
  throw new Error('Some values are held by somebody for so long that they cannot be sealed anew. Start again later.');
}

async function destroyOldKeys(
  owner: Database,
  tenantId: string | undefined,
  graceSeconds: number,
  report: Report,
): Promise<{ readonly destroyed: number; readonly tooYoung: number }> {
  const count = counting('destroying', 0, report);
  let [destroyed, tooYoung] = [0, 0];
  await eachTenantWithOldKeys(owner, tenantId, async (tenant) => {
    if ((await countValuesOfOldKeys(owner, tenant)) > 0) return;
    for (const { id } of (await listDataKeys(owner, tenant)).slice(0, -1)) {
      const gone = await owner.withTenant(tenant, (tx) => destroyDataKey(tx, id, graceSeconds));
      if (gone) destroyed += 1;
      else tooYoung += 1;
      count.add(gone ? 1 : 0);
    }
  });
  return { destroyed, tooYoung };
}

async function eachTenantWithOldKeys(
  owner: Database,
  tenantId: string | undefined,
  work: (tenantId: string) => Promise<void>,
): Promise<void> {
  if (tenantId !== undefined) {
    await work(tenantId);
    return;
  }
  await eachPage<string>(
    (last) => listTenantsWithOldKeys(owner, last ?? NIL, PAGE),
    (tenants) => withHands(HANDS, tenants, work),
  );
}
