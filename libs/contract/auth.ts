import type {
  ActivationKeys,
  ClientCredentials,
  Credentials,
  KeyPairCredentials,
  OAuth1Credentials,
  OAuth2Credentials,
  TokenCredentials,
} from './credentials.js';
import type { ConnectedStore, OutgoingRequest } from './http.js';
import type { Scope } from './scopes.js';
import type { Secret } from './secret.js';

/** A question the connect screen puts to the merchant. Data, so that one screen serves every platform. */
export interface FormField {
  readonly label: string;
  readonly kind: 'text' | 'secret' | 'storeUrl';
  readonly help: string;
  readonly example: string;
  /** May be left empty. */
  readonly optional?: true;
  /** Must match its own `example`; checked by the conformance suite. */
  readonly pattern?: RegExp;
}

export type Form = Readonly<Record<string, FormField>>;
export type Answers = Readonly<Record<string, string>>;

/** Where a store is: its identity at the platform and the address under which its API lies. */
export interface StoreAddress {
  /** Unique per platform; what two connections to the same shop share. */
  readonly account: string;
  /** Ends with `/`. */
  readonly apiRoot: URL;
}

/** Clock and randomness for signatures, handed in so that signing stays pure. */
export interface SigningMoment {
  /** Unix time in seconds. */
  readonly timestamp: number;
  readonly nonce: string;
}

/** How a grant is given back at the platform when a store is disconnected. */
export type Revocation =
  /** It cannot be, or is not ours to end. `why` is for the merchant, and says where it can be done in the shop. */
  | { readonly kind: 'impossible'; readonly why: string }
  | {
      readonly kind: 'call';
      /**
       * Ends the grant and all that hangs on it, subscriptions too. Repeating it is harmless.
       * @throws GatewayError `credential_revoked` where it had ended before
       */
      withdraw(store: ConnectedStore): Promise<void>;
    };

export interface SigningStrategy<C extends Credentials> {
  /** Unique within the connector, e.g. `oauth`. Stored with the credential. */
  readonly id: string;
  /** What the connect screen calls this way of connecting. */
  readonly title: string;
  readonly form: Form;
  readonly revocation: Revocation;
  /** Pure. Besides `activate`, the only function of a connector that ever sees a credential. */
  sign(request: OutgoingRequest, credentials: C, moment: SigningMoment): OutgoingRequest;
}

interface StrategyBase<C extends Credentials> extends SigningStrategy<C> {
  /**
   * Pure. From what the merchant typed to where the shop is.
   * @throws GatewayError `request_invalid` naming the field, for anything that is not an address of this platform.
   */
  locate(answers: Answers): StoreAddress;
}

/** All the refresh worker needs to know about a platform's refresh tokens. */
export type RefreshPolicy =
  | { readonly kind: 'none' }
  | { readonly kind: 'reusable' }
  /** There is no refresh token: a new access token is asked for with the client's own credentials. Nothing can be lost. */
  | { readonly kind: 'mint' }
  | {
      readonly kind: 'rotating';
      /** What happens to the token just used; decides whether a lost answer can be asked for again. */
      readonly previousToken: 'untilNewIsUsed' | 'diesAtOnce' | { readonly graceSeconds: number };
    };

/** An answer of the token endpoint after which asking again is useless: the merchant must connect anew. */
export interface TerminalRefusal {
  readonly status: number;
  readonly error: string;
}

export interface CallbackProof {
  readonly address: StoreAddress;
  readonly clientId: string;
  /** Two while a secret is being rotated. */
  readonly clientSecrets: readonly Secret[];
  readonly now: Date;
}

