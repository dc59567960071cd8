import type { Operation, Shop } from '#contract';
import { graphql } from '#kit';
import { z } from 'zod';
import { withImpliedScopes } from './auth.js';
import { COST, GRAPHQL_PATH, SHOP } from './documents.js';

const answer = z.object({
  shop: z.object({
    id: z.string().min(1),
    name: z.string(),
    myshopifyDomain: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string().nullish(),
  }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }).nullish(),
});

export const getShop: Operation<void, Shop> = {
  async run(store) {
    const { shop, currentAppInstallation } = await graphql(store, {
      path: GRAPHQL_PATH,
      document: SHOP,
      variables: {},
      effect: 'read',
      expect: answer,
      cost: COST.shop,
    });
    const scopes = currentAppInstallation?.accessScopes.map(({ handle }) => handle);
    return {
      platformId: shop.id,
      name: shop.name,
      domain: shop.myshopifyDomain,
      currency: shop.currencyCode,
      timezone: shop.ianaTimezone ?? null,
      grantedScopes: scopes === undefined ? null : withImpliedScopes(scopes),
    };
  },
};
