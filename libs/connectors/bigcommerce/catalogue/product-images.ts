import type { ConnectedStore, ProductInput } from '#contract';
import { bodyOf, deleteAt, inOurWords, type RecordNumber, recordNumber, writeRow } from '../record-calls.js';
import { OUR_WORDS } from './product-input.js';
import type { PlatformProduct } from './product-schema.js';
import { PRODUCTS } from './products.js';

/**
 * Pictures are changed one by one; what becomes of `images` in a change of their product is not documented. The new ones
 * are there before the old ones go, so that a picture which cannot be fetched costs none.
 */
export async function replaceImages(
  store: ConnectedStore,
  product: RecordNumber,
  old: PlatformProduct['images'],
  images: NonNullable<ProductInput['images']>,
): Promise<void> {
  const path = `${PRODUCTS}/${product}/images`;
  for (const [index, { url, alt }] of images.entries()) {
    const body = bodyOf({ image_url: url, description: alt, is_thumbnail: index === 0, sort_order: index });
    await inOurWords(OUR_WORDS, () => writeRow(store, 'POST', path, body));
  }
  for (const { id } of old) await deleteAt(store, path, recordNumber(id, 'picture'));
}
