import type { Environment, Settings } from './settings.js';

/**
 * Why settings that are each well-formed must not be used together, one line per reason; never a value.
 * @param given the environment as it was, to tell what was said from what is a default
 */
export function unfitSettings(settings: Settings, given: Environment): readonly string[] {
  return [
    ...(settings.NODE_ENV === 'production' ? unfitForProduction(settings) : unfitForDevelopment(settings, given)),
    ...unfitForAlerts(settings),
  ];
}

/** Whoever opens a gateway to others says what it is for; nobody gets the leniency of development by forgetting a setting. */
function unfitForDevelopment({ SHOPSPAN_HOST: host }: Settings, given: Environment): string[] {
  if (given['NODE_ENV'] !== undefined || /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(host)) return [];
  return ['NODE_ENV: must be given where SHOPSPAN_HOST is not a loopback address; production, unless you know better'];
}

/** What nobody can check nobody should act on; and a private address is opened by saying so, not by a slip. */
function unfitForAlerts(settings: Settings): string[] {
  const { SHOPSPAN_ALERT_WEBHOOK_URL: url, SHOPSPAN_ALERT_WEBHOOK_SECRET: secret } = settings;
  if (url === undefined) return [];
  const wrong =
    secret === undefined ? ['SHOPSPAN_ALERT_WEBHOOK_SECRET: must be given with SHOPSPAN_ALERT_WEBHOOK_URL'] : [];
  if (!url.startsWith('https://') && settings.SHOPSPAN_ALERT_WEBHOOK_PRIVATE !== 'allow')
    wrong.push('SHOPSPAN_ALERT_WEBHOOK_URL: must be https, unless SHOPSPAN_ALERT_WEBHOOK_PRIVATE allows otherwise');
  return wrong;
}

const LEAST_PASSWORD = 12;
const ROLE_URLS = ['DATABASE_OWNER_URL', 'DATABASE_APP_URL', 'DATABASE_WORKER_URL', 'DATABASE_QUEUE_URL'] as const;

/** A role may prove itself by a certificate or a socket; but a password that is there must be one. */
function hasWeakPassword(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return password !== '' && (password.length < LEAST_PASSWORD || password === username || new Set(password).size < 6);
}

function unfitForProduction(settings: Settings): string[] {
  const wrong: string[] = [];
  if (settings.SHOPSPAN_SANDBOX_URL !== undefined)
    wrong.push('SHOPSPAN_SANDBOX_URL: the sandbox is refused in production');
  if (settings.SHOPSPAN_EGRESS_ALLOW.length > 0) wrong.push('SHOPSPAN_EGRESS_ALLOW: is for development only');
  if (settings.SHOPSPAN_PUBLIC_URL?.startsWith('https://') !== true) {
    wrong.push('SHOPSPAN_PUBLIC_URL: must be given in production, with https');
  }
  if (settings.SHOPSPAN_KEYS === undefined && settings.SHOPSPAN_KEY_FILE === undefined) {
    wrong.push('SHOPSPAN_KEYS or SHOPSPAN_KEY_FILE: must be given in production');
  }
  if (settings.SHOPSPAN_OPERATORS_ISSUER?.startsWith('http://') === true) {
    wrong.push('SHOPSPAN_OPERATORS_ISSUER: must be https in production');
  }
  if (settings.SHOPSPAN_LOG_LEVEL === 'debug') wrong.push('SHOPSPAN_LOG_LEVEL: debug is for development only');
  for (const name of ROLE_URLS.filter((one) => hasWeakPassword(settings[one]))) {
    wrong.push(`${name}: its password is short or easily guessed; 12 signs or more, at random, in production`);
  }
  return wrong;
}
