import { userInfo } from 'node:os';
import { type IdKind, isScope, readPublicId, type Scope, SCOPES } from '#contract';
import type { Database } from '#persistence';
import type { KeyEncryption, Vault } from '#vault';

export interface AdminContext {
  readonly database: Database;
  readonly vault: Vault;
  readonly keyEncryption: KeyEncryption;
  /** What a one-time link begins with, undefined where there may be none. */
  readonly signInLinks: string | undefined;
  /** For what is told while a command runs. */
  readonly say: (text: string) => void;
}

export interface Options {
  readonly tenant?: string | undefined;
  readonly app?: string | undefined;
  readonly name?: string | undefined;
  readonly key?: string | undefined;
  readonly test?: boolean | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly 'return-origin'?: readonly string[] | undefined;
  readonly 'expires-days'?: string | undefined;
  readonly store?: string | undefined;
  readonly platform?: string | undefined;
  readonly everything?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly stop?: string | undefined;
  readonly 'data-keys'?: boolean | undefined;
  readonly 'grace-minutes'?: string | undefined;
  readonly 'within-minutes'?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly role?: string | undefined;
  readonly operator?: string | undefined;
  readonly token?: string | undefined;
  readonly end?: string | undefined;
  readonly witness?: string | undefined;
  readonly limit?: string | undefined;
  readonly action?: string | undefined;
  readonly 'older-than-days'?: string | undefined;
  readonly kind?: string | undefined;
  readonly client?: string | undefined;
  readonly jwks?: string | undefined;
  readonly 'redirect-uri'?: readonly string[] | undefined;
  readonly 'allow-ip'?: readonly string[] | undefined;
  readonly 'overlap-minutes'?: string | undefined;
}

export interface Command {
  readonly usage: string;
  /** Changes nothing, so that the audit log need not know of it. */
  readonly looks?: true;
  run(context: AdminContext, options: Options): Promise<Readonly<Record<string, unknown>>>;
}

export function required(value: string | undefined, name: string): string {
  if (value === undefined || value.trim() === '') throw new RangeError(`Give --${name}.`);
  return value.trim();
}

export function idOf(kind: IdKind, value: string | undefined, name: string): string {
  const id = readPublicId(kind, required(value, name));
  if (id === undefined) throw new RangeError(`--${name} is not such an id.`);
  return id;
}

/** Who sits at the shell, as far as the machine knows. */
export function shellUser(): string {
  return `${userInfo().username} at the shell`;
}

export function scopeOf(text: string): Scope {
  if (!isScope(text)) throw new RangeError(`"${text}" is no scope. There are: ${SCOPES.join(' ')}`);
  return text;
}

/** What a number that was given must be. */
interface NumberRules {
  readonly least: number;
  readonly most: number;
  /** Of what: `minutes`. */
  readonly unit?: string;
}

/** @throws RangeError saying what it wants */
export function wholeNumber(text: string, name: string, { least, most, unit }: NumberRules): number {
  const count = Number(text);
  if (/^\d+$/.test(text.trim()) && count >= least && count <= most) return count;
  const what = unit === undefined ? '' : ` of ${unit}`;
  throw new RangeError(`--${name} wants a whole number${what} from ${String(least)} to ${String(most)}.`);
}

/** How soon what cuts somebody off holds. */
export const WITHIN_A_SECOND = 'in every process within one second';
