import type { Shop, World } from './world-types.js';

/** What connecting a shop ends with. */
export async function putGrant(
  world: World,
  shop: Shop,
  { grant, pair }: ReturnType<World['newGrant']>,
  version: number,
): Promise<void> {
  const { tenantId, storeId } = shop.store;
  const place = { tenantId, subject: storeId, field: 'credential', version };
  const sealed = await world.vault.seal(place, world.credentialsOf(shop, pair));
  shop.grant = grant;
  Object.assign(shop, { firstRefusalAt: null, refusals: 0 });
  const seconds = shop.lifetimeSeconds;
  const due = shop.kind === 'lasting' || seconds === null ? null : seconds * world.between(0.45, 0.55);
  shop.store.status = 'active';
  const times = { accessSeconds: seconds, refreshSeconds: null, dueSeconds: due };
  world.rows.put(shop.store, `${grant.id}#`, { strategy: 'way', sealed, version, ...times });
  world.rearm();
}
