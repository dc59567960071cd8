import type { Answers, FormField, StoreAddress } from '#contract';
import { invalidField, readStoreUrl } from '#kit';
import { accountOf } from './store-view.js';

export const storeUrl: FormField = {
  label: 'Shop address',
  kind: 'storeUrl',
  help: 'The base URL of the shop, with its sub-folder if it has one, without a language or store view at its end.',
  example: 'https://shop.example.com',
  pattern: /^(https?:\/\/)?[^\s/\\@]+(\/[^\s\\@]*)?$/i,
};

// What the platform itself takes for one: letters, digits or underscore, a letter first (its own words to who makes one).
const VIEW_CODE = /^[a-z][a-z0-9_]*$/i;

export const storeView: FormField = {
  label: 'Store view',
  kind: 'text',
  help: 'The code of one store view, from Stores, All Stores in the back office: orders, customers and carts of it, and products as it shows them. Leave it empty for the whole shop. A view that is connected again takes the code shown behind its #.',
  example: 'default',
  optional: true,
  pattern: VIEW_CODE,
};

/**
 * What a merchant has in the address bar when asked for the shop: the API with or without a store view, the back office
 * (`admin` or `admin_` and a random name unless it was renamed), a page of the shop.
 */
const BELOW_BASE = /\/(?:rest|oauth|graphql|admin(?:_\w+)?|customer|checkout|catalog|[^/]+\.html?)(?:\/.*)?$/i;

/** `https://shop/` to what the shop calls itself: the same with `index.php/` where it has no rewrites. */
const INDEX = /\/index\.php$/;

/** The shop an address belongs to. Its API lies below `rest/`, with `index.php/` before it where that was given. */
export function addressOf(url: URL): StoreAddress {
  const path = url.pathname.replace(BELOW_BASE, '').replace(/\/+$/, '');
  return { account: `${url.host}${path.replace(INDEX, '')}`, apiRoot: new URL(`${url.origin}${path}/`) };
}

export function locate(answers: Answers): StoreAddress {
  const { account, apiRoot } = addressOf(readStoreUrl(answers['storeUrl'] ?? '', 'storeUrl'));
  const view = answers['storeView']?.trim() || undefined;
  if (view === undefined || VIEW_CODE.test(view)) return { account: accountOf(account, view), apiRoot };
  throw invalidField(
    'storeView',
    'The code of a store view begins with a letter and goes on with letters, digits and _.',
  );
}
