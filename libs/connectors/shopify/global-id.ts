import { GatewayError } from '#contract';

/** Types whose ids carry a query (schema; recorded: `gid://shopify/MailingAddress/1?model_name=CustomerAddress`). */
const WITH_QUERY: ReadonlySet<string> = new Set(['InventoryLevel', 'MailingAddress']);

/**
 * The platform's own id of a record: global, opaque text. The bare number that older integrations keep is taken too.
 * @throws GatewayError `not_found` for what can be no id of that type; nothing needs to be asked to know it
 */
export function globalId(type: string, platformId: string): string {
  if (/^\d{1,20}$/.test(platformId)) return `gid://shopify/${type}/${platformId}`;
  const [, named, query] = /^gid:\/\/shopify\/([A-Za-z]+)\/\d{1,20}(\?[\w=&-]{1,200})?$/.exec(platformId) ?? [];
  if (named === type && (query === undefined || WITH_QUERY.has(type))) return platformId;
  throw notFound(type, platformId);
}

/** For a record that the platform answers `null` for. `hint` says what else may be the reason. */
export function notFound(type: string, platformId: string, hint = ''): GatewayError<'not_found'> {
  const name = type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return new GatewayError('not_found', `The shop has no ${name} ${platformId.slice(0, 60)}${hint}`, {
    platform: { id: 'shopify' },
  });
}
