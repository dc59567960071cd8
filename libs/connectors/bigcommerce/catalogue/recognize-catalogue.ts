import type { ReplayTarget } from '#contract';

/**
 * Which operation of this folder a recorded request belongs to.
 * @param path below the shop's API root, without a slash at its end, such as `v3/catalog/products`
 */
export function recognizeCatalogue(_path: string, _url: URL): ReplayTarget | undefined {
  return undefined;
}
