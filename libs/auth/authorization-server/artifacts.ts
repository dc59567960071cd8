import { createHash } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import {
  addOauthArtifact,
  consumeOauthArtifact,
  type Database,
  deleteOauthArtifact,
  deleteOauthGrant,
  findOauthArtifact,
  type OauthArtifactRow,
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
  const hashOf = (id: string) => hashText(`${kind}:${id}`);
  const bind = (hash: Uint8Array) => `${kind}:${Buffer.from(hash).toString('hex')}`;

  function write(id: string, { jti: _jti, ...payload }: AdapterPayload): Pick<OauthArtifactRow, 'hash' | 'payload'> {
    const hash = hashOf(id);
    const text = JSON.stringify(payload);
    return {
      hash,
      payload: KEPT_OPEN.has(kind) ? text : store.sealer.seal(JSON.stringify({ id, payload }), bind(hash)),
    };
  }

  function read(row: StoredOauthArtifact | undefined, id: string | undefined): AdapterPayload | undefined {
    if (row === undefined || row.kind !== kind || row.expiresAt <= new Date()) return undefined;
    const opened = KEPT_OPEN.has(kind)
      ? { id, payload: JSON.parse(row.payload) as unknown }
      : openSealed(store.sealer.open(row.payload, bind(row.hash)));
    if (opened === undefined) return undefined;
    const { consumedAt } = row;
    const used = consumedAt === null ? {} : { consumed: Math.floor(consumedAt.getTime() / 1000) };
    // A code that is presented again when it is old is still evidence: its age must not hide that.
    const exp =
      used.consumed !== undefined && kind === 'AuthorizationCode' ? { exp: Math.floor(Date.now() / 1000) + 60 } : {};
    return { ...stored.parse(opened.payload), ...exp, ...used, jti: opened.id } as AdapterPayload;
  }

  return {
    async upsert(id, payload, expiresIn = 0) {
      const { grantId = null, uid } = stored.parse(payload);
      const expiresAt = new Date(Date.now() + (expiresIn > 0 ? expiresIn * 1000 : YEARS_MS));
      const sessionHash = kind === 'Session' && uid !== undefined ? hashText(`uid:${uid}`) : null;
      const row = { ...write(id, payload), kind, grantId, sessionHash, expiresAt };
      if (kind !== 'ReplayDetection') return await putOauthArtifact(database, row);
      if (!(await addOauthArtifact(database, row)))
        throw new errors.InvalidRequest('what is used only once was used again');
    },
    async find(id) {
      return read(await findOauthArtifact(database, { hash: hashOf(id) }), id);
    },
    async findByUid(uid) {
      return read(await findOauthArtifact(database, { sessionHash: hashText(`uid:${uid}`) }), undefined);
    },
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
    async destroy(id) {
      await deleteOauthArtifact(database, hashOf(id));
    },
    revokeByGrantId: (grantId) => endGrant(store, grantId),
  };
}

/** Ends a grant: its access tokens on every process, then all that could make new ones. */
export async function endGrant({ database, cutOffGrant }: ArtifactStore, grantId: string): Promise<void> {
  await cutOffGrant(grantId);
  await deleteOauthGrant(database, grantId);
  await deleteOauthArtifact(database, hashText(`Grant:${grantId}`));
}

function hashText(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest());
}

const sealed = z.object({ id: z.string(), payload: z.unknown() });

function openSealed(text: string | undefined): { readonly id: string; readonly payload: unknown } | undefined {
  return text === undefined ? undefined : sealed.parse(JSON.parse(text));
}
