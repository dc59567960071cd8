import { setTimeout as delay } from 'node:timers/promises';
import { publicId } from '#contract';
import {
  DATA_KEY_GRACE_SECONDS,
  deleteTenant,
  markRestoredStores,
  type Progress,
  rotateDataKeys,
  rotateWrapping,
} from '#rotation';
import type { AdminContext } from './command.js';

type Answer = Readonly<Record<string, string>>;

/** Wraps every data key with the current key-encryption key, and says when the old one may go. */
export async function rotateWrappingCommand({ database, keyEncryption, say }: AdminContext): Promise<Answer> {
  const { failed, held, released, rewrapped } = await rotateWrapping(database, keyEncryption, progressLine(say));
  const { currentKeyId } = keyEncryption;
  const all = String([...held.values()].reduce((sum, count) => sum + count, 0));
  for (const { id, tenantId, code } of failed) say(`data key ${id} of ${publicId('tenant', tenantId)}: ${code}`);
  const left = [...held].filter(([kekId]) => kekId !== currentKeyId);
  if (left.length > 0) {
    const keys = left.map(([kekId, count]) => `${kekId} (${String(count)} of ${all})`).join(', ');
    throw new Error(`Still wrapped by an old key: ${keys}. Leave that key configured and start this again.`);
  }
  return {
    rewrapped: String(rewrapped),
    currentKey: `${currentKeyId} (${String(held.get(currentKeyId) ?? 0)} of ${all})`,
    ...Object.fromEntries(
      released.map((kekId) => [kekId, `old key unused (0 of ${all}): it may be taken out everywhere`]),
    ),
  };
}

/** Gives every tenant, or one, a new data key. */
export async function rotateDataKeysCommand(
  { database, vault, say }: AdminContext,
  { tenantId, graceMinutes }: { readonly tenantId: string | undefined; readonly graceMinutes: number | undefined },
): Promise<Answer> {
  const graceSeconds = graceMinutes === undefined ? DATA_KEY_GRACE_SECONDS : graceMinutes * 60;
  const report = progressLine(say);
  const done = await rotateDataKeys(database, vault, { tenantId, graceSeconds, sleep: delay, report });
  for (const { tenantId: tenant, kind, id } of done.unreadable)
    say(`does not open: ${kind} ${id} of ${publicId('tenant', tenant)}`);
  if (done.left > 0) {
    throw new Error(
      `${String(done.left)} values do not open with the key they name; nobody can read them, and their old keys are kept.`,
    );
  }
  return {
    newDataKeys: String(done.made),
    sealedAnew: String(done.resealed),
    destroyed: String(done.destroyed),
    namedByOldKeys: String(done.left),
  };
}

/** Destroys a tenant for ever. */
export async function deleteTenantCommand({ database, vault, say }: AdminContext, tenantId: string): Promise<Answer> {
  const done = await deleteTenant(database, vault, tenantId, progressLine(say));
  if (done === undefined) throw new RangeError('There is no such tenant.');
  const { name, dataKeys, stores, rows } = done;
  if (stores > 0)
    say(`${String(stores)} stores were still connected: what their platforms have granted ends there, or by its age.`);
  return { deleted: name, dataKeysDestroyed: String(dataKeys), rows: String(rows) };
}

/** Has every credential verified that came out of a backup. */
export async function verifyRestoredCommand({ database, say }: AdminContext, withinMinutes: number): Promise<Answer> {
  const { stores, renewed } = await markRestoredStores(database, withinMinutes * 60, progressLine(say));
  return {
    marked: String(stores),
    renewed: String(renewed),
    called: String(stores - renewed),
    within: `${String(withinMinutes)} min, while a worker runs; health says "restored" of those that are left`,
  };
}

const SAY_EVERY_MS = 1000;

/** One line a second at most, and the last of each step. */
function progressLine(say: AdminContext['say']): (progress: Progress) => void {
  let step: Progress['step'] | undefined;
  let saidAt = 0;
  return (progress) => {
    const finished = progress.of > 0 && progress.done >= progress.of;
    const now = performance.now();
    if (progress.step === step && !finished && now - saidAt < SAY_EVERY_MS) return;
    [step, saidAt] = [progress.step, now];
    say(lineOf(progress));
  };
}

function lineOf({ step, done, of, perSecond }: Progress): string {
  if (step === 'waiting')
    return `waiting ${String(Math.round(of / 60))} min until every process has forgotten the old keys`;
  const total = of > 0 ? ` of ${String(of)}` : '';
  return `${step}: ${String(done)}${total} (${String(perSecond)} a second)`;
}
