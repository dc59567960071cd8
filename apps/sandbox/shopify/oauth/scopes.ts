/** What a scope opens, where its handle alone does not say it well. */
const WORDS: Readonly<Record<string, string>> = {
  all_orders: 'all orders, also those older than 60 days',
  merchant_managed_fulfillment_orders: 'fulfillment orders of your own locations',
  assigned_fulfillment_orders: 'fulfillment orders assigned to this app',
  third_party_fulfillment_orders: 'fulfillment orders of other services',
};

/** Splits a comma-separated list; spaces and repetitions go. */
export function splitScopes(list: string): readonly string[] {
  return [...new Set(list.split(/[\s,]+/).filter((scope) => scope !== ''))];
}

/** Whether a text has the form of a scope. */
export function isScope(scope: string): boolean {
  return /^(unauthenticated_)?(read|write)_[a-z][a-z_]{1,80}$/.test(scope);
}

/** A scope as the consent screen tells it, e.g. "Edit orders". */
export function scopeInWords(scope: string): string {
  const [, , verb = '', thing = ''] = /^(unauthenticated_)?(read|write)_(.+)$/.exec(scope) ?? [];
  return `${verb === 'write' ? 'Edit' : 'View'} ${WORDS[thing] ?? thing.replaceAll('_', ' ')}`;
}

const writing = (scope: string): string => scope.replace(/^read_/, 'write_');

/** As a token answer lists them: what another one implies is left out, `write_orders` stands for `read_orders` too. */
export function withoutImplied(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => writing(scope) === scope || !scopes.includes(writing(scope)));
}

/** With every scope another one implies. */
export function withImplied(scopes: readonly string[]): readonly string[] {
  return [...new Set(scopes.flatMap((scope) => [scope.replace(/^write_/, 'read_'), scope]))];
}
