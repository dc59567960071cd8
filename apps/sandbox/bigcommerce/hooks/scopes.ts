/** docs: https://docs.bigcommerce.com/developer/docs/integrations/webhooks/events; the last parts of each resource's scopes. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  order: [
    'created',
    'updated',
    'archived',
    'statusUpdated',
    'message/created',
    'refund/created',
    'transaction/created',
    'transaction/updated',
  ],
  shipment: ['created', 'updated', 'deleted'],
  product: ['created', 'updated', 'deleted', 'inventory/updated', 'inventory/order/updated'],
  sku: ['created', 'updated', 'deleted', 'inventory/updated', 'inventory/order/updated'],
  category: ['created', 'updated', 'deleted'],
  customer: ['created', 'updated', 'deleted', 'address/created', 'address/updated', 'address/deleted'],
  cart: [
    'created',
    'updated',
    'deleted',
    'abandoned',
    'converted',
    'couponApplied',
    'lineItem/created',
    'lineItem/updated',
    'lineItem/deleted',
  ],
  subscriber: ['created', 'updated', 'deleted'],
  inventory: ['location/created', 'location/updated', 'location/deleted'],
  information: ['updated'],
  priceList: ['created', 'updated', 'deleted', 'record/created', 'record/updated', 'record/deleted'],
  app: ['uninstalled'],
  hook: ['deliveryException'],
};

const CHANNEL_STOCK =
  /^store\/channel\/(\d+|\*)\/inventory\/product\/(stock_changed|low_stock_reached|out_of_stock_reached|settings_changed|\*)$/;

/** The scope as a pattern: a star at the end stands for all that follows, one inside for one part. */
function patternOf(scope: string): RegExp {
  const escaped = scope.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*$/, '.+').replaceAll('*', '[^/]+')}$`);
}

/** Whether a hook of that scope hears of this one. */
export function hears(scope: string, happened: string): boolean {
  return scope === happened || (scope.includes('*') && patternOf(scope).test(happened));
}

/** Whether a hook may have that scope: it stands for at least one event the platform has. */
export function isHookScope(scope: string): boolean {
  if (CHANNEL_STOCK.test(scope)) return true;
  return Object.entries(EVENTS).some(([resource, events]) =>
    events.some((event) => hears(scope, `store/${resource}/${event}`)),
  );
}
