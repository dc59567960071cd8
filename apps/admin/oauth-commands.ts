import { readFile } from 'node:fs/promises';
import { createOauthClient } from '#auth';
import { SCOPES } from '#contract';
import { type Command, idOf, required, scopeOf } from './command.js';

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
};

function kindOf(text: string | undefined): 'confidential' | 'browser' {
  const kind = required(text, 'kind');
  if (kind !== 'confidential' && kind !== 'browser') throw new RangeError('--kind is confidential or browser.');
  return kind;
}
