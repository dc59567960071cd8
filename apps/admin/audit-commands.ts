import { verifyAudit, type Witness } from '#audit';
import { cutAuditBefore, newestAuditEntries } from '#persistence';
import { type Command, required, shellUser, wholeNumber } from './command.js';

const USUAL_LIMIT = 50;
const LARGEST_LIMIT = 10_000;
const DAY_MS = 24 * 3600_000;
/** Younger entries are nobody's to cut off. */
const YOUNGEST_DAYS = 30;

/** What was done, by whom, and whether that record is whole. */
export const AUDIT_COMMANDS: Readonly<Record<string, Command>> = {
  'audit:verify': {
    looks: true,
    usage: '[--witness <sequence>:<hash>]',
    async run({ database }, options) {
      const { entries, first, last, hash } = await verifyAudit(database, witnessOf(options.witness));
      return { holds: true, entries, first: first === null ? null : Number(first), witness: `${String(last)}:${hash}` };
    },
  },
  'audit:list': {
    looks: true,
    usage: '[--limit 50] [--action stop.set]',
    async run({ database }, options) {
      const limit = wholeNumber(options.limit ?? String(USUAL_LIMIT), 'limit', { least: 1, most: LARGEST_LIMIT });
      const entries = await newestAuditEntries(database, { limit, action: options.action ?? null });
      return {
        entries: entries.map(({ sequence, at, actor, action, target, details }) => ({
          ...{ sequence: Number(sequence), at: at.toISOString(), actor, action, target },
          details: JSON.parse(details) as unknown,
        })),
      };
    },
  },
  'audit:cut': {
    usage: '--older-than-days 400',
    async run({ database }, options) {
      const name = 'older-than-days';
      const days = wholeNumber(required(options[name], name), name, { least: 1, most: 36_500, unit: 'days' });
      if (days < YOUNGEST_DAYS) throw new RangeError(`Entries stay for ${String(YOUNGEST_DAYS)} days at least.`);
      // A chain that does not hold must not get a checkpoint that says it did.
      await verifyAudit(database);
      const cut = await cutAuditBefore(database, shellUser(), new Date(Date.now() - days * DAY_MS));
      if (cut === undefined) return { removed: 0 };
      return { removed: cut.removed, checkpoint: `${String(cut.through)}:${cut.hash}` };
    },
  },
};

function witnessOf(text: string | undefined): Witness | undefined {
  if (text === undefined) return undefined;
  const [, sequence, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (sequence === undefined || hash === undefined) throw new RangeError('--witness is what `audit:verify` printed.');
  return { sequence: BigInt(sequence), hash };
}
