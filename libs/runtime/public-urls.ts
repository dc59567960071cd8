import { allowsSignInLinks, type Settings } from '#config';

/** How this gateway names itself in `CDN-Loop` (RFC 8586): by where it is reached. */
export function loopNameOf(publicUrl: string): string {
  return new URL(publicUrl).host;
}

/** Where merchants and platforms reach us, without a slash at the end. */
export function publicUrlOf(settings: Settings): string {
  const url = settings.SHOPSPAN_PUBLIC_URL ?? `http://127.0.0.1:${settings.SHOPSPAN_PORT}`;
  return url.replace(/\/+$/, '');
}

/** What one-time sign-in links of operators begin with; undefined where there may be none. */
export function signInLinksOf(settings: Settings): string | undefined {
  return allowsSignInLinks(settings) ? `${publicUrlOf(settings)}/ops/link/` : undefined;
}
