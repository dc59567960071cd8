import type { TenantTransaction } from './database.js';

/**
 * Destroys every copy of a store's customers' data that we keep: answers of writes and payloads of deliveries. Lists and
 * reads keep nothing.
 */
export async function eraseCopiesOfRecords(
  tx: TenantTransaction,
  storeId: string,
  exceptDelivery: string,
): Promise<void> {
  await tx.write.deleteMany({ where: { storeId, status: 'done' } });
  await tx.webhookDelivery.updateMany({
    where: { storeId, id: { not: exceptDelivery }, status: { not: 'received' } },
    data: { sealedPayload: null },
  });
}

/** Destroys everything that was kept for a shop, but the fact that it was connected once. */
export async function eraseShop(tx: TenantTransaction, storeId: string, exceptDelivery: string): Promise<void> {
  await eraseCopiesOfRecords(tx, storeId, exceptDelivery);
  await tx.webhookDelivery.deleteMany({ where: { storeId, id: { not: exceptDelivery } } });
  await tx.credential.deleteMany({ where: { storeId } });
  await tx.webhookSubscription.deleteMany({ where: { storeId } });
  await tx.webhookChannel.deleteMany({ where: { storeId } });
  await tx.poll.deleteMany({ where: { storeId } });
  await tx.store.updateMany({
    where: { id: storeId },
    data: { name: 'erased', lastErrorMessage: null, externalId: null },
  });
}
