import { operatorSession, ROLES, type OperatorSession } from '#operator-api';
import { SESSION_PATH, useLive } from './live.js';

export type Role = OperatorSession['role'];

const EVERY_MS = 30_000;

/** Who asks. */
export const useSession = () => useLive(operatorSession, SESSION_PATH, { every: EVERY_MS });

/** Why a role does not allow something, in one sentence; null where it does. */
export function roleRefusal(role: Role | undefined, needed: Role): string | null {
  if (role === undefined) return 'It is not known yet who you are.';
  if (ROLES.indexOf(role) >= ROLES.indexOf(needed)) return null;
  return `This takes the role ${needed}; yours is ${role}.`;
}

/** The same for whoever is signed in. */
export function useRefusal(needed: Role): string | null {
  return roleRefusal(useSession().data?.role, needed);
}
