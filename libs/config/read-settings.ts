import { z } from 'zod';
import { type Environment, type Settings, SETTINGS } from './settings.js';
import { unfitSettings } from './unfit-settings.js';

/** What is wrong with the environment, one line per setting; never a value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads and checks all settings at once; an empty value counts as not set.
 * @throws SettingsError naming every setting that is wrong.
 */
export function readSettings(environment: Environment = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const shape = Object.fromEntries(Object.entries(SETTINGS).map(([name, { schema }]) => [name, schema]));
  const parsed = z.object(shape).safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(describeIssue).join('\n'));
  // The shape is made from SETTINGS, entry by entry; the mapped type says the same.
  const settings = parsed.data as Settings;
  const wrong = unfitSettings(settings, given);
  if (wrong.length > 0) throw new SettingsError(wrong.join('\n'));
  return settings;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.map(String).join('.')}: ${issue.message}`;
}
