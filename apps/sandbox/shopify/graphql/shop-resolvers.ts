import { publicVersions, NEWEST_VERSION } from '../api-versions.js';
import { scopeInWords, withImplied } from '../oauth/scopes.js';
import { gid } from '../views/gid.js';
import { shopView } from '../views/shop-view.js';
import type { RequestContext } from './request-context.js';

function installationView({ app, scopes, shop }: RequestContext) {
  const handles = withImplied(scopes).map((handle) => ({ handle, description: scopeInWords(handle) }));
  return {
    id: gid('AppInstallation', shop.id + 11),
    launchUrl: app.launchUrl,
    accessScopes: handles,
    app: {
      id: gid('App', 70_411_009),
      apiKey: app.clientId,
      title: app.name,
      handle: null,
      embedded: false,
      webhookApiVersion: NEWEST_VERSION,
      optionalAccessScopes: [],
    },
  };
}

/** The fields of QueryRoot about the shop and the app itself. */
export const shopResolvers = {
  shop: (_args: unknown, context: RequestContext) => shopView(context),
  currentAppInstallation: (_args: unknown, context: RequestContext) => installationView(context),
  publicApiVersions: () => publicVersions(),
};
