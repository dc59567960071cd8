import type { ReplayTarget } from '#contract';

/** Which operation of the catalogue a GET of a route below `V1` belongs to. */
export function recognizeCatalogue(_route: string, _url: URL): ReplayTarget | undefined {
  return undefined;
}
