import { addressList, createApiKey, listApiKeys, revokeApiKey, rotateApiKey, setSuspended } from '#auth';
import { publicId, SCOPES } from '#contract';
import { type Command, idOf, required, scopeOf, wholeNumber, WITHIN_A_SECOND } from './command.js';

/** API keys, and the switch that ends everything of an app or a tenant at once. */
export const CREDENTIAL_COMMANDS: Readonly<Record<string, Command>> = {
  'key:create': {
    usage:
      '--tenant ten_... --app app_... [--name "Nightly export"] [--scope read:orders ...] [--expires-days 365] [--allow-ip 203.0.113.0/24 ...]',
    async run({ database }, options) {
      const allowedAddresses = options['allow-ip'] ?? [];
      addressList(allowedAddresses);
      const { id, text } = await createApiKey(
        database,
        idOf('tenant', options.tenant, 'tenant'),
        idOf('app', options.app, 'app'),
        {
          name: options.name ?? '',
          scopes: options.scope === undefined ? SCOPES : options.scope.map(scopeOf),
          expiresAt: options['expires-days'] === undefined ? null : daysFromNow(options['expires-days']),
          allowedAddresses,
        },
      );
      return { key: publicId('apiKey', id), secret: text };
    },
  },
  'key:list': {
    usage: '--tenant ten_... [--app app_...]',
    async run({ database }, options) {
      const appId = options.app === undefined ? undefined : idOf('app', options.app, 'app');
      const keys = await listApiKeys(database, idOf('tenant', options.tenant, 'tenant'), appId);
      return {
        keys: keys.map(({ id, appId: ofApp, rotatedFrom, ...key }) => ({
          ...{ key: publicId('apiKey', id), app: publicId('app', ofApp), ...key },
          rotatedFrom: rotatedFrom === null ? null : publicId('apiKey', rotatedFrom),
        })),
      };
    },
  },
  'key:rotate': {
    usage: '--tenant ten_... --key key_... [--overlap-minutes 1440]',
    async run({ database }, options) {
      const name = 'overlap-minutes';
      const minutes = wholeNumber(options[name] ?? '1440', name, { least: 0, most: 999_999, unit: 'minutes' });
      const tenantId = idOf('tenant', options.tenant, 'tenant');
      const old = idOf('apiKey', options.key, 'key');
      const { id, text, oldEndsAt } = await rotateApiKey(database, tenantId, old, minutes * 60);
      return { key: publicId('apiKey', id), secret: text, old: publicId('apiKey', old), oldEndsAt };
    },
  },
  'key:revoke': {
    usage: '--tenant ten_... --key key_...',
    async run({ database }, options) {
      const keyId = idOf('apiKey', options.key, 'key');
      await revokeApiKey(database, idOf('tenant', options.tenant, 'tenant'), keyId);
      return { revoked: publicId('apiKey', keyId), holds: WITHIN_A_SECOND };
    },
  },
  'tenant:suspend': suspension('tenant', true),
  'tenant:resume': suspension('tenant', false),
  'app:suspend': suspension('app', true),
  'app:resume': suspension('app', false),
};

function suspension(kind: 'tenant' | 'app', suspended: boolean): Command {
  return {
    usage: kind === 'tenant' ? '--tenant ten_...' : '--tenant ten_... --app app_...',
    async run({ database }, options) {
      const tenantId = idOf('tenant', options.tenant, 'tenant');
      const appId = kind === 'app' ? idOf('app', options.app, 'app') : undefined;
      if (!(await setSuspended(database, tenantId, appId, suspended)))
        throw new RangeError(`There is no such ${kind}.`);
      return { [suspended ? 'suspended' : 'resumed']: required(options[kind], kind), holds: WITHIN_A_SECOND };
    },
  };
}

function daysFromNow(text: string): Date {
  const days = wholeNumber(text, 'expires-days', { least: 1, most: 3650, unit: 'days' });
  return new Date(Date.now() + days * 24 * 3600 * 1000);
}
