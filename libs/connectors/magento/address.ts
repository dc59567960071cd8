import type { Answers, FormField, StoreAddress } from '#contract';
import { readStoreUrl } from '#kit';

export const storeUrl: FormField = {
  label: 'Shop address',
  kind: 'storeUrl',
  help: 'The base URL of the shop, with its sub-folder if it has one, without the language at its end.',
  example: 'https://shop.example.com',
  pattern: /^(https?:\/\/)?[^\s/\\@]+(\/[^\s\\@]*)?$/i,
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
  return addressOf(readStoreUrl(answers['storeUrl'] ?? '', 'storeUrl'));
}
