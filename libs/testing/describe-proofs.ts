import { type AuthStrategy, GatewayError, Secret } from '#contract';
import { expect, it } from 'vitest';
import { examplesOf } from './auth-examples.js';
import type { ProofFixture } from './fixture.js';

/** The addresses with which a merchant comes from the platform, and how they are proven. */
export function describeProofs(strategy: AuthStrategy, all: readonly ProofFixture[]): void {
  if (strategy.kind !== 'oauth2Code' && strategy.kind !== 'installedApp') return;
  const proofs = all.filter((proof) => proof.strategy === strategy.id);
  it.each(kindsOf(strategy))('has a recorded %s', (kind) => {
    expect(proofs.filter((proof) => proof.kind === kind).map(({ name }) => name)).not.toEqual([]);
  });
  // A signed token is proven by itself, whatever stands beside it; a signed query is all of it.
  const covers = strategy.kind === 'oauth2Code';
  for (const proof of proofs) describeProof(covers, (given) => verify(strategy, { ...proof, ...given }), proof);
}

type OAuth = Extract<AuthStrategy, { kind: 'oauth2Code' | 'installedApp' }>;

function kindsOf(strategy: OAuth): readonly ProofFixture['kind'][] {
  if (strategy.kind === 'installedApp') return ['start'];
  return strategy.startedAtPlatform === undefined ? ['callback'] : ['callback', 'start'];
}

type Proof = Pick<ProofFixture, 'kind' | 'query' | 'clientSecret' | 'now' | 'account'>;

/** @returns the account it proves, or the code of the refusal */
function verify(strategy: OAuth, { kind, query, clientSecret, now, account }: Proof): string {
  const proof = {
    clientId: CLIENT_ID,
    clientSecrets: [new Secret('secret-before-that'), new Secret(clientSecret)],
    now: new Date(now),
  };
  try {
    const parameters = new URLSearchParams(query);
    if (strategy.kind === 'installedApp') return strategy.provenCall(parameters, proof).address.account;
    if (kind === 'start') return strategy.startedAtPlatform?.(parameters, proof).account ?? 'it cannot start there';
    const { apiRoot } = strategy.locate(examplesOf(strategy));
    strategy.verifyCallback(parameters, { ...proof, address: { account, apiRoot } });
    return account;
  } catch (error) {
    if (GatewayError.is(error)) return error.code;
    throw error;
  }
}

const REFUSED = 'connect_callback_invalid';
const STALE_MS = 2 * 86_400_000;
/** The client that a recorded proof names, where it names one. */
const CLIENT_ID = 'client-of-the-proof';

function describeProof(
  coversAll: boolean,
  judged: (given: Partial<Proof>) => string,
  { name, query, now, account, kind }: ProofFixture,
): void {
  it(`${name} is taken as it is`, () => {
    expect(judged({})).toBe(account);
  });

  it(`${name} is refused once anything in it was changed`, () => {
    for (const [label, changed] of changesOf(query, coversAll)) expect(judged({ query: changed }), label).toBe(REFUSED);
    expect(judged({ query: '' })).toBe(REFUSED);
    expect(judged({ clientSecret: 'secret-of-another' })).toBe(REFUSED);
  });

  it(`${name} is refused when it is stale, or from the future`, () => {
    for (const by of [STALE_MS, -STALE_MS])
      expect(judged({ now: new Date(Date.parse(now) + by).toISOString() })).toBe(REFUSED);
  });

  if (kind === 'start') return;
  it(`${name} is refused for another shop`, () => {
    expect(judged({ account: `other-${account}` })).toBe(REFUSED);
  });
}

/** Each parameter left out, changed, doubled and emptied, and one too many. */
function changesOf(query: string, coversAll: boolean): readonly (readonly [string, string])[] {
  const parameters = [...new URLSearchParams(query)];
  const without = (index: number) => parameters.filter((_parameter, at) => at !== index);
  const print = (pairs: readonly (readonly [string, string])[]) =>
    new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
  const changes = parameters.flatMap(([name, value], index) => [
    [`${name} left out`, print(without(index))] as const,
    [`${name} changed`, print([...without(index), [name, `${value}0`]])] as const,
    [`${name} emptied`, print([...without(index), [name, '']])] as const,
    [`${name} twice`, print([...parameters, [name, value]])] as const,
    [`${name} as a list`, print([...without(index), [`${name}[]`, value]])] as const,
  ]);
  return coversAll ? [...changes, ['one too many', print([...parameters, ['extra', '1']])]] : changes;
}
