import { type Connector, GatewayError } from '#contract';
import { bigcommerce } from './bigcommerce/bigcommerce.js';
import { magento } from './magento/magento.js';
import { shopify } from './shopify/shopify.js';
import { woocommerce } from './woocommerce/woocommerce.js';

export { capabilityMatrix } from './capability-matrix.js';

/** The one list. Everything that enumerates platforms derives from it; adding a connector adds one line. */
export const connectors = [bigcommerce, magento, shopify, woocommerce] as const satisfies readonly Connector[];

const byId: ReadonlyMap<string, Connector> = new Map(connectors.map((connector) => [connector.id, connector]));

/** @throws GatewayError `not_found` for a platform we do not have. */
export function connectorOf(platform: string): Connector {
  const connector = byId.get(platform);
  if (connector === undefined) {
    throw new GatewayError(
      'not_found',
      `There is no platform "${platform.slice(0, 40)}"; GET /v1/platforms lists them.`,
    );
  }
  return connector;
}
