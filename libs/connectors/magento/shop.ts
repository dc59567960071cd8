import { type ConnectedStore, GatewayError, type Operation, type Shop } from '#contract';
import { z } from 'zod';
import { partOf } from './catalogue/places.js';
import { id, text } from './atoms.js';
import { API } from './record-calls.js';
import { askViews, chosenOf, shopOf, viewCode, type ViewConfig } from './store-view.js';

const websites = z.array(z.object({ id, name: text }));
const views = z.array(z.object({ code: text, name: text }));
const currency = z.string().regex(/^[A-Z]{3}$/);

/**
 * A shop is an installation with all its websites and store views, or one of these views. It has no name of its own in the
 * API: that of the website stands for it, and its currency is the one that amounts are kept in (fact sheet, 5.1).
 */
export const getShop: Operation<void, Shop> = {
  async run(store) {
    const configs = await askedAt(store);
    const main = chosenOf(store, configs);
    const domain = shopOf(store).split('/')[0] ?? store.account;
    return {
      platformId: store.account,
      name: (await nameOf(store, main)) ?? domain,
      domain,
      currency: partOf(currency, main.base_currency_code, 'a currency'),
      timezone: main.timezone,
      // A token does not say what it may do.
      grantedScopes: null,
    };
  },
};

// What a store view or a language looks like behind the address of a shop.
const LAST_FOLDER = /\/([a-z]\w*)$/i;

/**
 * The settings of all store views. Where shops put the code of a view into their addresses, merchants give these; the API
 * of the shop is not below them, or else it says itself that it lies elsewhere.
 */
async function askedAt(store: ConnectedStore): Promise<readonly ViewConfig[]> {
  const shop = shopOf(store);
  const last = LAST_FOLDER.exec(shop)?.[1];
  if (last === undefined) return askViews(store);
  const misled = (why: string, cause?: GatewayError) => {
    const base = shop.slice(0, -last.length - 1);
    const advice = `give the address as ${base}, and "${last}" as the store view if only that one is meant.`;
    const context = { fields: [{ path: 'storeUrl', message: `${why}: ${advice}` }], platform: { id: 'magento' } };
    return new GatewayError('request_rejected', `${why}: ${advice}`, { ...context, ...cause?.context, cause });
  };
  const configs = await askViews(store).catch((error: unknown) => {
    if (!GatewayError.is(error) || !isNowhere(error)) throw error;
    const said = error.message.replace(/\.$/, '');
    throw misled(`${said}. The address ends in "${last}": if that is a language or a store view`, error);
  });
  const isThere = configs.some(({ base_url: url }) => url?.replace(/\/+$/, '').endsWith(`/${last}`));
  if (isThere || !configs.some(({ code }) => code === last)) return configs;
  throw misled(`"${last}" is a store view of this shop and no part of its address`);
}

/** Whether another page answered, another address was named, or nothing is there at all. */
function isNowhere({ context: { platform } }: GatewayError): boolean {
  const status = platform?.status ?? 500;
  return status < 400 || status === 404;
}

/** Beside the name of the website that of its view, where only that is meant. */
async function nameOf(store: ConnectedStore, { website_id: websiteId, code }: ViewConfig): Promise<string | null> {
  const website = await askNames(store, 'websites', websites);
  const name = website.find((one) => one.id === websiteId)?.name ?? null;
  if (viewCode(store) === undefined) return name;
  const view = (await askNames(store, 'storeViews', views)).find((one) => one.code === code)?.name ?? code;
  return name === null ? view : `${name}, ${view ?? ''}`;
}

async function askNames<T>(
  store: ConnectedStore,
  what: string,
  expect: z.ZodType<readonly T[]>,
): Promise<readonly T[]> {
  try {
    return (await store.http({ path: `${API}store/${what}`, effect: 'read', expect })).data;
  } catch (error) {
    if (GatewayError.is(error)) return [];
    throw error;
  }
}
