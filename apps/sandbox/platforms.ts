import { createBigCommerceSandbox } from './bigcommerce/bigcommerce-sandbox.js';
import { createMagentoSandbox } from './magento/magento-sandbox.js';
import type { SandboxContext, SandboxPlatform } from './platform.js';
import { createShopifyPlatform } from './shopify/shopify-platform.js';
import { createWooCommerceSandbox } from './woocommerce/woocommerce-sandbox.js';

/** Builds one simulated platform. */
export type PlatformFactory = (context: SandboxContext) => Promise<SandboxPlatform>;

/** Every platform the sandbox simulates, in the order of the front page. */
export const PLATFORM_FACTORIES: readonly PlatformFactory[] = [
  createShopifyPlatform,
  createWooCommerceSandbox,
  createBigCommerceSandbox,
  createMagentoSandbox,
];
