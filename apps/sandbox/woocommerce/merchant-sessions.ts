import { createHmac, randomBytes } from 'node:crypto';
import { isSame } from './oauth-authentication.js';

const COOKIE = 'wordpress_logged_in_sandbox';
const MOST_SESSIONS = 1000;

/** A merchant who logged in to a shop's admin. */
export interface MerchantSession {
  readonly token: string;
  readonly host: string;
  readonly user: string;
}

/** Log-ins and the nonces that belong to them. Kept in memory only. */
export class MerchantSessions {
  readonly #sessions = new Map<string, MerchantSession>();
  readonly #nonceKey = randomBytes(32);

  open(host: string, user: string): MerchantSession {
    const session = { token: randomBytes(20).toString('hex'), host, user };
    this.#sessions.set(session.token, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return session;
  }

  /** The session the cookie header names, if it is one of this shop. */
  find(host: string, cookies: string | undefined): MerchantSession | undefined {
    const match = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]+)`).exec(cookies ?? '');
    const session = this.#sessions.get(match?.[1] ?? '');
    return session?.host === host ? session : undefined;
  }

  /** @param path below which the browser sends it back */
  cookie(session: MerchantSession, path: string): string {
    return `${COOKIE}=${session.token}; Path=${path}; HttpOnly; SameSite=Lax`;
  }

  /** WordPress' nonce: ten hex digits bound to an action and to whoever is logged in. */
  nonce(action: string, session?: MerchantSession): string {
    return createHmac('sha256', this.#nonceKey)
      .update(`${action} ${session?.token ?? ''}`)
      .digest('hex')
      .slice(0, 10);
  }

  isNonce(given: string | undefined, action: string, session?: MerchantSession): boolean {
    return given !== undefined && isSame(this.nonce(action, session), given);
  }
}
