import type { RecordedRequest, ReplayTarget } from '#contract';
import { recognizeCatalogue } from './catalogue/recognize-catalogue.js';

/** A route below `V1`, and what a GET of it is. */
export interface Route {
  readonly route: RegExp;
  readonly target: (id: string, url: URL) => ReplayTarget | undefined;
}

const READS: readonly Route[] = [
  { route: /^store\/(?:storeConfigs|websites)$/, target: () => ({ operation: 'shop.get' }) },
];

/** Which operation a recorded request belongs to, in any sub-folder and for any store view. */
export function recognize({ method, url }: RecordedRequest): ReplayTarget | undefined {
  const route = /\/rest\/(?:[\w-]+\/)?V1\/(.+?)\/*$/.exec(url.pathname)?.[1];
  if (route === undefined || method.toUpperCase() !== 'GET') return undefined;
  return targetOf(READS, route, url) ?? recognizeCatalogue(route, url);
}

/** The first route that fits. */
export function targetOf(routes: readonly Route[], route: string, url: URL): ReplayTarget | undefined {
  const found = routes.find((one) => one.route.test(route));
  return found?.target(found.route.exec(route)?.[1] ?? '', url);
}
