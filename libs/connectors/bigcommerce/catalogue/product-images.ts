import type { ConnectedStore, ProductInput } from '#contract';
import {
  type Body,
  bodyOf,
  deleteAt,
  inOurWords,
  type RecordNumber,
  recordNumber,
  within,
  writeRow,
} from '../record-calls.js';
import { OUR_WORDS } from './product-input.js';
import type { PlatformProduct } from './product-schema.js';
import { PRODUCTS } from './products.js';

type Images = NonNullable<ProductInput['images']>;

/** The first is the one that lists show. */
export function imageBody({ url, alt }: Images[number], index: number): Body {
  return bodyOf({
    image_url: within(255, url, 'images[].url'),
    description: alt,
    is_thumbnail: index === 0,
    sort_order: index,
  });
}

/**
 * Pictures are changed one by one; what becomes of `images` in a change of their product is not documented. The new ones
 * are there before the old ones go, so that a picture which cannot be fetched costs none.
 */
export async function replaceImages(
  store: ConnectedStore,
  product: RecordNumber,
  old: PlatformProduct['images'],
  images: Images,
): Promise<void> {
  const path = `${PRODUCTS}/${product}/images`;
  for (const body of images.map(imageBody)) {
    await inOurWords(OUR_WORDS, () => writeRow(store, 'POST', path, body));
  }
  for (const { id } of old) await deleteAt(store, path, recordNumber(id, 'picture'));
}
