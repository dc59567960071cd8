import { writeAudit } from '#persistence';
import { type AdminContext, type Command, type Options, shellUser } from './command.js';

/**
 * Runs a command between two entries of the audit log: that it begins, and what became of it. Where the first cannot be
 * written, nothing is done. Options hold ids, names and numbers, never a secret; what a command answers may, and is not kept.
 */
export async function runAudited(
  name: string,
  command: Command,
  context: AdminContext,
  options: Options,
): Promise<Readonly<Record<string, unknown>>> {
  if (command.looks === true) return await command.run(context, options);
  const entry = { actor: shellUser(), target: name };
  await writeAudit(context.database, { ...entry, action: 'command.begun', details: { ...options } });
  try {
    const answer = await command.run(context, options);
    await writeAudit(context.database, { ...entry, action: 'command.done', details: {} });
    return answer;
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown';
    await writeAudit(context.database, { ...entry, action: 'command.failed', details: { why } });
    throw error;
  }
}
