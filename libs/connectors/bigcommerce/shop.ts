import type { Operation, Shop } from '#contract';
import { z } from 'zod';
import { text } from './atoms.js';

/** What is read of `GET /v2/store` (store_information.v2.yml). */
const information = z.object({
  id: z.string().min(1),
  name: z.string(),
  domain: z.string(),
  currency: z.string().min(1),
  timezone: z.object({ name: text }).nullish(),
});

/** The scopes of a token cannot be asked for: an app's are said when it is installed, an account's never. */
export const getShop: Operation<void, Shop> = {
  async run(store) {
    const { data } = await store.http({ path: 'v2/store', effect: 'read', expect: information });
    return {
      platformId: data.id,
      name: data.name,
      domain: data.domain,
      currency: data.currency,
      timezone: data.timezone?.name ?? null,
      grantedScopes: null,
    };
  },
};
