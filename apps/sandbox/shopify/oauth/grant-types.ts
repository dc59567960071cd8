import { z } from 'zod';

/** Whom a grant is for. */
export interface Grantee {
  readonly clientId: string;
  readonly host: string;
}

const accessSchema = z.object({
  token: z.string(),
  clientId: z.string(),
  host: z.string(),
  scopes: z.array(z.string()),
  /** Milliseconds since 1970; null = never. */
  expiresAt: z.number().nullable(),
});
const refreshSchema = z.object({
  token: z.string(),
  clientId: z.string(),
  host: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.number(),
  /** When it was first redeemed and what for; null = not yet. */
  used: z.object({ at: z.number(), accessToken: z.string(), refreshToken: z.string() }).nullable(),
});
const codeSchema = z.object({
  code: z.string(),
  clientId: z.string(),
  host: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.number(),
});

export const grantsSchema = z.object({
  codes: z.array(codeSchema),
  access: z.array(accessSchema),
  refresh: z.array(refreshSchema),
  /** Apps a merchant installed from the app store, whether or not they took a token. */
  installed: z.array(z.object({ clientId: z.string(), host: z.string() })).default([]),
});

/** A token that opens the API. */
export type AccessToken = z.infer<typeof accessSchema>;
export type RefreshToken = z.infer<typeof refreshSchema>;
export type Code = z.infer<typeof codeSchema>;

/** What a token endpoint hands out. Both lifetimes are in seconds from now; null = an access token that never expires. */
export interface TokenPair {
  readonly accessToken: string;
  readonly scopes: readonly string[];
  readonly expiring: {
    readonly expiresIn: number;
    readonly refreshToken: string;
    readonly refreshTokenExpiresIn: number;
  } | null;
}

/** A token that is asked for anew instead of being refreshed. */
export interface OwnToken {
  readonly accessToken: string;
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly expiresIn: number;
}

/** What became of a refresh token presented. */
export type Redeemed =
  | { readonly outcome: 'issued' | 'replayed'; readonly pair: TokenPair }
  | { readonly outcome: 'refused'; readonly reason: string };

/** All codes and tokens of this platform. */
export interface Grants {
  /** @returns a code that can be redeemed once within a minute */
  issueCode(grantee: Grantee, scopes: readonly string[]): string;
  /** @returns undefined when the code is unknown, used, too old or another client's */
  redeemCode(code: string, grantee: Grantee, expiring: boolean): TokenPair | undefined;
  redeemRefreshToken(token: string, grantee: Grantee): Redeemed;
  /** @returns undefined when the token is unknown, expired or of another shop */
  accessOf(token: string, host: string): AccessToken | undefined;
  /** A day's token for an app on a shop of its own developer. @returns undefined when the app is not installed there */
  issueOwn(grantee: Grantee): OwnToken | undefined;
  /** A token that was made in the shop's own admin and never expires. */
  addLasting(token: string, grantee: Grantee, scopes: readonly string[]): void;
  /** The merchant installs an app from the app store. */
  install(grantee: Grantee): void;
  /** The apps that hold a living token of a shop. */
  installedClients(host: string): readonly string[];
  /** Ends everything of a shop, or of one app in it. */
  revoke(host: string, clientId?: string): void;
  snapshot(): z.infer<typeof grantsSchema>;
  restore(state: z.infer<typeof grantsSchema>): void;
}
