import { operatorSession, ROLES, type OperatorSession } from '#operator-api';
import { SESSION_PATH, useLive } from './live.js';

export type Role = OperatorSession['role'];

const RHYTHM = { every: 30_000 } as const;

/** Who asks. */
export const useSession = () => useLive(operatorSession, SESSION_PATH, RHYTHM);

/** Why a role does not allow something, in one sentence; null where it does. */
export function roleRefusal(role: Role | undefined, needed: Role): string | null {
  if (role === undefined) return 'It is not known yet who you are.';
  if (ROLES.indexOf(role) >= ROLES.indexOf(needed)) return null;
  return `This takes the role ${needed}; yours is ${role}.`;
}

/** The same for whoever is signed in. Hundreds of buttons want to know it: they read what the shell asks, and ask nothing. */
export function useRefusal(needed: Role): string | null {
  const { data } = useLive(operatorSession, SESSION_PATH, { ...RHYTHM, enabled: false });
  return roleRefusal(data?.role, needed);
}
