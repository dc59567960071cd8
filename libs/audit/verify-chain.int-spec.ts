import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutAuditBefore, type Database, noteCredentialUses, openDatabase, writeAudit } from '#persistence';
import { freshDatabase, type FreshDatabase } from '../../test/setup/database.js';
import { openSession, type Session } from '../../test/setup/tenants.js';
import { verifyAudit } from './verify-chain.js';

const ENTRIES = 12;

let fresh: FreshDatabase;
let admin: Session;
let owner: Database;
let app: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  admin = await openSession(fresh.adminUrl);
  owner = openDatabase({ url: fresh.urls.owner, poolSize: 4, applicationName: 'test' });
  app = openDatabase({ url: fresh.urls.app, poolSize: 4, applicationName: 'test' });
  for (let number = 1; number <= ENTRIES; number += 1) {
    await writeAudit(owner, {
      ...{ actor: `ада "${String(number)}"`, action: 'test', target: 'x:1,y' },
      details: { number, text: 'snow ☃ 𝄞 \n\u0001' },
    });
  }
});
afterAll(async () => {
  await Promise.all([owner.close(), app.close(), admin.end()]);
  await fresh.drop();
});

/** Does something to the tables that nobody may, looks, and takes it back. */
async function spoiled(...statements: readonly string[]): Promise<string> {
  await admin.sql('CREATE TABLE kept_entries AS TABLE audit_entries');
  await admin.sql('CREATE TABLE kept_heads AS TABLE audit_heads');
  try {
    for (const statement of statements) await admin.sql(statement);
    return await verifyAudit(owner).then(
      () => 'holds',
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    );
  } finally {
    await admin.sql('TRUNCATE audit_entries, audit_heads');
    await admin.sql('INSERT INTO audit_entries TABLE kept_entries');
    await admin.sql('INSERT INTO audit_heads TABLE kept_heads');
    await admin.sql('DROP TABLE kept_entries, kept_heads');
  }
}

const swap = (column: string) =>
  `UPDATE audit_entries e SET ${column} = o.${column} FROM audit_entries o WHERE (e.sequence, o.sequence) IN ((4, 5), (5, 4))`;

