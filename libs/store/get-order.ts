import { GatewayError, type JsonValue, type Order, readRecordId, requireOperation, Unreadable } from '#contract';
import { callStore, requireStore } from './call-store.js';
import type { Reader, StoreContext } from './context.js';
import { presentOrder } from './present-order.js';

/**
 * Reads one order live; its id is enough to find its store.
 * @throws GatewayError `not_found`, `record_unreadable` when the record does not add up, or what the platform answered
 */
export async function getOrder(
  context: StoreContext,
  reader: Reader,
  request: { readonly id: string; readonly personalData: boolean; readonly includeRaw: boolean },
  signal: AbortSignal,
): Promise<Order & { readonly raw?: JsonValue }> {
  const found = readRecordId('order', request.id);
  if (found === undefined) throw new GatewayError('not_found', 'There is no such order.');
  const row = await requireStore(context, reader, found.storeId).catch((error: unknown) => {
    throw GatewayError.is(error, 'not_found') ? new GatewayError('not_found', 'There is no such order.') : error;
  });
  const { record, raw } = await callStore(context, row, signal, async ({ connector, store }) => {
    const operation = requireOperation(connector, 'orders', 'get');
    return await operation.run(store, { platformId: found.platformId }).catch((error: unknown) => {
      if (!(error instanceof Unreadable)) throw error;
      const platform = { id: connector.id };
      throw new GatewayError('record_unreadable', `The order cannot be trusted: ${error.message}`, {
        platform,
        cause: error,
      });
    });
  });
  const order = presentOrder(row, record, request.personalData);
  return request.includeRaw ? { ...order, raw } : order;
}
