import { isIP } from 'node:net';
import type { CredentialUses } from '#audit';
import type { Settings } from '#config';
import { type ConnectionsContext, createStandInSwitch, gatedTransport, type StopGate } from '#connections';
import { connectors } from '#connectors';
import { createEgress, createTransport, type Egress, isGloballyReachable, type Transport } from '#kit';
import type { Logger } from '#observability';

const USER_AGENT = 'Shopspan/0.1 (+https://github.com/shopspan/shopspan)';

/** The one door to the outside, with what the settings allow beyond it. */
export function openEgress({ SHOPSPAN_EGRESS_ALLOW: allow }: Settings, publicUrl: string, logger: Logger): Egress {
  const onInnerHost = (host: string) => {
    logger.warn({ event: 'egress.refused', host }, 'security: a call to an inner host was refused');
  };
  return createEgress({ allow, refuse: ownNames(publicUrl), onInnerHost });
}

/** A shop can never be ourselves. Inner addresses are judged by the egress rules, names and public addresses have to be told. */
function ownNames(publicUrl: string): string[] {
  const { hostname } = new URL(publicUrl);
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) === 0 || isGloballyReachable(address) ? [hostname] : [];
}

/** The transports of apps in live and in test mode, and who stands in for a shop in the latter. */
export type WaysOut = Pick<ConnectionsContext, 'standIn'> & {
  readonly transports: { readonly live: Transport; readonly test: Transport };
};

/** Apps in live mode never meet the sandbox: their transport does not know it. */
export function openWaysOut(settings: Settings, egress: Egress, loopName: string): WaysOut {
  const standIn = createStandInSwitch(settings.SHOPSPAN_SANDBOX_URL, connectors);
  const usual = { egress, userAgent: USER_AGENT, loopName };
  const live = createTransport(usual);
  const test = standIn.standIn === undefined ? live : createTransport({ ...usual, standIn: standIn.standIn });
  return { standIn, transports: { live, test } };
}

/** Every way out is stopped where an operator stops it, and noted where a credential leaves by it. */
export function gatedWays(
  { transports }: WaysOut,
  asked: { readonly gate: StopGate; readonly elapsed: () => number },
  uses: CredentialUses,
): ConnectionsContext['wayOut'] {
  return (user, why) => {
    const beginUse = () => uses.begin(user, why);
    return gatedTransport(transports[user.mode], { ...asked, beginUse }, user);
  };
}