describe('case 149: the audit log', () => {
  it('holds as it was written, and says with which hash', async () => {
    const report = await verifyAudit(owner);
    expect(report).toMatchObject({ entries: ENTRIES, first: 1n, last: BigInt(ENTRIES) });
    const witness = { sequence: report.last, hash: report.hash };
    await writeAudit(owner, { actor: 'test', action: 'test', target: 'more', details: {} });
    expect(await verifyAudit(owner, witness)).toMatchObject({ entries: ENTRIES + 1 });
  });

  it.each([
    ['the first', 'DELETE FROM audit_entries WHERE sequence = 1', /begins at 2, and no checkpoint/],
    ['one in the middle', 'DELETE FROM audit_entries WHERE sequence = 6', /missing between 5 and 7/],
    ['the last', `DELETE FROM audit_entries WHERE sequence > ${String(ENTRIES)}`, /must end at 13/],
    ['all', 'DELETE FROM audit_entries', /ends at 0; it must end at 13/],
    ['the head', 'DELETE FROM audit_heads', /head of the audit log is gone/],
  ])('does not when somebody deletes %s', async (_, statement, said) => {
    expect(await spoiled(statement)).toMatch(said);
  });

  it.each([
    ["actor = 'somebody else'"],
    ["action = 'another'"],
    ["target = 'x:1,z'"],
    ["details = replace(details, '6', '7')"],
    ["details = details || ' '"],
    ["at = at + interval '1 millisecond'"],
    ["hash = sha256('x')"],
    ["previous = sha256('x')"],
    // What one field loses, the next one gains.
    ['actor = left(actor, -1), action = right(actor, 1) || action'],
  ])('does not when somebody alters an entry: %s', async (change) => {
    expect(await spoiled(`UPDATE audit_entries SET ${change} WHERE sequence = 6`)).toMatch(/AuditBroken: Entry 6 /);
  });

  it('does not when entries change places, with or without what chains them', async () => {
    const contents = ['actor', 'details', 'at'].map(swap);
    expect(await spoiled(...contents)).toMatch(/Entry 4 .* was altered/);
    const places = ['UPDATE audit_entries SET sequence = 99 WHERE sequence = 4'];
    places.push('UPDATE audit_entries SET sequence = 4 WHERE sequence = 5');
    places.push('UPDATE audit_entries SET sequence = 5 WHERE sequence = 99');
    expect(await spoiled(...places)).toMatch(/Entry 4 .* does not follow/);
  });

  it('does not when somebody closes a gap by counting anew, or chains anew what they altered', async () => {
    const gap = ['DELETE FROM audit_entries WHERE sequence = 6'];
    gap.push('UPDATE audit_entries SET sequence = sequence - 1 WHERE sequence > 6');
    expect(await spoiled(...gap)).toMatch(/Entry 6 .* does not follow/);
    const rehash = `UPDATE audit_entries SET actor = 'x', hash = sha256(previous || audit_content(sequence, at, 'x', action, target, details))
      WHERE sequence = 6`;
    expect(await spoiled(rehash)).toMatch(/Entry 7 .* does not follow/);
  });

  it('does not when an entry is put in behind the last', async () => {
    const more = `INSERT INTO audit_entries SELECT h.sequence + 1, now(), 'x', 'x', 'x', '{}', h.hash,
      sha256(h.hash || audit_content(h.sequence + 1, now()::timestamptz(3), 'x', 'x', 'x', '{}')) FROM audit_heads h`;
    expect(await spoiled(more)).toMatch(/ends at 14; it must end at 13/);
  });

  it('that was written anew as a whole is known by a hash that was kept elsewhere', async () => {
    const { last, hash } = await verifyAudit(owner);
    const witness = { sequence: last, hash };
    await expect(verifyAudit(owner, { ...witness, hash: 'a'.repeat(64) })).rejects.toThrow('written down');
    await expect(verifyAudit(owner, { ...witness, sequence: last + 1n })).rejects.toThrow('written down is gone');
  });

  it('takes entries from everybody at once, one after the other', async () => {
    const before = await verifyAudit(owner);
    await Promise.all(Array.from({ length: 40 }, (_, number) => noteCredentialUses(app, `p${String(number)}`, '{}')));
    expect((await verifyAudit(owner)).entries).toBe(before.entries + 40);
  });

  it('cannot be read, altered or deleted by the product, whose role may only add', async () => {
    const session = await openSession(fresh.urls.app);
    try {
      for (const statement of [
        'SELECT * FROM audit_entries',
        "UPDATE audit_entries SET actor = 'x'",
        'DELETE FROM audit_entries',
        'UPDATE audit_heads SET sequence = 0',
        "SELECT write_audit('x', 'operator.changed', 'x', '{}')",
        "SELECT * FROM cut_audit('x', now())",
      ]) {
        await expect(session.sql(statement)).rejects.toThrow('permission denied');
      }
    } finally {
      await session.end();
    }
  });

  it('is cut at its beginning with a checkpoint alone, and holds from there', async () => {
    const before = await verifyAudit(owner);
    await admin.sql('CREATE TABLE cutting AS SELECT at FROM audit_entries WHERE sequence = 9');
    const [row] = await admin.sql("SELECT at + interval '1 millisecond' AS at FROM cutting");
    const cut = await cutAuditBefore(owner, 'test', row?.['at'] as Date);
    expect(Number(cut?.through)).toBeGreaterThanOrEqual(9);
    const after = await verifyAudit(owner);
    expect(after).toMatchObject({ last: before.last + 1n, first: (cut?.through ?? 0n) + 1n });
    // One that is cut further, by hand, begins where no checkpoint says.
    expect(await spoiled(`DELETE FROM audit_entries WHERE sequence = ${String(after.first)}`)).toMatch(/no checkpoint/);
    expect(await cutAuditBefore(owner, 'test', new Date(0))).toBeUndefined();
  });
});
