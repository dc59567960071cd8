import { describe, expect, it } from 'vitest';
import { readSettings } from '#config';
import { roleOf } from './role-of.js';

const settings = readSettings({
  SHOPSPAN_OPERATORS_ROLES: 'ada@example.com=admin, shop-support=viewer, shop-ops=operator,eve@example.com=viewer',
  SHOPSPAN_OPERATORS_ROLE_CLAIM: 'groups',
});

describe('the role of somebody who signs in', () => {
  it.each([
    [{ email: 'ada@example.com', email_verified: true }, 'admin'],
    [{ email: 'Ada@Example.com', email_verified: true }, 'admin'],
    [{ email: 'ada@example.com', email_verified: false }, undefined],
    [{ email: 'ada@example.com' }, undefined],
    [{ email: 'ada@example.com', email_verified: 'true' }, undefined],
    [{ email: 'ada@example.com.evil.example', email_verified: true }, undefined],
    [{ groups: 'shop-support' }, 'viewer'],
    [{ groups: ['shop-support', 'shop-ops', 'others'] }, 'operator'],
    [{ groups: ['SHOP-OPS'] }, undefined],
    [{ roles: ['shop-ops'] }, undefined],
    [{ email: 'eve@example.com', email_verified: true, groups: ['shop-ops'] }, 'operator'],
    [{ email: 'shop-ops', email_verified: true }, undefined],
    [{}, undefined],
  ])('with %j is %s', (claims, role) => {
    expect(roleOf(settings, claims)).toBe(role);
  });

  it('is nobody’s where nobody is named', () => {
    expect(roleOf(readSettings({}), { email: 'ada@example.com', email_verified: true })).toBeUndefined();
  });
});
