import {
  type Answers,
  type AuthStrategy,
  type Connector,
  type Credentials,
  GatewayError,
  type InstalledAppStrategy,
  type LocatedStrategy,
  type OutgoingRequest,
  Secret,
  signWith,
  type StoreAddress,
} from '#contract';
import { describe, expect, it } from 'vitest';
import { examplesOf, isHosted } from './auth-examples.js';
import { describeCredentials } from './describe-credentials.js';
import { describeProofs } from './describe-proofs.js';
import type { ProofFixture } from './fixture.js';
import { FOREIGN_ADDRESSES, HOSTILE_ADDRESSES } from './hostile-addresses.js';

/** The part of the suite about ways of connecting: forms, addresses, signatures. */
export function describeAuth(connector: Connector, proofs: readonly ProofFixture[]): void {
  it('tells its ways of connecting apart', () => {
    const ids = connector.auth.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const strategy of connector.auth) {
    describe(`connecting by ${strategy.id}`, () => {
      describeForm(strategy);
      describeRevocation(strategy);
      if (strategy.kind === 'installedApp') describeInstall(connector, strategy);
      else describeAddress(connector, strategy);
      describeSignature(strategy);
      describeCredentials(connector.hosting, strategy);
      describeProofs(strategy, proofs);
    });
  }
}

function describeRevocation({ revocation }: AuthStrategy): void {
  it('says how its grant is given back, or to the merchant where that is done', () => {
    if (revocation.kind === 'impossible') expect(revocation.why).toMatch(/^[A-Z].+\. .+\.$/s);
    else expect(revocation).toHaveProperty('withdraw', expect.any(Function));
  });
}

function describeForm({ form }: AuthStrategy): void {
  it('asks questions whose examples it accepts itself', () => {
    for (const [name, { label, help, example, pattern }] of Object.entries(form)) {
      for (const words of [label, help, example]) expect(words, name).toMatch(/\w/);
      if (pattern !== undefined) expect(example).toMatch(pattern);
      // A pattern with a memory would judge the same answer differently the second time.
      expect(pattern?.flags ?? '').not.toMatch(/[gy]/);
    }
  });
}

function describeAddress({ hosting }: Connector, strategy: LocatedStrategy): void {
  const examples = examplesOf(strategy);

  it('finds the shop of its own example', () => {
    const { account, apiRoot } = strategy.locate(examples);
    expect(account).toMatch(/^\S+$/);
    expect(apiRoot.href).toMatch(/\/$/);
    expect(isHosted(hosting, apiRoot)).toBe(true);
    expect(strategy.locate(examples)).toEqual({ account, apiRoot });
  });

  it('refuses what is no address of a shop, naming the field', () => {
    const fields = addressFields(strategy);
    expect(() => strategy.locate({})).toThrow(expect.objectContaining({ code: 'request_invalid' }));
    for (const field of fields) {
      for (const hostile of HOSTILE_ADDRESSES) {
        expect(refusalOf(strategy, { ...examples, [field]: hostile }), JSON.stringify(hostile)).toEqual([field]);
      }
    }
  });

  if (hosting.kind === 'merchant') return;
  it('never leaves the hosts of the platform', () => {
    for (const field of addressFields(strategy)) {
      const own = examples[field] ?? '';
      const dressedUp = [
        `${own}.evil.example.net`,
        `evil.example.net/${own}`,
        `evil.example.net#${own}`,
        `evil${own}@x`,
      ];
      for (const foreign of [...FOREIGN_ADDRESSES, ...dressedUp]) {
        const located = locateOrRefuse(strategy, { ...examples, [field]: foreign });
        expect(located === undefined || isHosted(hosting, located.apiRoot), foreign).toBe(true);
      }
    }
  });
}

/** The platform asks for the shop: what it then says is held against what it said before. */
function describeInstall({ hosting }: Connector, strategy: InstalledAppStrategy): void {
  it('asks at the platform only, and nothing of the merchant', () => {
    expect(isHosted(hosting, strategy.installUrl('client-of-the-test'))).toBe(true);
    expect(strategy.installUrl('client-of-the-test').href).toContain('client-of-the-test');
    expect(isHosted(hosting, strategy.tokenEndpoint())).toBe(true);
    expect(strategy.form).toEqual({});
  });

  it('believes no shop that the token answer does not name', () => {
    const invalid = expect.objectContaining({ code: 'connect_callback_invalid' });
    for (const answer of [{}, { access_token: 'token' }])
      expect(() => strategy.locateGranted(answer, new URLSearchParams())).toThrow(invalid);
    const now = new Date('2026-11-28T12:00:00Z');
    const proof = { clientId: 'client', clientSecrets: [new Secret(SECOND)], now };
    for (const query of ['', 'a=1', 'code=x&context=y'])
      expect(() => strategy.provenCall(new URLSearchParams(query), proof)).toThrow(invalid);
  });
}

function addressFields({ form }: AuthStrategy): readonly string[] {
  const fields = Object.entries(form);
  const addresses = fields.filter(([, { kind }]) => kind === 'storeUrl');
  return (addresses.length > 0 ? addresses : fields.filter(([, { kind }]) => kind === 'text')).map(([name]) => name);
}

function locateOrRefuse(strategy: LocatedStrategy, answers: Answers): StoreAddress | undefined {
  try {
    return strategy.locate(answers);
  } catch (error) {
    expect(error).toMatchObject({ code: 'request_invalid' });
    return undefined;
  }
}

function refusalOf(strategy: LocatedStrategy, answers: Answers): readonly string[] | string {
  try {
    return strategy.locate(answers).apiRoot.href;
  } catch (error) {
    if (!GatewayError.is(error, 'request_invalid')) throw error;
    return (error.context.fields ?? []).map(({ path }) => path);
  }
}

const MOMENT = { timestamp: 1_700_000_000, nonce: '0123456789abcdef0123456789abcdef' };
const FIRST = 'first-secret-value';
const SECOND = 'second-secret-value';

function describeSignature(strategy: AuthStrategy): void {
  it.each(['https', 'http'])(
    'signs a request to %s by adding to it, and keeps the secret out of the address',
    (scheme) => {
      const request = unsigned(strategy, scheme);
      const before = structuredClone({ ...request, url: request.url.href });
      const signed = signWith(strategy, request, credentialsOf(strategy), MOMENT);
      expect({ ...request, url: request.url.href }).toEqual(before);
      expect(signed.headers).toMatchObject(request.headers);
      expect(Object.keys(signed.headers).length).toBeGreaterThan(Object.keys(request.headers).length);
      const names = Object.keys(signed.headers).map((name) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      expect([signed.method, signed.url.href, signed.body]).toEqual([request.method, request.url.href, request.body]);
      for (const value of Object.values(signed.headers)) expect(value).not.toMatch(/[\r\n]/);
    },
  );
}

function unsigned(strategy: AuthStrategy, scheme: string): OutgoingRequest {
  const root =
    strategy.kind === 'installedApp' ? strategy.tokenEndpoint() : strategy.locate(examplesOf(strategy)).apiRoot;
  const url = new URL('some/path?a=1&b=2', root);
  url.protocol = scheme;
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'test' };
  return { method: 'POST', url, headers, body: '{"x":1}' };
}

function credentialsOf({ kind }: AuthStrategy): Credentials {
  const [first, second] = [new Secret(FIRST), new Secret(SECOND)];
  switch (kind) {
    case 'storeActivation':
    case 'pastedOAuth1':
      return { kind: 'oauth1', consumerKey: first, consumerSecret: second, token: first, tokenSecret: second };
    case 'oauth2Code':
    case 'installedApp':
      return { kind: 'oauth2', accessToken: first, refreshToken: null };
    case 'pastedToken':
      return { kind: 'token', accessToken: first, webhookSecret: null };
    case 'clientCredentials':
      return { kind: 'client', clientId: 'client', clientSecret: second, accessToken: first };
    case 'keyExchange':
    case 'pastedKeys':
      return { kind: 'keyPair', key: first, secret: second };
  }
}
