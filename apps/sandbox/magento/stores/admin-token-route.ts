import { randomBytes } from 'node:crypto';
import { memberIn, type RestCall, type RestRoute } from '../rest/rest-call.js';
import { RestError } from '../rest/rest-error.js';

/** `webapi/jwtauth/admin_expiration` (fact sheet, section 2.4). */
const LIFE_SECONDS = 3600;

/** Recorded: auth-admin-token.json, auth-admin-token-bad.json. The only administrator is `admin` with `sandbox123`. */
function logIn(call: RestCall): string {
  if (memberIn(call, 'username') !== 'admin' || memberIn(call, 'password') !== 'sandbox123') {
    const message =
      'The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.';
    throw new RestError(401, message);
  }
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { uid: 1, utypid: 2, iat: call.at, exp: call.at + LIFE_SECONDS };
  const token = `${part({ kid: '1', alg: 'HS256' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`;
  call.state.adminTokens.set(`${call.shop.host} ${token}`, claims.exp);
  return token;
}

export const adminTokenRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/V1/integration/admin/token', resource: 'anonymous', answer: logIn },
];
