import { SettingsError } from '#config';
import { LocalPostgresError } from '#local-postgres';
import { MigrationError, ProvisionError } from '#persistence';
import { LaunchError } from './launch-error.js';

const SENTENCES = [LaunchError, LocalPostgresError, MigrationError, ProvisionError, SettingsError];

/** @returns what the person at the terminal needs: a sentence where there is one, the stack of what nobody foresaw */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (SENTENCES.some((kind) => error instanceof kind)) return error.message;
  // An error of the operating system says itself which file it is about: "EACCES: permission denied, open '/...'".
  const isAboutFile = 'path' in error && 'syscall' in error;
  return isAboutFile ? `A file cannot be used: ${error.message}.` : (error.stack ?? error.message);
}
