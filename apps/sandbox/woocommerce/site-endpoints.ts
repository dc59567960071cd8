import { nowOf } from './local-time.js';
import type { JsonObject } from './response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestCall, type RestEndpoint } from './rest-endpoint.js';
import { restError } from './rest-error.js';
import { refused, type RestOutcome } from './rest-outcome.js';
import { settingsGroup, siteIndex, systemStatus } from './site-info.js';

const INVALID_GROUP = restError(404, 'rest_setting_setting_group_invalid', 'Invalid setting group.');
const INVALID_SETTING = restError(404, 'rest_setting_setting_invalid', 'Invalid setting.');

/** Path below `wp-json` and the methods it knows, for the indexes. */
export type RouteList = readonly (readonly [path: string, methods: readonly string[]])[];

/** `GET /wp-json/` */
export function indexEndpoint(routes: RouteList): RestEndpoint<void> {
  return {
    allow: 'GET',
    read: () => undefined,
    answer: ({ site, state }) => {
      const now = nowOf(state);
      return { kind: 'item', body: siteIndex(site.shop, site.siteUrl, now, routesBody(routes, site.siteUrl)) };
    },
  };
}

/** `GET /wp-json/wc/v3`: open to everybody, too. */
export function namespaceEndpoint(routes: RouteList): RestEndpoint<void> {
  return {
    allow: 'GET',
    read: () => undefined,
    answer: ({ site }) => ({
      kind: 'item',
      body: { namespace: 'wc/v3', routes: routesBody(routes, site.siteUrl) },
      links: { up: [{ href: `${site.siteUrl}/wp-json/` }] },
    }),
  };
}

/** `GET /system_status` */
export const getSystemStatus: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site }) => ({ kind: 'item', body: systemStatus(site.shop, site.siteUrl) }),
};

/** `GET /data/currencies/current` (recorded: store-data-currency-current.json) */
export const getCurrency: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: ({ site: { shop, siteUrl } }) => {
    const collection = `${siteUrl}/wp-json/wc/v3/data/currencies`;
    return {
      kind: 'item',
      body: { code: shop.currency, name: shop.currencyName, symbol: shop.currencySymbolHtml },
      links: {
        self: [{ href: `${collection}/${shop.currency}`, targetHints: { allow: ['GET'] } }],
        collection: [{ href: collection }],
      },
    };
  },
};

/** `GET /settings/{group}` */
export const listSettings: RestEndpoint<void> = {
  allow: 'GET',
  denied: CANNOT_LIST,
  read: () => undefined,
  answer: (call): RestOutcome =>
    inGroup(call, (settings, linksOf) => ({
      kind: 'item',
      body: settings.map((one) => ({ ...one, _links: linksOf(one.id) })),
    })),
};

/** `GET /settings/{group}/{id}` */
export const getSetting: RestEndpoint<void> = {
  allow: 'GET, POST, PUT, PATCH',
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: (call): RestOutcome =>
    inGroup(call, (settings, linksOf) => {
      const setting = settings.find((one) => one.id === call.path['id']);
      return setting ? { kind: 'item', body: setting, links: linksOf(setting.id) } : refused(INVALID_SETTING);
    }),
};

/** Answers about the settings of the group that the address names, if there is such a group. */
function inGroup(
  { site, path }: Pick<RestCall<unknown>, 'site' | 'path'>,
  answer: (settings: NonNullable<ReturnType<typeof settingsGroup>>, linksOf: (id: string) => JsonObject) => RestOutcome,
): RestOutcome {
  const group = path['group'] ?? '';
  const settings = settingsGroup(site.shop, group);
  return settings ? answer(settings, (id) => settingLinks(site.siteUrl, group, id)) : refused(INVALID_GROUP);
}

function settingLinks(siteUrl: string, group: string, id: string): JsonObject {
  const collection = `${siteUrl}/wp-json/wc/v3/settings/${group}`;
  return {
    self: [{ href: `${collection}/${id}`, targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH'] } }],
    collection: [{ href: collection }],
  };
}

function routesBody(routes: RouteList, siteUrl: string): JsonObject {
  return Object.fromEntries(
    routes.map(([path, methods]) => [
      path,
      {
        namespace: path === '/' ? '' : 'wc/v3',
        methods,
        endpoints: [{ methods, args: [] }],
        ...(path.includes('(') ? {} : { _links: { self: [{ href: `${siteUrl}/wp-json${path}` }] } }),
      },
    ]),
  );
}
