import type { OAuth2CodeStrategy, Scope } from '#contract';

/** The least set of platform scopes for what the app asked for. */
export function scopesFor(strategy: Pick<OAuth2CodeStrategy, 'scopes'>, access: readonly Scope[]): readonly string[] {
  const asked = access.flatMap((scope) => strategy.scopes.byAccess[scope] ?? []);
  return [...new Set([...strategy.scopes.always, ...asked])];
}
