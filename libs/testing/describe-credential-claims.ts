import { describe, expect, it } from 'vitest';
import type { CredentialOwner } from '../persistence/credential-repository.js';
import { type CredentialActs, DUE, LATE, grantOf } from './credential-acts.js';

/** Who gets a credential to renew, and when. */
export function describeCredentialClaims({
  world,
  due,
  claim,
  held,
  save,
  postpone,
  refuse,
  look,
  idsOf,
}: CredentialActs): void {
  describe('credentials that are due', () => {
    it('case 1: are claimed once each, however many claim at the same moment', async () => {
      const owners: CredentialOwner[] = [];
      for (let count = 0; count < 60; count += 1) {
        owners.push(await world().connect(grantOf(1, DUE), { tenant: count % 2 === 0 ? 0 : 1 }));
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
        owners.push(await world().connect(grantOf(1, { ...DUE, accessSeconds })));
      }
      const order = [...(await due(0, 2)), ...(await due(1, 2)), ...(await due(2, 2))];
      const expected = [1, 0, 4, 2, 3].map((index) => owners[index]?.storeId);
      expect(order.map(({ storeId }) => storeId)).toEqual(expected);
    });

    it('come with whose they are and all that a try needs, and are written down as begun', async () => {
      const owner = await world().connect(grantOf(1, DUE), { platform: 'other' });
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
      const owner = await world().connect(grantOf(1, DUE), { platform: 'full' });
      expect(await due(0, 5, ['full'])).toEqual([]);
      expect(idsOf(await due(0, 5, ['other']))).toEqual([owner.storeId]);
    });

    it('may be claimed again when the lease has ended, by the clock of the repository, and not before', async () => {
      const owner = await world().connect(grantOf(1, DUE));
      expect(await due(0)).toHaveLength(1);
      await world().pass(20);
      expect(await due(1)).toEqual([]);
      await world().pass(11);
      const [again] = await due(1);
      expect(again).toMatchObject({ ...owner, attempt: 2 });
    });

    it.each([
      ['not due yet', { dueSeconds: 60 }],
      ['never due', { dueSeconds: null }],
    ])('are not those that are %s', async (_, change) => {
      await world().connect(grantOf(1, change));
      expect(await due()).toEqual([]);
      await world().pass(61);
      expect(await due()).toHaveLength(change.dueSeconds === null ? 0 : 1);
    });

    it.each(['needsReauth', 'revoked', 'paused', 'disconnected', 'connecting'])(
      'are not those of a store that is %s',
      async (status) => {
        const owner = await world().connect(grantOf(1, DUE));
        await world().setStatus(owner, status);
        expect(await due()).toEqual([]);
        await world().setStatus(owner, 'active');
        expect(await due()).toHaveLength(1);
      },
    );
  });

  describe('a claim', () => {
    it('case 1: is for one, however many ask at the same moment', async () => {
      const owner = await world().connect(grantOf(1));
      const asked = await Promise.all(Array.from({ length: 8 }, () => claim(owner)));
      expect(asked.filter((claimed) => claimed !== undefined)).toHaveLength(1);
      expect((await look(owner)).attempt).toBe(1);
    });

    it('case 12: is for its own tenant only', async () => {
      const owner = await world().connect(grantOf(1));
      const other = await world().connect(grantOf(1), { tenant: 1 });
      const crossed = { tenantId: other.tenantId, storeId: owner.storeId };
      expect(await claim(crossed)).toBeUndefined();
      expect(await world().credentials.find(crossed)).toBeUndefined();
      const claimed = await held(owner);
      expect(await save({ ...claimed, tenantId: other.tenantId }, 'stolen')).toBe(false);
      expect(await save({ ...claimed, tenantId: other.tenantId }, 'stolen', LATE)).toBe(false);
      expect(await refuse({ ...claimed, tenantId: other.tenantId })).toBe('superseded');
      await postpone({ ...claimed, tenantId: other.tenantId }, 60);
      expect(await look(owner)).toMatchObject({ text: 'pair 1', leaseOwner: claimed.claimer, refusals: 0 });
    });

    it('of a pair that was renewed since it was seen is refused', async () => {
      const owner = await world().connect(grantOf(1));
      await save(await held(owner), 'pair 2');
      expect(await claim(owner, 1)).toBeUndefined();
      expect(await claim(owner, 2)).toBeDefined();
    });

    it('that its holder left behind is taken by the next, though it was not due yet', async () => {
      const owner = await world().connect(grantOf(1));
      await held(owner);
      expect((await look(owner)).due).toBeLessThanOrEqual(0);
      await world().pass(31);
      expect(await due()).toHaveLength(1);
    });

    it('makes nothing due that never is', async () => {
      const owner = await world().connect(grantOf(1, { dueSeconds: null }));
      await held(owner);
      expect((await look(owner)).due).toBeNull();
    });

    it('waits after a failure, as long as a caller should, and says so', async () => {
      const owner = await world().connect(grantOf(1));
      await postpone(await held(owner), 300);
      expect(await world().credentials.find(owner)).toMatchObject({ backingOff: true, version: 1, state: 'active' });
      expect(await claim(owner)).toBeUndefined();
      await world().pass(6);
      expect(await world().credentials.find(owner)).toMatchObject({ backingOff: false });
      expect((await held(owner)).attempt).toBe(2);
    });

    it('comes for a worker when the wait is over, and no earlier', async () => {
      const owner = await world().connect(grantOf(1));
      await postpone(await held(owner), 60);
      await world().pass(50);
      expect(await due()).toEqual([]);
      await world().pass(11);
      expect(idsOf(await due())).toEqual([owner.storeId]);
    });

    it('case 13: comes no earlier than the platform itself has asked, whoever wants it', async () => {
      const owner = await world().connect(grantOf(1));
      await postpone(await held(owner), 120, true);
      await world().pass(110);
      expect(await claim(owner)).toBeUndefined();
      expect(await world().credentials.find(owner)).toMatchObject({ backingOff: true });
      expect(await due()).toEqual([]);
      await world().pass(11);
      expect(await claim(owner)).toBeDefined();
    });
  });
}
