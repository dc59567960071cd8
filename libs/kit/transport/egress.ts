import { lookup as systemLookup } from 'node:dns/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect as connectTcp, isIP, type LookupFunction, Socket, SocketAddress } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { createEgressRules, type EgressRuleOptions, type EgressRules, type Refusal } from './egress-rules.js';
import { isGloballyReachable } from './special-purpose-addresses.js';

/** Finds the addresses of a host name. Rejects or answers none when there are none. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

/** What a dialler is asked for. A host that is a name has its addresses from `lookup` and from nowhere else. */
export interface DialTarget {
  readonly host: string;
  readonly port: number;
  /** Answers only addresses that were checked. */
  readonly lookup: LookupFunction;
  /** Present when the connection is to be encrypted. */
  readonly tls?: ConnectionOptions;
}

/** Opens a connection, as `net.connect` and `tls.connect` do: answers at once and emits `connect` or `error` later. */
export type Dialer = (target: DialTarget) => Socket;

/** How far a connection got: its host is being found or reached, TLS is being agreed, or requests may be written. */
export type DialStage = 'dialling' | 'connected' | 'ready';

/** The one door to the outside: agents that connect to nothing the rules forbid, and the rules to ask beforehand. */
export interface Egress {
  /**
   * Says why an address may not be called, before any network: scheme, port, credentials, spelling, address literals.
   * What a name resolves to is checked when it is dialled.
   */
  checkUrl(url: URL | string): Refusal | undefined;
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** How far a connection of these agents got. */
  stageOf(socket: Socket): DialStage;
  /** Closes all connections, those in use too. */
  close(): void;
}

export interface EgressOptions extends EgressRuleOptions {
  /** Default: the machine's resolver (getaddrinfo). */
  readonly resolve?: Resolver;
  /** Default: `net.connect` and `tls.connect`. */
  readonly connect?: Dialer;
  /** Addresses of this machine: never dialled for a host that somebody else named. Default: those of its interfaces. */
  readonly ownAddresses?: () => readonly string[];
  /** Told of every attempt at an inner host, however far it got: somebody may be looking for a way in. */
  readonly onInnerHost?: (host: string) => void;
}

/** A connection that was not tried: forbidden by its address, or its host is not known on the public internet. */
export class EgressError extends Error {
  override readonly name = 'EgressError';
  constructor(
    readonly reason: 'refused' | 'unresolvable',
    message: string,
  ) {
    super(message);
  }
}

// Apache closes an idle connection after 5 seconds; a request written at that moment is lost with unknown outcome.
const IDLE_MS = 4_000;
const POOL = { keepAlive: true, maxSockets: 64, maxTotalSockets: 1_024, maxFreeSockets: 16, timeout: IDLE_MS } as const;
// Between two addresses of one host (RFC 8305); Node's own 250 ms gives up on hosts that are merely far away.
const NEXT_ADDRESS_MS = 1_000;

/**
 * Builds the agents every request of the product goes through. The check sits where the connection is made, so nothing
 * above it (redirects, retries, another HTTP client) can go round it: all addresses of a name are checked, one bad
 * address refuses the name, and the connection goes to a checked address and no other (no second look-up, so no
 * rebinding). A kept-alive connection serves only the host, port and scheme it was opened for.
 *
 * @throws RangeError when an `allow` entry is not an exact `host:port`
 */
