import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Undocumented ("temporary"); short enough that nobody puts the exchange off. */
const CODE_LIFE_MS = 60_000;
const MOST_CODES = 1_000;
const TOKEN_BYTES = 16;

const grantSchema = z.object({ clientId: z.string(), hash: z.string(), scopes: z.array(z.string()) });
const codeSchema = grantSchema.extend({ expiresAt: z.number(), used: z.boolean() });

export const grantsSchema = z.object({
  codes: z.record(z.string(), codeSchema),
  tokens: z.record(z.string(), grantSchema),
  /** Scopes the developer chose for an app, in place of the usual ones. */
  appScopes: z.record(z.string(), z.array(z.string())),
});

/** What a token or a code lets an app do. */
export type Grant = z.infer<typeof grantSchema>;
export type CodeState = 'fresh' | 'used' | 'expired' | 'unknown';

/** Codes and tokens of every app at every store. */
export class Grants {
  #codes = new Map<string, z.infer<typeof codeSchema>>();
  #tokens = new Map<string, Grant>();
  #appScopes = new Map<string, string[]>();
  /** Tokens of the stores' own API accounts: they are not granted and never saved. */
  readonly #lasting = new Map<string, Grant>();

  constructor(
    readonly now: () => Date,
    readonly changed: () => void,
    readonly usualScopes: readonly string[],
  ) {}

  addLasting(token: string, grant: Grant): void {
    this.#lasting.set(token, grant);
  }

  /** What an app asks for. */
  scopesOf(clientId: string): readonly string[] {
    return this.#appScopes.get(clientId) ?? this.usualScopes;
  }

  /** The developer changes what the app asks for; merchants accept it when they open the app next. */
  setScopes(clientId: string, scopes: readonly string[]): void {
    this.#appScopes.set(clientId, [...scopes]);
    this.changed();
  }

  issueCode(clientId: string, hash: string): string {
    const code = randomBytes(TOKEN_BYTES).toString('hex');
    const expiresAt = this.now().getTime() + CODE_LIFE_MS;
    this.#codes.set(code, { clientId, hash, scopes: [...this.scopesOf(clientId)], expiresAt, used: false });
    const [oldest] = this.#codes.keys();
    if (this.#codes.size > MOST_CODES && oldest !== undefined) this.#codes.delete(oldest);
    this.changed();
    return code;
  }

  find(code: string): { readonly state: CodeState; readonly grant?: Grant } {
    const grant = this.#codes.get(code);
    if (grant === undefined) return { state: 'unknown' };
    if (grant.used) return { state: 'used', grant };
    return { state: grant.expiresAt <= this.now().getTime() ? 'expired' : 'fresh', grant };
  }

  /** Each code is good for one token; an earlier token of the same app at the same store dies with it. */
  redeem(code: string): string {
    const found = this.#codes.get(code);
    if (found === undefined) throw new Error('Only a code that was issued can be redeemed.');
    found.used = true;
    const { clientId, hash, scopes } = found;
    this.revoke(hash, clientId);
    const token = randomBytes(TOKEN_BYTES).toString('hex').slice(1);
    this.#tokens.set(token, { clientId, hash, scopes });
    this.changed();
    return token;
  }

  ofToken(token: string): Grant | undefined {
    return this.#tokens.get(token) ?? this.#lasting.get(token);
  }

  /** What an app holds at a store at the moment. */
  installed(hash: string): readonly Grant[] {
    return [...this.#tokens.values()].filter((grant) => grant.hash === hash);
  }

  /** Tokens die at once. @param clientId absent = every app's */
  revoke(hash: string, clientId?: string): void {
    const isMeant = (grant: Grant): boolean =>
      grant.hash === hash && (clientId === undefined || grant.clientId === clientId);
    for (const [token, grant] of this.#tokens) if (isMeant(grant)) this.#tokens.delete(token);
    for (const [code, grant] of this.#codes) if (isMeant(grant) && !grant.used) this.#codes.delete(code);
    this.changed();
  }

  snapshot(): z.infer<typeof grantsSchema> {
    return {
      codes: Object.fromEntries([...this.#codes].map(([code, grant]) => [code, { ...grant }])),
      tokens: Object.fromEntries(this.#tokens),
      appScopes: Object.fromEntries(this.#appScopes),
    };
  }

  restore({ codes, tokens, appScopes }: z.infer<typeof grantsSchema>): void {
    this.#codes = new Map(Object.entries(codes));
    this.#tokens = new Map(Object.entries(tokens));
    this.#appScopes = new Map(Object.entries(appScopes));
  }
}
