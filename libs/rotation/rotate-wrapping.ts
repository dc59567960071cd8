import { GatewayError } from '#contract';
import {
  countDataKeys,
  type Database,
  forgetUnusedCanaries,
  listDataKeys,
  listDataKeysToRewrap,
  type LocatedDataKey,
  replaceWrapping,
} from '#persistence';
import { type KeyEncryption, rewrapDataKey } from '#vault';
import { rewrapSigningKeys } from './rewrap-signing-keys.js';
import { counting, eachPage, HANDS, PAGE, type Report, withHands } from './progress.js';

export interface WrappingRotation {
  readonly rewrapped: number;
  /** Data keys that do not open: their row is damaged, or their key-encryption key is not configured. */
  readonly failed: readonly (LocatedDataKey & { readonly code: string })[];
  /** How many data keys each key-encryption key wraps now. */
  readonly held: ReadonlyMap<string, number>;
  /** Key-encryption keys that wrap nothing any more and may be taken out of the configuration. */
  readonly released: readonly string[];
}

/**
 * Wraps every data key, and every key that signs access tokens, with the current key-encryption key. The data keys, and
 * all they sealed, stay as they are: whoever holds one unwrapped, or unwraps it before or after, opens the same.
 */
export async function rotateWrapping(
  owner: Database,
  keyEncryption: KeyEncryption,
  report: Report,
): Promise<WrappingRotation> {
  const { currentKeyId } = keyEncryption;
  await rewrapSigningKeys(owner, keyEncryption);
  const outdated = [...(await countDataKeys(owner))].filter(([kekId]) => kekId !== currentKeyId);
  const total = outdated.reduce((sum, [, held]) => sum + held, 0);
  const count = counting('rewrapping', total, report);
  const failed: WrappingRotation['failed'][number][] = [];
  let rewrapped = 0;
  await eachPage<LocatedDataKey>(
    (last) => listDataKeysToRewrap(owner, currentKeyId, last?.id ?? '', PAGE),
    async (page) => {
      const before = rewrapped;
      await withHands(HANDS, page, async (key) => {
        try {
          if (await rewrapOne(owner, keyEncryption, key)) rewrapped += 1;
        } catch (error) {
          if (!GatewayError.is(error) || error.code === 'database_unavailable') throw error;
          failed.push({ ...key, code: error.code });
        }
      });
      count.add(rewrapped - before);
    },
  );
  const held = await countDataKeys(owner);
  return { rewrapped, failed, held, released: await forgetUnusedCanaries(owner, currentKeyId) };
}

async function rewrapOne(
  owner: Database,
  keyEncryption: KeyEncryption,
  { id, tenantId }: LocatedDataKey,
): Promise<boolean> {
  const stored = (await listDataKeys(owner, tenantId)).find((key) => key.id === id);
  const fresh = stored && (await rewrapDataKey(keyEncryption, tenantId, stored));
  if (stored === undefined || fresh === undefined) return false;
  return await owner.withTenant(tenantId, (tx) => replaceWrapping(tx, stored, fresh));
}
