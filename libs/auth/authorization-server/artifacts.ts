import { errors } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { hashToken } from '#kit';
import {
  addOauthArtifact,
  consumeOauthArtifact,
  type Database,
  deleteOauthArtifact,
  deleteOauthGrant,
  findOauthArtifact,
  putOauthArtifact,
  type StoredOauthArtifact,
} from '#persistence';
import type { Sealer } from '#vault';

export interface ArtifactStore {
  readonly database: Database;
  readonly sealer: Sealer;
  /** Cuts off every access token of a grant. */
  readonly cutOffGrant: (grantId: string) => Promise<void>;
}

/** A code that was used is remembered longer than any access token made from it lives. */
const REMEMBERED_MS = 3600_000;
const YEARS_MS = 10 * 365 * 24 * 3600_000;
// These outlive a change of the key-encryption key. Without what their holder presents there is no secret in them.
const KEPT_OPEN = new Set(['Grant', 'GrantStore', 'RefreshToken']);
const stored = z.looseObject({ uid: z.string().optional(), grantId: z.string().optional() });

/**
 * Keeps what oidc-provider keeps in Postgres: found by SHA-256 of its id and stored without it, so that a dump of the table
 * holds nothing that could be presented.
 */
export function artifactAdapter(store: ArtifactStore, kind: string): Adapter {
  const { database } = store;
  const { write, read } = wordsOf(store, kind);
  const hashOf = (id: string) => hashToken(`${kind}:${id}`);
  return {
    async upsert(id, payload, expiresIn = 0) {
      const { grantId = null, uid } = stored.parse(payload);
      const expiresAt = new Date(Date.now() + (expiresIn > 0 ? expiresIn * 1000 : YEARS_MS));
      const sessionHash = kind === 'Session' && uid !== undefined ? hashToken(`uid:${uid}`) : null;
      const hash = hashOf(id);
      const row = { hash, payload: write(id, hash, payload), kind, grantId, sessionHash, expiresAt };
      if (kind !== 'ReplayDetection') await putOauthArtifact(database, row);
      else if (!(await addOauthArtifact(database, row))) throw new errors.InvalidRequest('it was used already');
    },
    find: async (id) => read(await findOauthArtifact(database, { hash: hashOf(id) }), id),
    findByUid: async (uid) =>
      read(await findOauthArtifact(database, { sessionHash: hashToken(`uid:${uid}`) }), undefined),
    findByUserCode: () => Promise.resolve(undefined),
    async consume(id) {
      const hash = hashOf(id);
      const until = kind === 'AuthorizationCode' ? new Date(Date.now() + REMEMBERED_MS) : undefined;
      if (await consumeOauthArtifact(database, hash, until)) return;
      // Two presented it at the same moment, and the other was first.
      const row = await findOauthArtifact(database, { hash });
      if (row === undefined || row.grantId === null) throw new errors.InvalidRequest('it was used already');
      await endGrant(store, row.grantId);
      throw new errors.InvalidGrant('it was used already');
    },
    destroy: (id) => deleteOauthArtifact(database, hashOf(id)),
    revokeByGrantId: (grantId) => endGrant(store, grantId),
  };
}

interface Words {
  readonly write: (id: string, hash: Uint8Array, payload: AdapterPayload) => string;
  readonly read: (row: StoredOauthArtifact | undefined, id: string | undefined) => AdapterPayload | undefined;
}

/** How an artifact of that kind is written down, and read again. */
function wordsOf({ sealer }: ArtifactStore, kind: string): Words {
  const isOpen = KEPT_OPEN.has(kind);
  const bind = (hash: Uint8Array) => `${kind}:${Buffer.from(hash).toString('hex')}`;
  return {
    write(id, hash, { jti: _jti, ...payload }) {
      return isOpen ? JSON.stringify(payload) : sealer.seal(JSON.stringify({ id, payload }), bind(hash));
    },
    read(row, id) {
      if (row === undefined || row.kind !== kind || row.expiresAt <= new Date()) return undefined;
      const opened = isOpen
        ? { id, payload: JSON.parse(row.payload) as unknown }
        : openSealed(sealer.open(row.payload, bind(row.hash)));
      if (opened === undefined) return undefined;
      const payload = { ...stored.parse(opened.payload), ...(opened.id === undefined ? {} : { jti: opened.id }) };
      return row.consumedAt === null ? payload : { ...payload, ...usedAt(kind, row.consumedAt) };
    },
  };
}

/** A code that is presented again when it is old is still evidence: its age must not hide that it was used. */
function usedAt(kind: string, consumedAt: Date): AdapterPayload {
  const consumed = Math.floor(consumedAt.getTime() / 1000);
  return kind === 'AuthorizationCode' ? { consumed, exp: Math.floor(Date.now() / 1000) + 60 } : { consumed };
}

/** Ends a grant: its access tokens on every process, then all that could make new ones. */
export async function endGrant({ database, cutOffGrant }: ArtifactStore, grantId: string): Promise<void> {
  await cutOffGrant(grantId);
  await deleteOauthGrant(database, grantId);
  await deleteOauthArtifact(database, hashToken(`Grant:${grantId}`));
}

const sealed = z.object({ id: z.string(), payload: z.unknown() });

function openSealed(text: string | undefined): { readonly id: string; readonly payload: unknown } | undefined {
  return text === undefined ? undefined : sealed.parse(JSON.parse(text));
}
