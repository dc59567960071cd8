import { describe, expect, it } from 'vitest';
import type { ClaimedCredential, CredentialOwner } from '../persistence/credential-repository.js';
import { type CredentialActs, bytes, DUE, FAILURE, HELD, LATE, grantOf } from './credential-acts.js';

/** What becomes of a claimed credential. */
export function describeCredentialRenewals({
  world,
  due,
  claim,
  held,
  save,
  postpone,
  refuse,
  look,
}: CredentialActs): void {
  describe('a renewed pair', () => {
    it('replaces the one it was made from, and forgets its troubles', async () => {
      const owner = await world().connect(grantOf(1));
      await postpone(await held(owner), 0);
      await world().pass(1);
      await refuse(await held(owner));
      await world().pass(6);
      expect(await save(await held(owner), 'new')).toBe(true);
      const untroubled = { attempt: 0, refusals: 0, leaseOwner: null, lastErrorCode: null, lease: null };
      expect(await look(owner)).toMatchObject({ text: 'new', version: 2, state: 'active', ...untroubled });
      expect((await look(owner)).due).toBeGreaterThan(1700);
    });

    it('keeps the end of the refresh token where the platform does not tell a new one', async () => {
      const owner = await world().connect(grantOf(1));
      await world().credentials.save(await held(owner), grantOf(2, { refreshSeconds: null }), HELD);
      expect((await look(owner)).refresh).toBeGreaterThan(7_000_000);
    });

    it('may never expire', async () => {
      const owner = await world().connect(grantOf(1));
      await world().credentials.save(await held(owner), grantOf(2, { accessSeconds: null, dueSeconds: null }), HELD);
      expect(await look(owner)).toMatchObject({ access: null, due: null });
    });

    it('case 3: of one who lost the claim never overwrites a newer pair', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().pass(31);
      const fast = await held(owner);
      expect(await save(slow, 'late')).toBe(false);
      expect(await save(fast, 'newer')).toBe(true);
      for (const options of [HELD, LATE]) expect(await save(slow, 'late', options)).toBe(false);
      expect(await look(owner)).toMatchObject({ text: 'newer', version: 2 });
    });

    it('of one who lost the claim is kept where it is the only one, and the next finds it', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().pass(31);
      const fast = await held(owner);
      expect(await save(slow, 'late', LATE)).toBe(true);
      expect(await save(fast, 'later', LATE)).toBe(false);
      expect(await save(fast, 'later')).toBe(false);
      expect(await refuse(fast)).toBe('superseded');
      expect(await look(owner)).toMatchObject({ text: 'late', version: 2, state: 'active', refusals: 0 });
    });

    it('brings back what was refused while it was on its way, the store too, where it is the only one', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      for (const expected of ['again', 'final']) {
        await world().pass(31);
        expect(await refuse(await held(owner))).toBe(expected);
      }
      expect(await look(owner)).toMatchObject({ state: 'refused', status: 'needsReauth' });
      expect(await save(slow, 'late')).toBe(false);
      expect(await save(slow, 'late', LATE)).toBe(true);
      expect(await look(owner)).toMatchObject({ state: 'active', status: 'active', text: 'late', refusals: 0 });
    });

    it('is saved by its holder even after the lease, if nobody took over', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().pass(31);
      expect(await save(slow, 'new')).toBe(true);
    });

    it('is saved once, however often it is sent: the answer to the first may have been lost', async () => {
      const owner = await world().connect(grantOf(1));
      const claimed = await held(owner);
      const sent = await Promise.all([save(claimed, 'new', LATE), save(claimed, 'new', LATE), save(claimed, 'new')]);
      expect(sent.filter(Boolean)).toHaveLength(1);
      expect(await look(owner)).toMatchObject({ text: 'new', version: 2 });
    });

    it('is saved for many at once, each its own', async () => {
      const owners: CredentialOwner[] = [];
      for (let count = 0; count < 24; count += 1) {
        owners.push(await world().connect(grantOf(1, DUE), { tenant: count % 2 === 0 ? 0 : 1 }));
      }
      const claimed = await due();
      const saved = await Promise.all(claimed.map((one) => save(one, `of ${one.storeId}`)));
      expect(saved.every(Boolean)).toBe(true);
      for (const owner of owners) expect((await look(owner)).text).toBe(`of ${owner.storeId}`);
    });

    it('says which scopes it has', async () => {
      const owner = await world().connect(grantOf(1));
      await world().credentials.saveScopes(owner, ['one', 'two']);
      expect((await look(owner)).scopes).toEqual(['one', 'two']);
      expect((await held(owner)).scopesGranted).toEqual(['one', 'two']);
    });
  });

  describe('a claim that is held', () => {
    it('goes on while its holder says so, and cannot be taken up again once it is over', async () => {
      const owner = await world().connect(grantOf(1));
      const mine = await held(owner);
      await world().pass(20);
      expect(await world().credentials.extend(mine, 30)).toBe(true);
      await world().pass(20);
      expect(await claim(owner)).toBeUndefined();
      await world().pass(11);
      expect(await world().credentials.extend(mine, 30)).toBe(false);
      expect(await claim(owner)).toBeDefined();
      expect(await world().credentials.extend(mine, 30)).toBe(false);
    });

    it('counts as no try when it is given back unused, and is due again after the wait', async () => {
      const owner = await world().connect(grantOf(1));
      await world().credentials.release(await held(owner), 10);
      expect(await due()).toEqual([]);
      await world().pass(11);
      expect(await due()).toMatchObject([{ ...owner, attempt: 1 }]);
    });
  });

  describe('a refusal', () => {
    it('case 10: is tried again after the grace, and final the second time', async () => {
      const owner = await world().connect(grantOf(1));
      expect(await refuse(await held(owner))).toBe('again');
      expect(await look(owner)).toMatchObject({ state: 'active', refusals: 1, status: 'active', leaseOwner: null });
      expect(await due()).toEqual([]);
      await world().pass(3);
      const [second] = await due();
      expect(second).toMatchObject({ ...owner, refusals: 1 });
      expect(await refuse(second as ClaimedCredential)).toBe('final');
      expect(await look(owner)).toMatchObject({ state: 'refused', refusals: 2, status: 'needsReauth', due: null });
      await world().pass(100_000);
      expect(await due()).toEqual([]);
      expect(await claim(owner)).toBeUndefined();
      expect(await world().credentials.find(owner)).toMatchObject({ state: 'refused' });
    });

    it('keeps callers away for the grace too, however long the refused try took', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().pass(8);
      expect(await refuse(slow)).toBe('again');
      expect(await claim(owner)).toBeUndefined();
      await world().pass(3);
      expect(await claim(owner)).toBeDefined();
    });

    it('case 9: of one who lost the claim counts for nothing', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().pass(31);
      const fast = await held(owner);
      expect(await refuse(slow)).toBe('superseded');
      expect(await save(fast, 'newer')).toBe(true);
      expect(await refuse(slow)).toBe('superseded');
      expect(await look(owner)).toMatchObject({ version: 2, state: 'active', refusals: 0 });
    });
  });

  describe('a failure', () => {
    it('gives back only what is one’s own, with the reason', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().pass(31);
      const fast = await held(owner);
      await postpone(slow, 1_000_000);
      expect(await look(owner)).toMatchObject({ leaseOwner: fast.claimer, lastErrorCode: null });
      await postpone(fast, 10);
      expect(await look(owner)).toMatchObject({ leaseOwner: null, lastErrorCode: FAILURE.code });
    });
  });

  describe('a merchant who connects again', () => {
    it('case 19: ends lease, backoff, refusals and order of the platform to wait', async () => {
      const owner = await world().connect(grantOf(1));
      await postpone(await held(owner), 3000, true);
      await world().reconnect(owner, grantOf(2));
      const untroubled = { attempt: 0, refusals: 0, leaseOwner: null, lease: null, lastErrorCode: null };
      expect(await look(owner)).toMatchObject({ ...untroubled, state: 'active', version: 2, text: 'pair 2' });
      expect(await world().credentials.find(owner)).toMatchObject({ backingOff: false, refusals: 0 });
      expect(await claim(owner, 2)).toBeDefined();
    });

    it('case 19: ends a final refusal', async () => {
      const owner = await world().connect(grantOf(1));
      await refuse(await held(owner));
      await world().pass(6);
      await refuse(await held(owner));
      await world().reconnect(owner, grantOf(2));
      expect(await look(owner)).toMatchObject({ state: 'active', status: 'active', refusals: 0 });
    });

    // The second: between reading which version is next and writing it, a renewal may have taken that number.
    it.each([2, 1])('case 20: is not overwritten by a renewal of the old grant (version %i)', async (version) => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().reconnect(owner, grantOf(version, { sealed: bytes('new grant') }));
      for (const options of [HELD, LATE]) expect(await save(slow, 'old grant', options)).toBe(false);
      expect(await refuse(slow)).toBe('superseded');
      await postpone(slow, 3000);
      expect(await look(owner)).toMatchObject({ text: 'new grant', version, refusals: 0, lastErrorCode: null });
    });

    it('case 22: after the credential was destroyed has one that no answer to the old one reaches', async () => {
      const owner = await world().connect(grantOf(1));
      const slow = await held(owner);
      await world().beginAnew(owner, grantOf(1, { sealed: bytes('new grant') }));
      for (const options of [HELD, LATE]) expect(await save(slow, 'old grant', options)).toBe(false);
      expect(await look(owner)).toMatchObject({ text: 'new grant', version: 1 });
      expect((await held(owner)).id).not.toBe(slow.id);
    });
  });
}
