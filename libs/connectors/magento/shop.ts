import { type ConnectedStore, GatewayError, type Operation, type Shop } from '#contract';
import { z } from 'zod';
import { id, text } from './atoms.js';
import { API } from './record-calls.js';

const configs = z
  .array(
    z.object({ id, code: text, website_id: id, base_currency_code: z.string().regex(/^[A-Z]{3}$/), timezone: text }),
  )
  .min(1);
const websites = z.array(z.object({ id, name: text }));

/**
 * A shop is an installation with all its websites and store views. It has no name of its own in the API: that of the
 * first website stands for it, and its currency is the one that all amounts are kept in (fact sheet, 5.1).
 */
export const getShop: Operation<void, Shop> = {
  async run(store) {
    const { data } = await store.http({ path: `${API}store/storeConfigs`, effect: 'read', expect: configs });
    const [main, ...others] = [...data].sort((one, other) => Number(one.id) - Number(other.id));
    if (main === undefined) throw new TypeError('the schema asks for at least one');
    const domain = store.account.split('/')[0] ?? store.account;
    const name = others.length < data.length ? await nameOf(store, main.website_id) : null;
    return {
      platformId: store.account,
      name: name ?? domain,
      domain,
      currency: main.base_currency_code,
      timezone: main.timezone,
      // A token does not say what it may do.
      grantedScopes: null,
    };
  },
};

async function nameOf(store: ConnectedStore, websiteId: string): Promise<string | null> {
  try {
    const { data } = await store.http({ path: `${API}store/websites`, effect: 'read', expect: websites });
    return data.find((website) => website.id === websiteId)?.name ?? null;
  } catch (error) {
    if (GatewayError.is(error)) return null;
    throw error;
  }
}
