import type { Connector } from '#contract';
import { hostAllowed, type StandIn } from '#kit';

// `.test` can never be a real name (RFC 6761), so a merchant's own shop is never taken for one of the sandbox.
const SANDBOX_SHOPS = '.sandbox.test';

/** The one switch by which a sandbox answers for the platforms' hosts; connectors, signatures and stored domains stay as they are. */
export interface StandInSwitch {
  /** Whether the sandbox answers for this host. */
  readonly answersFor: (host: string) => boolean;
  /** Where a browser or the transport must really go; the address itself when nobody stands in. */
  readonly actualUrl: (url: URL, mode: 'live' | 'test') => URL;
  /** For the transport of apps in test mode. */
  readonly standIn: StandIn | undefined;
}

/** @param sandboxUrl where the sandbox listens; undefined when there is none */
export function createStandInSwitch(sandboxUrl: string | undefined, connectors: readonly Connector[]): StandInSwitch {
  if (sandboxUrl === undefined) {
    return { answersFor: () => false, actualUrl: (url) => url, standIn: undefined };
  }
  const base = new URL(sandboxUrl);
  const answersFor = (host: string) =>
    host.endsWith(SANDBOX_SHOPS) ||
    connectors.some(({ hosting }) => hosting.kind !== 'merchant' && hostAllowed(hosting, host));
  const rewrite = (url: URL) =>
    answersFor(url.hostname) ? new URL(`/${url.hostname}${url.pathname}${url.search}`, base) : undefined;
  return {
    answersFor,
    actualUrl: (url, mode) => (mode === 'test' ? (rewrite(url) ?? url) : url),
    standIn: { origin: base.origin, rewrite },
  };
}
