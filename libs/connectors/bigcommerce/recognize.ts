import type { RecordedRequest, ReplayTarget } from '#contract';
import { recognizeCatalogue } from './catalogue/recognize-catalogue.js';

interface Rule {
  readonly path: RegExp;
  readonly target: (id: string) => ReplayTarget;
}

const READS: readonly Rule[] = [{ path: /^v2\/store$/, target: () => ({ operation: 'shop.get' }) }];

/** Which operation a recorded request belongs to. */
export function recognize({ method, url }: RecordedRequest): ReplayTarget | undefined {
  const path = /\/stores\/[a-z0-9]+\/(v[23]\/.*?)(?:\.json)?\/*$/.exec(url.pathname)?.[1];
  if (path === undefined || method.toUpperCase() !== 'GET') return undefined;
  for (const rule of READS) {
    const found = rule.path.exec(path);
    if (found !== null) return rule.target(found[1] ?? '');
  }
  return recognizeCatalogue(path, url);
}
