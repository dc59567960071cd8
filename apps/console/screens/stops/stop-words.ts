import type { StopRow } from '#operator-api';

export type StopScope = StopRow['scope'];

export const STOP_SCOPES = ['store', 'app', 'tenant', 'platform', 'everything'] as const satisfies readonly StopScope[];

/** What must be typed before everything is stopped or started again. */
export const EVERYTHING = 'EVERYTHING';

/** What must be typed before this is stopped or lifted; undefined while no target is named. */
export function typedName(scope: StopScope, target: string | null): string | undefined {
  if (scope === 'everything') return EVERYTHING;
  const name = target?.trim() ?? '';
  return name === '' ? undefined : name;
}

/** What a stop of this holds. */
export const SCOPE_WORDS: Readonly<Record<StopScope, string>> = {
  store: 'One store: nothing uses its credential.',
  app: 'All stores of one app.',
  tenant: 'All stores of one tenant, of all its apps.',
  platform: 'All stores of one platform, of every tenant. Takes a fresh sign-in.',
  everything: 'Every call to every platform. Takes a fresh sign-in; two administrators must lift it.',
};

/** How the target of a scope is named. */
export const TARGET_LABELS: Readonly<Record<Exclude<StopScope, 'everything'>, string>> = {
  store: 'Id of the store (sto_…)',
  app: 'Id of the app (app_…)',
  tenant: 'Id of the tenant (ten_…)',
  platform: 'Id of the platform',
};

export function isStopScope(text: string): text is StopScope {
  return STOP_SCOPES.some((scope) => scope === text);
}
