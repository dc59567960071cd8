import { type Capability, capabilities, type Connector, inputPaths, isScope, requireNamed, shapeOf } from '#contract';
import { expect, it } from 'vitest';

// Begins with a capital, a number or a name, and ends as sentences do.
const SENTENCE = /^[\p{Lu}\d`].*\s.*[.!?]$/su;

/** What a connector says of itself, held against itself. */
export function describeClaims(connector: Connector): void {
  const claims = capabilities(connector.operations);

  it('says why it cannot do what it does not do', () => {
    const reasons = claims.filter(({ support }) => support === 'none').map(({ note }) => note ?? '');
    for (const reason of reasons) expect(reason).toMatch(/^\S+ .*\S$/);
  });

  it('says in a sentence how each write is made safe to repeat, and can look for what it left', () => {
    for (const { operation, repeat } of claims)
      if (repeat !== undefined) expect(repeat.why, operation).toMatch(SENTENCE);
    expect(claims.filter(({ repeat }) => repeat?.kind === 'clientReference').filter(cannotFind(connector))).toEqual([]);
  });

  it('declares as lost only fields that there are, each with a sentence', () => {
    expect(claims.flatMap(lossesOfNothing)).toEqual([]);
    for (const { operation, losses = [] } of claims)
      for (const { path, why } of losses) expect(why, `${operation}: ${path}`).toMatch(SENTENCE);
  });

  it('says how far back orders can be read, never less far with more scopes', () => {
    const scopes = [...scopesOf(connector), 'read_all_orders'];
    const [few, many] = [connector.historyDays([]), connector.historyDays(scopes)];
    for (const days of [few, many, connector.historyDays(['no such scope'])])
      expect(days === null || (Number.isInteger(days) && days > 0), String(days)).toBe(true);
    expect(many ?? Infinity).toBeGreaterThanOrEqual(few ?? Infinity);
  });

  describePassthrough(connector);
  describeLimits(connector);
}

function cannotFind(connector: Connector): (claim: Capability) => boolean {
  return ({ operation }) => {
    const { repeat } = requireNamed.write(connector, operation);
    return repeat.kind === 'clientReference' && typeof repeat.find !== 'function';
  };
}

function lossesOfNothing({ operation, losses = [] }: Capability): readonly string[] {
  const shape = shapeOf(operation);
  const known = shape?.shape === 'write' ? inputPaths(shape.input) : new Set<string>();
  return losses.filter(({ path }) => !known.has(path)).map(({ path }) => `${operation}: ${path}`);
}

function scopesOf({ auth }: Connector): readonly string[] {
  return auth.flatMap((strategy) =>
    strategy.kind === 'oauth2Code'
      ? [...strategy.scopes.always, ...Object.values(strategy.scopes.byAccess).flat()]
      : [],
  );
}

function describePassthrough({ passthrough }: Connector): void {
  it('lets raw calls go below the API only, and shows no secret header of an answer', () => {
    expect(passthrough.note).toMatch(SENTENCE);
    for (const prefix of passthrough.prefixes) {
      // Relative, and itself when resolved: nothing climbs out of the store's API root.
      expect(prefix).toMatch(/^[\w-][\w./-]*$/);
      expect(new URL(prefix, 'https://shop.example/root/').pathname).toBe(`/root/${prefix}`);
    }
    for (const name of passthrough.answerHeaders ?? []) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(name).not.toMatch(/cookie|authorization|token|secret|key/);
    }
  });
}

function describeLimits(connector: Connector): void {
  it('allows at least one call at a time and says why no more', () => {
    for (const limit of connector.limits) {
      expect(limit.why).toMatch(/\w/);
      if (limit.kind === 'cost') {
        expect(limit.perSecond).toBeGreaterThan(0);
        expect(limit.capacity).toBeGreaterThanOrEqual(limit.perSecond);
        continue;
      }
      expect(Number.isInteger(limit.max) && limit.max > 0).toBe(true);
      const { start } = limit.adaptive ?? { start: 1 };
      expect(Number.isInteger(start) && start >= 1 && start <= limit.max).toBe(true);
    }
    expect(connector.deadlineMs).toBeGreaterThan(0);
  });

  it('asks only for scopes of ours', () => {
    const keys = connector.auth.flatMap((strategy) =>
      strategy.kind === 'oauth2Code' ? Object.keys(strategy.scopes.byAccess) : [],
    );
    expect(keys.filter((key) => !isScope(key))).toEqual([]);
  });
}
