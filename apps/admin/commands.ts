import { createApp, createTenant } from '#auth';
import { publicId } from '#contract';
import { AUDIT_COMMANDS } from './audit-commands.js';
import { type Command, idOf, required, wholeNumber } from './command.js';
import { CREDENTIAL_COMMANDS } from './credential-commands.js';
import {
  deleteTenantCommand,
  rotateDataKeysCommand,
  rotateWrappingCommand,
  verifyRestoredCommand,
} from './key-commands.js';
import { OAUTH_COMMANDS } from './oauth-commands.js';
import { OPERATOR_COMMANDS } from './operator-commands.js';
import { STOP_COMMANDS } from './stop-commands.js';

/** What an administrator can do from the shell. Each answers what it made; a secret is shown this once. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'tenant:create': {
    usage: '--name "Acme"',
    async run({ database, vault }, options) {
      const id = await createTenant(database, required(options.name, 'name'));
      await vault.createTenantKey(id);
      return { tenant: publicId('tenant', id) };
    },
  },
  'tenant:delete': {
    usage: '--tenant ten_... --yes',
    async run(context, options) {
      const tenantId = idOf('tenant', options.tenant, 'tenant');
      if (options.yes !== true)
        throw new RangeError('This destroys the tenant, its stores and its keys for ever. Add --yes if you mean it.');
      return await deleteTenantCommand(context, tenantId);
    },
  },
  'keys:rotate': {
    usage: '[--data-keys [--tenant ten_...] [--grace-minutes 10]]',
    async run(context, options) {
      const { tenant, 'grace-minutes': minutes, 'data-keys': dataKeys } = options;
      if (dataKeys !== true) {
        if (tenant ?? minutes) throw new RangeError('--tenant and --grace-minutes go with --data-keys.');
        return await rotateWrappingCommand(context);
      }
      const tenantId = tenant === undefined ? undefined : idOf('tenant', tenant, 'tenant');
      return await rotateDataKeysCommand(context, { tenantId, graceMinutes: minutesOf(minutes, 'grace-minutes') });
    },
  },
  'credentials:verify': {
    usage: '[--within-minutes 10]   after the database was restored from a backup',
    async run(context, options) {
      return await verifyRestoredCommand(context, minutesOf(options['within-minutes'], 'within-minutes') ?? 10);
    },
  },
  'app:create': {
    usage: '--tenant ten_... --name "Acme Shipping" [--test] [--return-origin https://app.example.com ...]',
    async run({ database }, options) {
      const tenantId = idOf('tenant', options.tenant, 'tenant');
      const returnOrigins = (options['return-origin'] ?? []).map(originOf);
      const mode = options.test === true ? 'test' : 'live';
      const id = await createApp(database, tenantId, { name: required(options.name, 'name'), mode, returnOrigins });
      return { app: publicId('app', id), mode };
    },
  },
  ...CREDENTIAL_COMMANDS,
  ...OAUTH_COMMANDS,
  ...OPERATOR_COMMANDS,
  ...AUDIT_COMMANDS,
  ...STOP_COMMANDS,
};

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    throw new RangeError(`"${text}" is no origin such as https://app.example.com`);
  }
  return url.origin;
}

/** Longer than anything that is waited for. */
const MOST_MINUTES = 999_999;

function minutesOf(text: string | undefined, name: string): number | undefined {
  return text === undefined ? undefined : wholeNumber(text, name, { least: 0, most: MOST_MINUTES, unit: 'minutes' });
}
