/** Versions that answer, oldest first; docs: https://shopify.dev/docs/api/usage/versioning */
const ACCESSIBLE = ['2026-01', '2026-04', '2026-07', '2026-10'] as const;
const OLDEST = ACCESSIBLE[0];
const NEXT = '2027-01';

/** The version whose schema the sandbox serves. */
export const NEWEST_VERSION = '2026-10';

/**
 * The version that answers a request: an expired one falls forward to the oldest still accessible.
 * @returns undefined when there is no such version
 */
export function answeringVersion(asked: string): string | undefined {
  if (asked === 'unstable' || asked === NEXT || ACCESSIBLE.some((version) => version === asked)) return asked;
  return /^\d{4}-(01|04|07|10)$/.test(asked) && asked < OLDEST ? OLDEST : undefined;
}

/** `publicApiVersions`. */
export function publicVersions() {
  const view = (handle: string, supported: boolean, label: string) => ({
    handle,
    supported,
    displayName: `${handle}${label}`,
  });
  return [
    ...ACCESSIBLE.map((version) => view(version, true, version === NEWEST_VERSION ? ' (Latest)' : '')),
    view(NEXT, false, ' (Release candidate)'),
    view('unstable', false, ''),
  ];
}
