export type ScopeState = 'granted' | 'missing' | 'lost' | 'extra';

export interface ScopeRow {
  readonly scope: string;
  readonly state: ScopeState;
}

interface Scopes {
  readonly wanted: readonly string[];
  readonly granted: readonly string[];
  readonly lost: readonly string[];
  /** What the app asked for, in scopes of our own API. */
  readonly access: readonly string[];
}

const ORDER: readonly ScopeState[] = ['lost', 'missing', 'granted', 'extra'];

/** What is wanted against what was granted: what is lost or missing first. A scope that was lost is not told twice. */
export function scopeRows({ wanted, granted, lost, access }: Scopes): readonly ScopeRow[] {
  const has = new Set(granted);
  const known = comparable({ wanted, access }) ? wanted : granted;
  const wants = new Set(known);
  const gone = new Set(lost.filter((scope) => !has.has(scope)));
  const stateOf = (scope: string): ScopeState => {
    if (gone.has(scope)) return 'lost';
    if (!has.has(scope)) return 'missing';
    return wants.has(scope) ? 'granted' : 'extra';
  };
  const rows = [...new Set([...known, ...granted, ...gone])].map((scope) => ({ scope, state: stateOf(scope) }));
  return rows.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.scope.localeCompare(b.scope));
}

/** A platform without scopes of its own is asked in ours, and grants in words that cannot be compared with them. */
function comparable({ wanted, access }: Pick<Scopes, 'wanted' | 'access'>): boolean {
  return wanted.some((scope) => !access.includes(scope));
}
