import type {
  AuthStrategy,
  ClientCredentialsStrategy,
  OAuth2CodeStrategy,
  SigningMoment,
  SigningStrategy,
} from './auth.js';
import type { Credentials } from './credentials.js';
import type { OutgoingRequest } from './http.js';

/** Whether the gateway can get a new access token without the merchant. */
export function isRenewable(strategy: AuthStrategy): strategy is OAuth2CodeStrategy | ClientCredentialsStrategy {
  return (strategy.kind === 'oauth2Code' && strategy.refresh.kind !== 'none') || strategy.kind === 'clientCredentials';
}

/** What each kind of strategy signs with. */
const SIGNS_WITH = {
  oauth2Code: 'oauth2',
  installedApp: 'oauth2',
  clientCredentials: 'client',
  keyExchange: 'keyPair',
  pastedKeys: 'keyPair',
  pastedToken: 'token',
  storeActivation: 'oauth1',
  pastedOAuth1: 'oauth1',
} as const satisfies Readonly<Record<AuthStrategy['kind'], Credentials['kind']>>;

/** Every way of connecting there is. */
export const AUTH_KINDS = Object.keys(SIGNS_WITH) as readonly AuthStrategy['kind'][];

/** Signs with whichever strategy a credential was made by; the stored kind and the strategy's kind must agree. */
export function signWith(
  strategy: AuthStrategy,
  request: OutgoingRequest,
  credentials: Credentials,
  moment: SigningMoment,
): OutgoingRequest {
  if (SIGNS_WITH[strategy.kind] !== credentials.kind) {
    throw new TypeError(`a ${credentials.kind} credential cannot be signed by strategy ${strategy.id}`);
  }
  // The table says that the two belong together, which the union's types cannot.
  return (strategy as SigningStrategy<Credentials>).sign(request, credentials, moment);
}
