import type { Settings } from '#config';
import { OPERATOR_ROLES, type OperatorRole } from '#persistence';

export type Claims = Readonly<Record<string, unknown>>;

/**
 * The highest role that somebody's claims give them.
 * An e-mail address counts when the provider has verified it: elsewhere anybody may claim any.
 */
export function roleOf(
  settings: Pick<Settings, 'SHOPSPAN_OPERATORS_ROLES' | 'SHOPSPAN_OPERATORS_ROLE_CLAIM'>,
  claims: Claims,
): OperatorRole | undefined {
  const email = claims['email_verified'] === true ? claims['email'] : undefined;
  const claim = settings.SHOPSPAN_OPERATORS_ROLE_CLAIM;
  const values = claim === undefined ? [] : [claims[claim]].flat();
  const roles = settings.SHOPSPAN_OPERATORS_ROLES.flatMap(({ who, role }) => {
    const isPerson = typeof email === 'string' && who.includes('@') && who.toLowerCase() === email.toLowerCase();
    return isPerson || values.includes(who) ? [role] : [];
  });
  return OPERATOR_ROLES.findLast((role) => roles.includes(role));
}
