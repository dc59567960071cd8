import type { JsonObject } from './response-fields.js';
import { CANNOT_LIST, CANNOT_VIEW, type RestEndpoint } from './rest-endpoint.js';
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
      const now = Math.floor(state.context.now().getTime() / 1000);
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
  answer: ({ site, path }): RestOutcome => {
    const group = path['group'] ?? '';
    const settings = settingsGroup(site.shop, group);
    if (!settings) return refused(INVALID_GROUP);
    const bodies = settings.map((one) => ({ ...one, _links: settingLinks(site.siteUrl, group, one.id) }));
    return { kind: 'item', body: bodies };
  },
};

/** `GET /settings/{group}/{id}` */
export const getSetting: RestEndpoint<void> = {
  allow: 'GET, POST, PUT, PATCH',
  denied: CANNOT_VIEW,
  read: () => undefined,
  answer: ({ site, path }): RestOutcome => {
    const group = path['group'] ?? '';
    const settings = settingsGroup(site.shop, group);
    if (!settings) return refused(INVALID_GROUP);
    const setting = settings.find((one) => one.id === path['id']);
    if (!setting) return refused(INVALID_SETTING);
    return { kind: 'item', body: setting, links: settingLinks(site.siteUrl, group, path['id'] ?? '') };
  },
};

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