export function createEgress(options: EgressOptions): Egress {
  const rules = createEgressRules(options);
  const stages = new WeakMap<Socket, DialStage>();
  const { onInnerHost = () => {} } = options;
  const judge = (url: URL | string) => {
    const verdict = rules(url);
    const reason = verdict.refusal?.reason;
    if (reason === 'address' || reason === 'host') onInnerHost(new URL(url).hostname);
    return verdict;
  };
  const open = createOpener(judge, createLookups(options), options.connect ?? dialBySystem, stages);
  const httpAgent = new HttpAgent(POOL);
  const httpsAgent = new HttpsAgent(POOL);
  for (const agent of [httpAgent, httpsAgent]) {
    const scheme = agent === httpsAgent ? 'https' : 'http';
    agent.createConnection = ({ host, port }, callback) => {
      try {
        return open(scheme, String(host), Number(port));
      } catch (error) {
        if (callback === undefined || !(error instanceof EgressError)) throw error;
        // Node ignores the second argument after an error; its type does not know that.
        callback(error, new Socket());
        return undefined;
      }
    };
  }
  return {
    checkUrl: (url) => judge(url).refusal,
    httpAgent,
    httpsAgent,
    stageOf: (socket) => stages.get(socket) ?? 'dialling',
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

type Opener = (scheme: 'http' | 'https', host: string, port: number) => Socket;

function createOpener(rules: EgressRules, lookups: Lookups, dial: Dialer, stages: WeakMap<Socket, DialStage>): Opener {
  return (scheme, host, port) => {
    const verdict = rules(new URL(`${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`));
    if (verdict.refusal !== undefined) throw new EgressError('refused', verdict.refusal.message);
    // Filled when the host is found: the only addresses this connection may end up at.
    const pinned = new Set(isIP(host) === 0 ? [] : [canonical(host)]);
    const lookup = lookups(verdict.host === 'public', pinned);
    const secure = scheme === 'https';
    const socket = dial({ host, port, lookup, ...(secure && { tls: tlsOptions(host) }) });
    stages.set(socket, 'dialling');
    // Ahead of every other listener: nothing is written before the peer is known to be the one that was checked.
    socket.prependOnceListener('connect', () => {
      if (isPinnedPeer(socket, pinned)) stages.set(socket, secure ? 'connected' : 'ready');
    });
    if (secure) socket.once('secureConnect', () => stages.set(socket, 'ready'));
    return socket;
  };
}

function isPinnedPeer(socket: Socket, pinned: ReadonlySet<string>): boolean {
  const peer = socket.remoteAddress;
  if (peer !== undefined && pinned.has(canonical(peer))) return true;
  // No peer address: the connection was reset within the same moment.
  socket.destroy(peer === undefined ? new Error('gone') : new EgressError('refused', 'Connected to another address.'));
  return false;
}

/** Makes the look-up of one connection: it fills `pinned` with what it answers. */
type Lookups = (publicOnly: boolean, pinned: Set<string>) => LookupFunction;

function createLookups({
  resolve = resolveBySystem,
  ownAddresses = addressesOfInterfaces,
  onInnerHost = () => {},
}: EgressOptions): Lookups {
  const arePublic = (addresses: readonly string[]) => {
    const own = new Set(ownAddresses().map(canonical));
    return addresses.every((address) => isGloballyReachable(address) && !own.has(canonical(address)));
  };
  const find = async (hostname: string, publicOnly: boolean) => {
    const addresses = await Promise.resolve(hostname)
      .then(resolve)
      .catch(() => []);
    const isInner = addresses.some((address) => isIP(address) === 0) || (publicOnly && !arePublic(addresses));
    if (isInner) onInnerHost(hostname);
    // One answer for both: whoever named the host must not learn which names this network knows.
    if (isInner || addresses.length === 0) throw new EgressError('unresolvable', 'The host is not publicly known.');
    return addresses;
  };
  return (publicOnly, pinned) =>
    (hostname, { all }, callback) => {
      find(hostname, publicOnly).then(
        (addresses) => {
          for (const address of addresses) pinned.add(canonical(address));
          const found = addresses.map((address) => ({ address, family: isIP(address) }));
          if (all === true) callback(null, found);
          else callback(null, found[0]?.address ?? '', found[0]?.family);
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error('look-up failed'), []),
      );
    };
}

function addressesOfInterfaces(): string[] {
  return Object.values(networkInterfaces()).flatMap((own = []) => own.map(({ address }) => address));
}

/** One spelling for one address, so that they can be compared. */
function canonical(address: string): string {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return new SocketAddress({ address, family }).address;
}

// Written out, because the environment (NODE_TLS_REJECT_UNAUTHORIZED, NODE_OPTIONS) changes Node's defaults.
function tlsOptions(host: string): ConnectionOptions {
  return {
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
  };
}

async function resolveBySystem(hostname: string): Promise<readonly string[]> {
  const found = await systemLookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

const dialBySystem: Dialer = ({ host, port, lookup, tls }) => {
  const tcp = { host, port, lookup, noDelay: true, keepAlive: true };
  const racing = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS };
  return tls === undefined ? connectTcp({ ...tcp, ...racing }) : connectTls({ ...tcp, ...racing, ...tls });
};
