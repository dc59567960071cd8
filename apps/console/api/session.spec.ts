import { expect, it } from 'vitest';
import { ROLES } from '#operator-api';
import { roleRefusal } from './session.js';

it('allows a role what lesser roles may', () => {
  const allowed = ROLES.map((role) => ROLES.filter((needed) => roleRefusal(role, needed) === null));
  expect(allowed).toEqual([['viewer'], ['viewer', 'operator'], ['viewer', 'operator', 'admin']]);
});

it('says which role is needed, and allows nothing to whom it does not know', () => {
  expect(roleRefusal('viewer', 'admin')).toBe('This takes the role admin; yours is viewer.');
  expect(roleRefusal(undefined, 'viewer')).toMatch(/not known/);
});
