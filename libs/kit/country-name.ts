const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
// Reserved for private use, or standing for no country at all.
const NO_COUNTRY = /^(?:A[A]|Q[M-Z]|X[A-JL-Z]|Z[Z]|EU|EZ|UN)$/;

/** A country's English name by its code of two letters; undefined where there is no such country. */
export function countryName(code: string): string | undefined {
  return NO_COUNTRY.test(code) ? undefined : NAMES.of(code);
}
