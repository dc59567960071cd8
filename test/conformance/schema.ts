import { dangerOf } from './dangerous-calls.js';
import { bigCommerceProblems, loadBigCommerce } from './schema.bigcommerce.js';
import { loadMagento, magentoProblems } from './schema.magento.js';
import { loadShopifySchema, shopifyProblems } from './schema.shopify.js';
import { loadWooCommerceRoutes, type SentRequest, wooCommerceProblems } from './schema.woocommerce.js';

/** Judges requests by a platform's own description of its API. */
export interface RequestJudge {
  /** Against what they are held: the whole description, or what the repository has where that is not at hand. */
  readonly source: string;
  /** undefined: not a request to the API that the description is of. */
  problems(request: SentRequest): readonly string[] | undefined;
}

/** For each platform. A new connector adds a line. */
const JUDGES: Readonly<Record<string, () => RequestJudge>> = {
  bigcommerce: () => {
    const description = loadBigCommerce();
    return { source: description.source, problems: (request) => bigCommerceProblems(description, request) };
  },
  magento: () => {
    const description = loadMagento();
    return { source: description.source, problems: (request) => magentoProblems(description, request) };
  },
  shopify: () => {
    const schema = loadShopifySchema();
    return { source: schema.source, problems: (request) => shopifyProblems(schema, request) };
  },
  woocommerce: () => {
    const routes = loadWooCommerceRoutes();
    return { source: routes.source, problems: (request) => wooCommerceProblems(routes, request) };
  },
};

/** What became of all requests of a run. */
export interface Judgement {
  readonly source: string;
  readonly judged: number;
  /** Asked for something else than the described API: tokens, consent, the index of the site. */
  readonly others: number;
  /** Each different problem once. */
  readonly problems: readonly string[];
}

const known = new Map<string, RequestJudge>();

/** @returns the judge of a platform, made once. @throws Error where none is known */
export function judgeOf(platform: string): RequestJudge {
  const judge = known.get(platform) ?? JUDGES[platform]?.();
  if (judge === undefined) throw new Error(`say in JUDGES what describes the API of ${platform}`);
  known.set(platform, judge);
  return judge;
}

/** Holds everything that was sent to a platform against its own description, and against what must never be sent. */
export function judgeRequests(platform: string, requests: readonly SentRequest[]): Judgement {
  const judge = judgeOf(platform);
  const found = requests.map((request) => judge.problems(request));
  const judged = found.filter((problems) => problems !== undefined);
  return {
    source: judge.source,
    judged: judged.length,
    others: found.length - judged.length,
    problems: [...new Set([...judged.flat(), ...requests.flatMap((request) => dangerOf(platform, request) ?? [])])],
  };
}
