import { GatewayError } from '#contract';
import {
  type Database,
  listDataKeys,
  listSealedValues,
  replaceSealedValues,
  type Resealed,
  SEALED_KINDS,
  type SealedKind,
  type SealedValue,
} from '#persistence';
import { dataKeyIdOf, places, type SealContext, type Vault } from '#vault';

/** A value that does not open with the key it names: nobody can read it. Its data key is kept. */
export interface Unreadable {
  readonly tenantId: string;
  readonly kind: SealedKind;
  readonly id: string;
}

export const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * Seals a tenant's values anew that name another data key than the newest. Each stays bound to the place and version it
 * was bound to, so that whoever renews it meanwhile notices nothing.
 * @param add is told how many were replaced
 * @returns those that do not open
 */
export async function resealTenant(
  owner: Database,
  vault: Vault,
  tenantId: string,
  add: (count: number) => void,
): Promise<readonly Unreadable[]> {
  // What another process has made the newest since must be what we seal with.
  vault.forgetTenant(tenantId);
  const keys = await listDataKeys(owner, tenantId);
  const newest = keys.at(-1)?.id ?? '';
  const unreadable: Unreadable[] = [];
  for (const { id: dataKeyId } of keys.slice(0, -1)) {
    for (const kind of SEALED_KINDS) {
      let after = NIL;
      for (;;) {
        const from = { dataKeyId, after };
        const values = await owner.withTenant(tenantId, (tx) => listSealedValues(tx, kind, from));
        const last = values.at(-1);
        if (last === undefined) break;
        after = last.id;
        const resealed = await Promise.all(values.map((value) => reseal(vault, tenantId, kind, value)));
        unreadable.push(...values.flatMap(({ id }, index) => (resealed[index] ? [] : [{ tenantId, kind, id }])));
        // A key that was added this moment seals in the next round.
        const done = resealed.filter((one) => one !== undefined && dataKeyIdOf(one.fresh) === newest);
        add(await owner.withTenant(tenantId, (tx) => replaceSealedValues(tx, kind, done as Resealed[])));
      }
    }
  }
  return unreadable;
}

async function reseal(
  vault: Vault,
  tenantId: string,
  kind: SealedKind,
  value: SealedValue,
): Promise<Resealed | undefined> {
  const place = placeOf(tenantId, kind, value);
  try {
    const text = await vault.open(place, value.sealed);
    return { id: value.id, old: value.sealed, fresh: await vault.seal(place, text.expose()) };
  } catch (error) {
    if (GatewayError.is(error, 'credential_unreadable')) return undefined;
    throw error;
  }
}

function placeOf(tenantId: string, kind: SealedKind, { subject, version }: SealedValue): SealContext {
  switch (kind) {
    case 'clientSecret':
    case 'previousClientSecret':
      return places.clientSecret(tenantId, subject, version);
    case 'credential':
    case 'revocation':
      return places[kind](tenantId, subject, version);
    case 'receivedKeys':
    case 'writeAnswer':
    case 'webhookSecret':
    case 'webhookPayload':
      return places[kind](tenantId, subject);
  }
}
