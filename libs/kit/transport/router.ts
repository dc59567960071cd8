import { createEgress, type Egress } from './egress.js';
import { portOf } from './egress-rules.js';

/** One place that answers for hosts of the real world, such as a sandbox. */
export interface StandIn {
  /** Scheme, host and port of the stand-in. The only address reached past the egress rules, and only by `rewrite`. */
  readonly origin: string;
  /** Where a message goes instead, or `undefined` to leave it alone. The message itself keeps its address. */
  readonly rewrite: (url: URL) => URL | undefined;
}

/** Where a message really goes, and through which door. */
export interface Route {
  readonly url: URL;
  readonly egress: Egress;
}

export interface Router {
  find(url: URL): Route;
  close(): void;
}

/**
 * Decides where messages go. The stand-in has an egress of its own that opens its host and port only, so the sandbox's
 * connections are never shared with anybody who merely names the same address.
 *
 * @throws TypeError or RangeError when the stand-in's origin is no http or https origin
 */
export function createRouter(egress: Egress, standIn?: StandIn): Router {
  if (standIn === undefined) return { find: (url) => ({ url, egress }), close: () => egress.close() };
  const origin = new URL(standIn.origin);
  const ownEgress = createEgress({ allow: [`${origin.hostname}:${portOf(origin)}`] });
  return {
    find(url) {
      const rewritten = standIn.rewrite(url);
      return rewritten?.origin === origin.origin
        ? { url: rewritten, egress: ownEgress }
        : { url: rewritten ?? url, egress };
    },
    close() {
      egress.close();
      ownEgress.close();
    },
  };
}