/** OAuth 2.0 authorization code. openid-client speaks it; this is its configuration and the platform's deviations. */
export interface OAuth2CodeStrategy extends StrategyBase<OAuth2Credentials> {
  readonly kind: 'oauth2Code';
  readonly clientAuthentication: 'client_secret_post' | 'client_secret_basic';
  readonly pkce: 'S256' | 'unsupported';
  /** The least set of platform scopes for what an app asks for. */
  readonly scopes: {
    readonly always: readonly string[];
    readonly byAccess: Readonly<Partial<Record<Scope, readonly string[]>>>;
  };
  readonly scopeSeparator: ' ' | ',';
  readonly tokenParameters: Readonly<Record<string, string>>;
  readonly refresh: RefreshPolicy;
  readonly terminalRefusals: readonly TerminalRefusal[];
  /** Seconds assumed where the platform's answer names no lifetime. */
  readonly defaultLifetimeSeconds: number;
  /**
   * What the token endpoint takes from one client (of an app, for all its shops together), where the platform names a
   * limit. Each worker process keeps to it by itself: with several, declare the limit divided by how many there are.
   */
  readonly tokenCalls?: { readonly perSecond: number };
  authorizationEndpoint(address: StoreAddress): URL;
  tokenEndpoint(address: StoreAddress): URL;
  /**
   * Proves a callback beyond `state`, before any network call.
   * @throws GatewayError `connect_callback_invalid`
   */
  verifyCallback(callback: URLSearchParams, proof: CallbackProof): void;
  /** Pure. Repairs what the platform leaves out of a token answer, so that a standard client accepts it. */
  repairTokenReply(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /**
   * Where a merchant may also start at the platform, such as in its app store: proves the platform's own request to the
   * app's address and tells the shop. Nothing is attached to an app before the merchant confirms.
   * @throws GatewayError `connect_callback_invalid`
   */
  readonly startedAtPlatform?: (query: URLSearchParams, proof: Omit<CallbackProof, 'address'>) => StoreAddress;
}

/**
 * OAuth 2.0 authorization code for an app that is installed: the platform asks the merchant for the shop and comes back
 * with a code and the shop, but without our `state`. What binds the way back is the browser that began; a way that began
 * at the platform attaches to an app only after the merchant confirms.
 */
export interface InstalledAppStrategy extends SigningStrategy<OAuth2Credentials> {
  readonly kind: 'installedApp';
  /** The form asks nothing: the platform's own screen does. */
  readonly form: Readonly<Record<string, never>>;
  readonly clientAuthentication: 'client_secret_post' | 'client_secret_basic';
  /** What an app must have asked for when it was registered; the least set, to say what is missing. */
  readonly scopes: OAuth2CodeStrategy['scopes'];
  readonly refresh: { readonly kind: 'none' };
  readonly terminalRefusals: readonly TerminalRefusal[];
  /** Pages of the platform that may show ours within them, as sources of a content security policy. */
  readonly framedBy: readonly `https://${string}`[];
  /** Where the merchant's browser installs the app. */
  installUrl(clientId: string): URL;
  tokenEndpoint(): URL;
  /**
   * Pure. What the token request says beside code, grant type and redirect address. Nothing in the callback is proven
   * until the platform accepts the code.
   * @throws GatewayError `connect_callback_invalid`
   */
  tokenParameters(callback: URLSearchParams): Readonly<Record<string, string>>;
  /** Pure. Repairs what the platform leaves out of a token answer, so that a standard client accepts it. */
  repairTokenReply(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /**
   * Pure. The shop that the token answer is for.
   * @throws GatewayError `connect_callback_invalid`, also when the callback named another one
   */
  locateGranted(answer: Readonly<Record<string, unknown>>, callback: URLSearchParams): StoreAddress;
  /**
   * Proves the request with which the platform opens the app or says that it was removed, and tells shop and time.
   * @throws GatewayError `connect_callback_invalid`
   */
  provenCall(
    query: URLSearchParams,
    proof: Omit<CallbackProof, 'address'>,
  ): { readonly address: StoreAddress; readonly at: Date };
}

/** OAuth 2.0 client credentials: the merchant's own client at the platform, pasted; its tokens are minted anew. */
export interface ClientCredentialsStrategy extends StrategyBase<ClientCredentials> {
  readonly kind: 'clientCredentials';
  readonly clientAuthentication: 'client_secret_post' | 'client_secret_basic';
  readonly tokenParameters: Readonly<Record<string, string>>;
  readonly refresh: { readonly kind: 'mint' };
  readonly terminalRefusals: readonly TerminalRefusal[];
  readonly defaultLifetimeSeconds: number;
  tokenEndpoint(address: StoreAddress): URL;
  repairTokenReply(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** @throws GatewayError `request_invalid` naming the field */
  credentials(answers: Answers): ClientCredentials;
}

export interface ApprovalRequest {
  readonly address: StoreAddress;
  readonly appName: string;
  /** Comes back in the callback; random, used once. */
  readonly nonce: string;
  readonly callbackUrl: URL;
  readonly returnUrl: URL;
  readonly access: readonly Scope[];
}

/** The merchant approves on the shop's own page; the shop then posts a key pair to us, server to server. */
export interface KeyExchangeStrategy extends StrategyBase<KeyPairCredentials> {
  readonly kind: 'keyExchange';
  /** The shop refuses a callback address that is not https; the screen says so beforehand. */
  readonly callbackMustBeHttps: boolean;
  approvalUrl(request: ApprovalRequest): URL;
  /** Whether the return from the shop's page says that the merchant declined. */
  declined(returned: URLSearchParams): boolean;
  /**
   * Reads the posted keys.
   * @throws GatewayError `connect_callback_invalid`
   */
  receive(body: unknown): {
    readonly nonce: string;
    readonly credentials: KeyPairCredentials;
    readonly scopes: readonly string[];
  };
}

/** What a request without a store's own client sends, and what it hears. */
export type PlainSend = (request: OutgoingRequest) => Promise<{ readonly status: number; readonly text: string }>;

/**
 * OAuth 1.0a begun in the shop: the merchant enters our addresses there and activates, the shop posts a consumer's keys
 * to us, and we trade them for a token while a window of the shop waits.
 */
export interface StoreActivationStrategy extends StrategyBase<OAuth1Credentials> {
  readonly kind: 'storeActivation';
  readonly callbackMustBeHttps: boolean;
  /** Seconds from the post until the keys are worth nothing. */
  readonly windowSeconds: number;
  /** What the merchant does in the shop, in order; `{callback}` and `{identity}` stand for our addresses, `{app}` for the app. */
  readonly steps: readonly [string, ...string[]];
  /**
   * Reads the posted keys, and where the shop says its API is.
   * @param named what the merchant said, which may hold more than a shop says of itself
   * @throws GatewayError `connect_callback_invalid`
   */
  receive(body: unknown, named: StoreAddress): { readonly keys: ActivationKeys; readonly address: StoreAddress };
  /**
   * Trades the keys for a token. Works once: what is lost on the way can only be activated anew in the shop.
   * @throws GatewayError `connect_callback_invalid` with what the shop said
   */
  activate(
    address: StoreAddress,
    keys: ActivationKeys,
    send: PlainSend,
    moment: () => SigningMoment,
  ): Promise<OAuth1Credentials>;
  /** Where the waiting window of the shop goes when all is done; undefined when it did not say. */
  windowReturn(query: URLSearchParams): URL | undefined;
}

/** A consumer's and a token's keys, shown to the merchant by the shop and pasted. */
export interface PastedOAuth1Strategy extends StrategyBase<OAuth1Credentials> {
  readonly kind: 'pastedOAuth1';
  credentials(answers: Answers): OAuth1Credentials;
}

/** Keys the merchant made and pastes. */
export interface PastedKeysStrategy extends StrategyBase<KeyPairCredentials> {
  readonly kind: 'pastedKeys';
  credentials(answers: Answers): KeyPairCredentials;
}

/** A token the merchant made and pastes; it does not expire. */
export interface PastedTokenStrategy extends StrategyBase<TokenCredentials> {
  readonly kind: 'pastedToken';
  credentials(answers: Answers): TokenCredentials;
}

export type AuthStrategy =
  | OAuth2CodeStrategy
  | InstalledAppStrategy
  | ClientCredentialsStrategy
  | KeyExchangeStrategy
  | StoreActivationStrategy
  | PastedKeysStrategy
  | PastedTokenStrategy
  | PastedOAuth1Strategy;

/** The ways of connecting in which the merchant says where the shop is. */
export type LocatedStrategy = Exclude<AuthStrategy, InstalledAppStrategy>;
