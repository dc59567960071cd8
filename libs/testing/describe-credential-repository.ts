import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredGrant } from '#persistence';
import type { ClaimedCredential, CredentialOwner } from '../persistence/credential-repository.js';
import type { CredentialWorld, StoredCredential } from './credential-world.js';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
export const grantOf = (version: number, change: Partial<StoredGrant> = {}): StoredGrant => ({
  strategy: 's',
  sealed: bytes(`pair ${version}`),
  version,
  accessSeconds: 3600,
  refreshSeconds: 7_776_000,
  dueSeconds: 1800,
  ...change,
});
const DUE = { dueSeconds: -1 };
const FAILURE = { code: 'platform_unavailable', message: 'It is down.' };
const HELD = { late: false };
const LATE = { late: true };

/**
 * The suite that every repository of credentials passes: the one in the database and the one of the simulation. What the
 * simulation shows then holds for the database too.
 */
export function describeCredentialRepository(name: string, start: () => Promise<CredentialWorld>): void {
  describe(`${name} keeps the promises of a repository of credentials`, () => {
    let world: CredentialWorld;
    let claims = 0;
    beforeAll(async () => {
      world = await start();
    });
    beforeEach(() => world.empty());
    afterAll(() => world.close());

    const due = (worker = 0, limit = 100, exceptPlatforms: readonly string[] = [], leaseSeconds = 30) =>
      (world.workers[worker] ?? world.workers[0]).claimDue({
        claimer: `worker-${worker}/${String((claims += 1))}`,
        limit,
        leaseSeconds,
        exceptPlatforms,
      });
    const claim = (owner: CredentialOwner, seenVersion = 1, leaseSeconds = 30) =>
      world.credentials.claim(owner, { claimer: `reader/${String((claims += 1))}`, seenVersion, leaseSeconds });
    const held = async (owner: CredentialOwner, seenVersion = 1): Promise<ClaimedCredential> => {
      const claimed = await claim(owner, seenVersion);
      if (claimed === undefined) throw new Error('the claim was refused');
      return claimed;
    };
    const save = (claimed: ClaimedCredential, text: string, options = HELD) =>
      world.credentials.save(claimed, grantOf(claimed.version + 1, { sealed: bytes(text) }), options);
    const postpone = (claimed: ClaimedCredential, retrySeconds: number, isOrdered = false) =>
      world.credentials.postpone(claimed, FAILURE, { retrySeconds, isOrdered });
    const refuse = (claimed: ClaimedCredential) => world.credentials.refuse(claimed, FAILURE, 2);
    const look = async (owner: CredentialOwner): Promise<StoredCredential> => {
      const stored = await world.look(owner);
      if (stored === undefined) throw new Error('nothing is stored');
      return stored;
    };
    const idsOf = (some: readonly CredentialOwner[]) => some.map(({ storeId }) => storeId).sort();

    describe('credentials that are due', () => {
      it('case 1: are claimed once each, however many claim at the same moment', async () => {
        const owners: CredentialOwner[] = [];
        for (let count = 0; count < 60; count += 1) {
          owners.push(await world.connect(grantOf(1, DUE), { tenant: count % 2 === 0 ? 0 : 1 }));
        }
        const rounds = Array.from({ length: 12 }, (_, round) => due(round % 3, 7));
        const claimed = (await Promise.all(rounds)).flat();
        expect(new Set(idsOf(claimed)).size).toBe(claimed.length);
        expect(idsOf([...claimed, ...(await due())])).toEqual(idsOf(owners));
        expect((await look(owners[0] as CredentialOwner)).attempt).toBe(1);
      });

      it('case 16: are claimed with those first that expire first', async () => {
        const owners: CredentialOwner[] = [];
        for (const accessSeconds of [300, 100, 900, null, 500]) {
          owners.push(await world.connect(grantOf(1, { ...DUE, accessSeconds })));
        }
        const order = [...(await due(0, 2)), ...(await due(1, 2)), ...(await due(2, 2))];
        const expected = [1, 0, 4, 2, 3].map((index) => owners[index]?.storeId);
        expect(order.map(({ storeId }) => storeId)).toEqual(expected);
      });

      it('come with whose they are and all that a try needs, and are written down as begun', async () => {
        const owner = await world.connect(grantOf(1, DUE), { platform: 'other' });
        const [claimed] = await due();
        expect(claimed).toMatchObject({
          ...owner,
          platform: 'other',
          strategy: 's',
          version: 1,
          attempt: 1,
          refusals: 0,
        });
        expect(Buffer.from(claimed?.sealed ?? []).toString()).toBe('pair 1');
        expect(claimed?.accessSeconds).toBeGreaterThan(3500);
        const { leaseOwner, lease, attempt } = await look(owner);
        expect([leaseOwner, attempt]).toEqual([claimed?.claimer, 1]);
        expect(lease).toBeGreaterThan(20);
        expect(lease).toBeLessThanOrEqual(30);
      });

      it('are not those of a platform that has no place left', async () => {
        const owner = await world.connect(grantOf(1, DUE), { platform: 'full' });
        expect(await due(0, 5, ['full'])).toEqual([]);
        expect(idsOf(await due(0, 5, ['other']))).toEqual([owner.storeId]);
      });

      it('may be claimed again when the lease has ended, by the clock of the repository, and not before', async () => {
        const owner = await world.connect(grantOf(1, DUE));
        expect(await due(0)).toHaveLength(1);
        await world.pass(20);
        expect(await due(1)).toEqual([]);
        await world.pass(11);
        const [again] = await due(1);
        expect(again).toMatchObject({ ...owner, attempt: 2 });
      });

      it.each([
        ['not due yet', { dueSeconds: 60 }],
        ['never due', { dueSeconds: null }],
      ])('are not those that are %s', async (_, change) => {
        await world.connect(grantOf(1, change));
        expect(await due()).toEqual([]);
        await world.pass(61);
        expect(await due()).toHaveLength(change.dueSeconds === null ? 0 : 1);
      });

      it.each(['needsReauth', 'revoked', 'paused', 'disconnected', 'connecting'])(
        'are not those of a store that is %s',
        async (status) => {
          const owner = await world.connect(grantOf(1, DUE));
          await world.setStatus(owner, status);
          expect(await due()).toEqual([]);
          await world.setStatus(owner, 'active');
          expect(await due()).toHaveLength(1);
        },
      );
    });

    describe('a claim', () => {
      it('case 1: is for one, however many ask at the same moment', async () => {
        const owner = await world.connect(grantOf(1));
        const asked = await Promise.all(Array.from({ length: 8 }, () => claim(owner)));
        expect(asked.filter((claimed) => claimed !== undefined)).toHaveLength(1);
        expect((await look(owner)).attempt).toBe(1);
      });

      it('case 12: is for its own tenant only', async () => {
        const owner = await world.connect(grantOf(1));
        const other = await world.connect(grantOf(1), { tenant: 1 });
        const crossed = { tenantId: other.tenantId, storeId: owner.storeId };
        expect(await claim(crossed)).toBeUndefined();
        expect(await world.credentials.find(crossed)).toBeUndefined();
        const claimed = await held(owner);
        expect(await save({ ...claimed, tenantId: other.tenantId }, 'stolen')).toBe(false);
        expect(await save({ ...claimed, tenantId: other.tenantId }, 'stolen', LATE)).toBe(false);
        expect(await refuse({ ...claimed, tenantId: other.tenantId })).toBe('superseded');
        await postpone({ ...claimed, tenantId: other.tenantId }, 60);
        expect(await look(owner)).toMatchObject({ text: 'pair 1', leaseOwner: claimed.claimer, refusals: 0 });
      });

      it('of a pair that was renewed since it was seen is refused', async () => {
        const owner = await world.connect(grantOf(1));
        await save(await held(owner), 'pair 2');
        expect(await claim(owner, 1)).toBeUndefined();
        expect(await claim(owner, 2)).toBeDefined();
      });

      it('that its holder left behind is taken by the next, though it was not due yet', async () => {
        const owner = await world.connect(grantOf(1));
        await held(owner);
        expect((await look(owner)).due).toBeLessThanOrEqual(0);
        await world.pass(31);
        expect(await due()).toHaveLength(1);
      });

      it('makes nothing due that never is', async () => {
        const owner = await world.connect(grantOf(1, { dueSeconds: null }));
        await held(owner);
        expect((await look(owner)).due).toBeNull();
      });

      it('waits after a failure, as long as a caller should, and says so', async () => {
        const owner = await world.connect(grantOf(1));
        await postpone(await held(owner), 300);
        expect(await world.credentials.find(owner)).toMatchObject({ backingOff: true, version: 1, state: 'active' });
        expect(await claim(owner)).toBeUndefined();
        await world.pass(6);
        expect(await world.credentials.find(owner)).toMatchObject({ backingOff: false });
        expect((await held(owner)).attempt).toBe(2);
      });

      it('comes for a worker when the wait is over, and no earlier', async () => {
        const owner = await world.connect(grantOf(1));
        await postpone(await held(owner), 60);
        await world.pass(50);
        expect(await due()).toEqual([]);
        await world.pass(11);
        expect(idsOf(await due())).toEqual([owner.storeId]);
      });

      it('case 13: comes no earlier than the platform itself has asked, whoever wants it', async () => {
        const owner = await world.connect(grantOf(1));
        await postpone(await held(owner), 120, true);
        await world.pass(110);
        expect(await claim(owner)).toBeUndefined();
        expect(await world.credentials.find(owner)).toMatchObject({ backingOff: true });
        expect(await due()).toEqual([]);
        await world.pass(11);
        expect(await claim(owner)).toBeDefined();
      });
    });

    describe('a renewed pair', () => {
      it('replaces the one it was made from, and forgets its troubles', async () => {
        const owner = await world.connect(grantOf(1));
        await postpone(await held(owner), 0);
        await world.pass(1);
        await refuse(await held(owner));
        await world.pass(6);
        expect(await save(await held(owner), 'new')).toBe(true);
        const untroubled = { attempt: 0, refusals: 0, leaseOwner: null, lastErrorCode: null, lease: null };
        expect(await look(owner)).toMatchObject({ text: 'new', version: 2, state: 'active', ...untroubled });
        expect((await look(owner)).due).toBeGreaterThan(1700);
      });

      it('keeps the end of the refresh token where the platform does not tell a new one', async () => {
        const owner = await world.connect(grantOf(1));
        await world.credentials.save(await held(owner), grantOf(2, { refreshSeconds: null }), HELD);
        expect((await look(owner)).refresh).toBeGreaterThan(7_000_000);
      });

      it('may never expire', async () => {
        const owner = await world.connect(grantOf(1));
        await world.credentials.save(await held(owner), grantOf(2, { accessSeconds: null, dueSeconds: null }), HELD);
        expect(await look(owner)).toMatchObject({ access: null, due: null });
      });

      it('case 3: of one who lost the claim never overwrites a newer pair', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.pass(31);
        const fast = await held(owner);
        expect(await save(slow, 'late')).toBe(false);
        expect(await save(fast, 'newer')).toBe(true);
        for (const options of [HELD, LATE]) expect(await save(slow, 'late', options)).toBe(false);
        expect(await look(owner)).toMatchObject({ text: 'newer', version: 2 });
      });

      it('of one who lost the claim is kept where it is the only one, and the next finds it', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.pass(31);
        const fast = await held(owner);
        expect(await save(slow, 'late', LATE)).toBe(true);
        expect(await save(fast, 'later', LATE)).toBe(false);
        expect(await save(fast, 'later')).toBe(false);
        expect(await refuse(fast)).toBe('superseded');
        expect(await look(owner)).toMatchObject({ text: 'late', version: 2, state: 'active', refusals: 0 });
      });

      it('brings back what was refused while it was on its way, the store too, where it is the only one', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        for (const expected of ['again', 'final']) {
          await world.pass(31);
          expect(await refuse(await held(owner))).toBe(expected);
        }
        expect(await look(owner)).toMatchObject({ state: 'refused', status: 'needsReauth' });
        expect(await save(slow, 'late')).toBe(false);
        expect(await save(slow, 'late', LATE)).toBe(true);
        expect(await look(owner)).toMatchObject({ state: 'active', status: 'active', text: 'late', refusals: 0 });
      });

      it('is saved by its holder even after the lease, if nobody took over', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.pass(31);
        expect(await save(slow, 'new')).toBe(true);
      });

      it('is saved once, however often it is sent: the answer to the first may have been lost', async () => {
        const owner = await world.connect(grantOf(1));
        const claimed = await held(owner);
        const sent = await Promise.all([save(claimed, 'new', LATE), save(claimed, 'new', LATE), save(claimed, 'new')]);
        expect(sent.filter(Boolean)).toHaveLength(1);
        expect(await look(owner)).toMatchObject({ text: 'new', version: 2 });
      });

      it('is saved for many at once, each its own', async () => {
        const owners: CredentialOwner[] = [];
        for (let count = 0; count < 24; count += 1) {
          owners.push(await world.connect(grantOf(1, DUE), { tenant: count % 2 === 0 ? 0 : 1 }));
        }
        const claimed = await due();
        const saved = await Promise.all(claimed.map((one) => save(one, `of ${one.storeId}`)));
        expect(saved.every(Boolean)).toBe(true);
        for (const owner of owners) expect((await look(owner)).text).toBe(`of ${owner.storeId}`);
      });

      it('says which scopes it has', async () => {
        const owner = await world.connect(grantOf(1));
        await world.credentials.saveScopes(owner, ['one', 'two']);
        expect((await look(owner)).scopes).toEqual(['one', 'two']);
        expect((await held(owner)).scopesGranted).toEqual(['one', 'two']);
      });
    });

    describe('a claim that is held', () => {
      it('goes on while its holder says so, and cannot be taken up again once it is over', async () => {
        const owner = await world.connect(grantOf(1));
        const mine = await held(owner);
        await world.pass(20);
        expect(await world.credentials.extend(mine, 30)).toBe(true);
        await world.pass(20);
        expect(await claim(owner)).toBeUndefined();
        await world.pass(11);
        expect(await world.credentials.extend(mine, 30)).toBe(false);
        expect(await claim(owner)).toBeDefined();
        expect(await world.credentials.extend(mine, 30)).toBe(false);
      });

      it('counts as no try when it is given back unused, and is due again after the wait', async () => {
        const owner = await world.connect(grantOf(1));
        await world.credentials.release(await held(owner), 10);
        expect(await due()).toEqual([]);
        await world.pass(11);
        expect(await due()).toMatchObject([{ ...owner, attempt: 1 }]);
      });
    });

    describe('a refusal', () => {
      it('case 10: is tried again after the grace, and final the second time', async () => {
        const owner = await world.connect(grantOf(1));
        expect(await refuse(await held(owner))).toBe('again');
        expect(await look(owner)).toMatchObject({ state: 'active', refusals: 1, status: 'active', leaseOwner: null });
        expect(await due()).toEqual([]);
        await world.pass(3);
        const [second] = await due();
        expect(second).toMatchObject({ ...owner, refusals: 1 });
        expect(await refuse(second as ClaimedCredential)).toBe('final');
        expect(await look(owner)).toMatchObject({ state: 'refused', refusals: 2, status: 'needsReauth', due: null });
        await world.pass(100_000);
        expect(await due()).toEqual([]);
        expect(await claim(owner)).toBeUndefined();
        expect(await world.credentials.find(owner)).toMatchObject({ state: 'refused' });
      });

      it('keeps callers away for the grace too, however long the refused try took', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.pass(8);
        expect(await refuse(slow)).toBe('again');
        expect(await claim(owner)).toBeUndefined();
        await world.pass(3);
        expect(await claim(owner)).toBeDefined();
      });

      it('case 9: of one who lost the claim counts for nothing', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.pass(31);
        const fast = await held(owner);
        expect(await refuse(slow)).toBe('superseded');
        expect(await save(fast, 'newer')).toBe(true);
        expect(await refuse(slow)).toBe('superseded');
        expect(await look(owner)).toMatchObject({ version: 2, state: 'active', refusals: 0 });
      });
    });

    describe('a failure', () => {
      it('gives back only what is one’s own, with the reason', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.pass(31);
        const fast = await held(owner);
        await postpone(slow, 1_000_000);
        expect(await look(owner)).toMatchObject({ leaseOwner: fast.claimer, lastErrorCode: null });
        await postpone(fast, 10);
        expect(await look(owner)).toMatchObject({ leaseOwner: null, lastErrorCode: FAILURE.code });
      });
    });

    describe('a merchant who connects again', () => {
      it('case 19: ends lease, backoff, refusals and order of the platform to wait', async () => {
        const owner = await world.connect(grantOf(1));
        await postpone(await held(owner), 3000, true);
        await world.reconnect(owner, grantOf(2));
        const untroubled = { attempt: 0, refusals: 0, leaseOwner: null, lease: null, lastErrorCode: null };
        expect(await look(owner)).toMatchObject({ ...untroubled, state: 'active', version: 2, text: 'pair 2' });
        expect(await world.credentials.find(owner)).toMatchObject({ backingOff: false, refusals: 0 });
        expect(await claim(owner, 2)).toBeDefined();
      });

      it('case 19: ends a final refusal', async () => {
        const owner = await world.connect(grantOf(1));
        await refuse(await held(owner));
        await world.pass(6);
        await refuse(await held(owner));
        await world.reconnect(owner, grantOf(2));
        expect(await look(owner)).toMatchObject({ state: 'active', status: 'active', refusals: 0 });
      });

      // The second: between reading which version is next and writing it, a renewal may have taken that number.
      it.each([2, 1])('case 20: is not overwritten by a renewal of the old grant (version %i)', async (version) => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.reconnect(owner, grantOf(version, { sealed: bytes('new grant') }));
        for (const options of [HELD, LATE]) expect(await save(slow, 'old grant', options)).toBe(false);
        expect(await refuse(slow)).toBe('superseded');
        await postpone(slow, 3000);
        expect(await look(owner)).toMatchObject({ text: 'new grant', version, refusals: 0, lastErrorCode: null });
      });

      it('case 22: after the credential was destroyed has one that no answer to the old one reaches', async () => {
        const owner = await world.connect(grantOf(1));
        const slow = await held(owner);
        await world.beginAnew(owner, grantOf(1, { sealed: bytes('new grant') }));
        for (const options of [HELD, LATE]) expect(await save(slow, 'old grant', options)).toBe(false);
        expect(await look(owner)).toMatchObject({ text: 'new grant', version: 1 });
        expect((await held(owner)).id).not.toBe(slow.id);
      });
    });
  });
}
