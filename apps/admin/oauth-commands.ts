import { readFile } from 'node:fs/promises';
import { changeClientScopes, createOauthClient, endOauthClient, rotateClientSecret, rotateSigningKeys } from '#auth';
import { publicId, SCOPES } from '#contract';
import { type Command, idOf, type Options, required, scopeOf, wholeNumber, WITHIN_A_SECOND } from './command.js';

/** Clients of the authorization server and the keys that sign its tokens. */
export const OAUTH_COMMANDS: Readonly<Record<string, Command>> = {
  'client:create': {
    usage:
      '--tenant ten_... --app app_... --name "Back end" --kind confidential|browser [--redirect-uri https://... ...] [--scope read:orders ...] [--jwks keys.json] [--store sto_...]',
    async run({ database }, options) {
      const tenantId = idOf('tenant', options.tenant, 'tenant');
      const created = await createOauthClient(database, tenantId, idOf('app', options.app, 'app'), {
        name: required(options.name, 'name'),
        kind: kindOf(options.kind),
        scopes: options.scope === undefined ? SCOPES : options.scope.map(scopeOf),
        redirectUris: options['redirect-uri'] ?? [],
        jwks: options.jwks === undefined ? null : (JSON.parse(await readFile(options.jwks, 'utf8')) as object),
        storeId: options.store === undefined ? null : idOf('store', options.store, 'store'),
      });
      return { client: created.clientId, ...(created.secret === null ? {} : { secret: created.secret }) };
    },
  },
  'client:rotate-secret': {
    usage: '--tenant ten_... --client cli_... --overlap-minutes 60',
    async run({ database }, options) {
      const tenantId = idOf('tenant', options.tenant, 'tenant');
      const name = 'overlap-minutes';
      const rules = { least: 0, most: MOST_OVERLAP_MINUTES, unit: 'minutes' };
      const minutes = wholeNumber(required(options[name], name), name, rules);
      const secret = await rotateClientSecret(database, tenantId, clientOf(options), minutes);
      return { secret, oldSecretEndsInMinutes: minutes };
    },
  },
  'client:scopes': {
    usage: '--tenant ten_... --client cli_... --scope read:orders ...',
    async run({ database }, options) {
      const scopes = (options.scope ?? []).map(scopeOf);
      if (scopes.length === 0) throw new RangeError('Give --scope; `client:disable` takes everything away.');
      await changeClientScopes(database, idOf('tenant', options.tenant, 'tenant'), clientOf(options), scopes);
      return { scopes, holds: WITHIN_A_SECOND };
    },
  },
  'client:disable': {
    usage: '--tenant ten_... --client cli_...',
    async run({ database }, options) {
      const id = clientOf(options);
      await endOauthClient(database, idOf('tenant', options.tenant, 'tenant'), id);
      return { disabled: publicId('oauthClient', id), holds: WITHIN_A_SECOND };
    },
  },
  'signing-keys:rotate': {
    usage: '',
    async run({ database, keyEncryption }) {
      if (!(await rotateSigningKeys(database, keyEncryption, 0)))
        throw new Error(
          'The next key was published a moment ago, or the gateway has not run yet. Try again in ten seconds.',
        );
      return { rotated: 'the next key signs; the old one is verified with for a day' };
    },
  },
};

/** A week. */
const MOST_OVERLAP_MINUTES = 7 * 24 * 60;

function clientOf(options: Options): string {
  return idOf('oauthClient', options.client, 'client');
}

function kindOf(text: string | undefined): 'confidential' | 'browser' {
  const kind = required(text, 'kind');
  if (kind !== 'confidential' && kind !== 'browser') throw new RangeError('--kind is confidential or browser.');
  return kind;
}
