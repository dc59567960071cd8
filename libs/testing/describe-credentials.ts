import {
  type Answers,
  type AuthStrategy,
  type ClientCredentialsStrategy,
  GatewayError,
  type Hosting,
  type OAuth2CodeStrategy,
  Secret,
} from '#contract';
import { expect, it } from 'vitest';
import { examplesOf, isHosted } from './auth-examples.js';

/** What a merchant pastes, and what the platform's token endpoint answers. */
export function describeCredentials(hosting: Hosting, strategy: AuthStrategy): void {
  switch (strategy.kind) {
    case 'pastedToken':
    case 'pastedKeys':
    case 'pastedOAuth1':
      describePasted(strategy);
      return;
    case 'clientCredentials':
      describePasted(strategy);
      describeTokens(hosting, strategy);
      describeUnminted(strategy);
      return;
    case 'oauth2Code':
      describeTokens(hosting, strategy);
      return;
    case 'keyExchange':
    case 'storeActivation':
    case 'installedApp':
  }
}

type Pasted = Extract<AuthStrategy, { credentials: unknown }>;

const NO_CREDENTIAL = [
  '',
  ' ',
  '\t',
  'a\r\nx-injected: 1',
  'with a space',
  'nul\u0000',
  'ünïcödé-secret',
  'x'.repeat(100_000),
];

const KIND_OF = {
  pastedToken: 'token',
  pastedKeys: 'keyPair',
  pastedOAuth1: 'oauth1',
  clientCredentials: 'client',
} as const;

function describePasted(strategy: Pasted): void {
  const examples = examplesOf(strategy);
  const pasted = Object.entries(strategy.form).filter(([, { kind }]) => kind !== 'storeUrl');

  const required = pasted
    .filter(([, { kind, optional }]) => kind === 'secret' && optional !== true)
    .map(([name]) => name);

  it('takes what is pasted, and shows it to nobody', () => {
    const credentials = strategy.credentials(examples);
    expect(credentials.kind).toBe(KIND_OF[strategy.kind]);
    const secrets = Object.values(credentials).filter((value) => value instanceof Secret);
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(JSON.stringify(credentials)).not.toContain(secret.expose());
    // Copied with the blanks around it.
    const padded = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, ` ${value}\n`]));
    expect(exposed(strategy.credentials(padded))).toEqual(exposed(credentials));
  });

  it('asks for every secret as one', () => {
    expect(pasted.filter(([, { kind }]) => kind === 'secret').length).toBeGreaterThan(0);
  });

  it.each(required)('refuses what cannot be %s, naming it', (field) => {
    for (const wrong of NO_CREDENTIAL)
      expect(refusedFields(strategy, { ...examples, [field]: wrong }), JSON.stringify(wrong.slice(0, 20))).toEqual([
        field,
      ]);
    const { [field]: _left, ...without } = examples;
    expect(refusedFields(strategy, without)).toEqual([field]);
  });
}

function exposed(credentials: object): Readonly<Record<string, unknown>> {
  const shown = (value: unknown): unknown => (value instanceof Secret ? value.expose() : value);
  return Object.fromEntries(Object.entries(credentials).map(([name, value]) => [name, shown(value)]));
}

function refusedFields(strategy: Pasted, answers: Answers): readonly string[] {
  try {
    strategy.credentials(answers);
    return [];
  } catch (error) {
    if (!GatewayError.is(error, 'request_invalid')) throw error;
    return (error.context.fields ?? []).map(({ path }) => path);
  }
}

type Renewing = ClientCredentialsStrategy | OAuth2CodeStrategy;

const LIFETIMES = [0, -1, NaN, Infinity, '', 'soon', '1e9', null, {}, [], 1e12, true];

function describeTokens(hosting: Hosting, strategy: Renewing): void {
  it('asks for tokens at the platform only', () => {
    const address = strategy.locate(examplesOf(strategy));
    expect(isHosted(hosting, strategy.tokenEndpoint(address))).toBe(true);
    expect(strategy.defaultLifetimeSeconds).toBeGreaterThan(60);
    for (const { status, error } of strategy.terminalRefusals) {
      expect(error).toMatch(/\w/);
      // An outage or a limit is never the end of a grant.
      expect(status >= 400 && status < 500 && status !== 429).toBe(true);
    }
  });

  it('repairs a token answer without making one up, and never with a lifetime that is none', () => {
    const token = { access_token: 'token-of-the-example' };
    expect(strategy.repairTokenReply(token)).toMatchObject(token);
    expect(strategy.repairTokenReply({ ...token, expires_in: 3600 })).toMatchObject({ ...token, expires_in: 3600 });
    for (const expires of LIFETIMES) {
      const { expires_in: kept } = strategy.repairTokenReply({ ...token, expires_in: expires });
      expect(
        kept === undefined || (typeof kept === 'number' && Number.isFinite(kept) && kept >= 0),
        JSON.stringify(expires),
      ).toBe(true);
    }
    for (const nonsense of [{}, { scope: 7 }, { scope: null }, { access_token: null }, { error: 'x' }])
      expect(strategy.repairTokenReply(nonsense)['access_token']).toBe(
        'access_token' in nonsense ? nonsense.access_token : undefined,
      );
  });
}

function describeUnminted(strategy: ClientCredentialsStrategy): void {
  it('signs nothing before a token was minted', () => {
    const url = new URL('some/path', strategy.locate(examplesOf(strategy)).apiRoot);
    const credentials = strategy.credentials(examplesOf(strategy));
    expect(credentials.accessToken).toBeNull();
    expect(() =>
      strategy.sign({ method: 'GET', url, headers: {} }, credentials, { timestamp: 0, nonce: 'n' }),
    ).toThrow();
  });
}
