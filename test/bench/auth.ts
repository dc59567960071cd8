import { hash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { importJWK, jwtVerify } from 'jose';
import { type Callers, createApiKey, createApp, createCallers, createTenant, createVerificationKeys } from '#auth';
import { startLocalPostgres } from '#local-postgres';
import { migrate, openAccessChannel, openDatabase, provisionDatabase } from '#persistence';
import { deriveSealer, localKey } from '#vault';
import { accessToken, newKey, RULES, type TestKey } from '../setup/access-tokens.js';
import { machine, median, rounded } from './machine.js';

// What it costs to know who calls, beside the bare operation that it cannot do without, in turns, in one process, with a
// Postgres of its own.
const ROUNDS = 7;
const CALLS = 100_000;
const VERIFICATIONS = 200;
const BAD_PER_SECOND = 1000;
const BAD_SECONDS = 5;
const BAD_ROUNDS = 3;
const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Ground {
  readonly callers: Callers;
  readonly apiKey: string;
  readonly signing: TestKey;
  close(): Promise<void>;
}

async function openGround(): Promise<Ground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shopspan-bench-'));
  const files = { dataDir: path.join(folder, 'postgres'), passwordFile: path.join(folder, 'password') };
  const server = await startLocalPostgres({ ...files, durable: false });
  const urls = await provisionDatabase(server.adminUrl, { database: 'bench' });
  await migrate(urls.owner, { directory: MIGRATIONS });
  const owner = openDatabase({ url: urls.owner, poolSize: 1, applicationName: 'bench' });
  const tenantId = await createTenant(owner, 'Bench');
  const appId = await createApp(owner, tenantId, { name: 'Bench', mode: 'live', returnOrigins: [] });
  const { text: apiKey } = await createApiKey(owner, tenantId, appId);
  const signing = await newKey();
  const { kid, publicJwk } = signing;
  const keys = createVerificationKeys({
    read: () => Promise.resolve([{ kid, publicJwk, notAfter: null }]),
    elapsed: () => performance.now(),
  });
  const callers = createCallers({
    openChannel: (told) => openAccessChannel({ url: urls.app, applicationName: 'bench', told }),
    rules: RULES,
    keys,
    nonces: deriveSealer([localKey(randomBytes(32))], 'dpop-nonce'),
  });
  const close = async (): Promise<void> => {
    await callers.close();
    await owner.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { callers, apiKey, signing, close };
}

const presented = (credential: string) => ({
  ...{ authorization: `Bearer ${credential}`, proof: undefined, method: 'GET' },
  ...{ addressOf: () => `${RULES.audience}/stores`, clientOf: () => '203.0.113.7' },
});

const CHUNKS = 20;

/** Microseconds that one of each takes, in turns: what else the machine does meets all of them alike. */
async function inTurns(calls: number, works: readonly (() => unknown)[]): Promise<number[]> {
  const spent = works.map(() => 0);
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    for (const [index, work] of works.entries()) {
      const from = performance.now();
      for (let call = 0; call < calls / CHUNKS; call += 1) {
        const done = work();
        if (done instanceof Promise) await done;
      }
      spent[index] = (spent[index] ?? 0) + performance.now() - from;
      // The heartbeat gets its turn, as it does in a server that answers in between.
      await delay(2);
    }
  }
  return spent.map((milliseconds) => (milliseconds * 1000) / calls);
}

type Name = 'bareKey' | 'key' | 'bareRepeat' | 'repeatJwt' | 'bareVerify' | 'firstJwt';
type Figures = Record<Name, number[]> & {
  /** How often what is known was asked for all the same: where the machine stood still for longer than knowledge is believed. */
  asked: number;
};

async function measureGood({ callers, apiKey, signing }: Ground): Promise<Figures> {
  const figures: Figures = {
    bareKey: [],
    key: [],
    bareRepeat: [],
    repeatJwt: [],
    bareVerify: [],
    firstJwt: [],
    asked: 0,
  };
  const token = await accessToken(signing);
  const publicKey = await importJWK(signing.publicJwk, signing.algorithm);
  const table = new Map([apiKey, token].map((text) => [hash('sha256', text, 'base64'), text]));
  // Their headers lie there before anybody counts, as a server has them.
  const [withKey, withToken] = [presented(apiKey), presented(token)];
  const known = (one: typeof withKey) => () => {
    const found = callers.identify(one);
    if (!(found instanceof Promise)) return undefined;
    figures.asked += 1;
    return found;
  };
  const rules = { issuer: RULES.issuer, audience: RULES.audience, typ: 'at+jwt', algorithms: [signing.algorithm] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const tokens = await Promise.all(Array.from({ length: VERIFICATIONS }, () => accessToken(signing)));
    const fresh = tokens.map(presented);
    // What the database is asked once is asked before anybody counts.
    await callers.identify(withKey);
    await callers.identify(withToken);
    const [bareKey = 0, key = 0, bareRepeat = 0, repeatJwt = 0] = await inTurns(CALLS, [
      () => table.get(hash('sha256', apiKey, 'base64')),
      known(withKey),
      () => table.get(hash('sha256', token, 'base64')),
      known(withToken),
    ]);
    let [bareAt, at] = [0, 0];
    const [bareVerify = 0, firstJwt = 0] = await inTurns(VERIFICATIONS, [
      () => jwtVerify(tokens[bareAt++] ?? '', publicKey, rules),
      () => callers.identify(fresh[at++] ?? withToken),
    ]);
    const row: Record<Name, number> = { bareKey, key, bareRepeat, repeatJwt, bareVerify, firstJwt };
    // The first round warms up.
    if (round > 0) for (const name of Object.keys(row) as Name[]) figures[name].push(row[name]);
  }
  if (figures.asked > (ROUNDS * CALLS) / 100) throw new Error('the database is asked for what is known');
  return figures;
}

/** Percent of a core that this process takes while something happens so often, less what it takes while nothing does. */
async function share(perSecond: number, seconds: number, work: (() => unknown) | undefined): Promise<number> {
  const before = process.cpuUsage();
  const from = performance.now();
  let done = 0;
  while (performance.now() - from < seconds * 1000) {
    const due = Math.min(((performance.now() - from) / 1000) * perSecond, seconds * perSecond);
    for (; work !== undefined && done < due; done += 1) work();
    await delay(5);
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / (performance.now() - from)) * 100;
}

function badKeys(count: number): string[] {
  return Array.from({ length: count }, () => {
    const body = `ssk_live_${randomBytes(32).toString('base64url')}`;
    return `${body}${crc32(body).toString(16).padStart(8, '0')}`;
  });
}

async function measureBad({ callers }: Ground) {
  const [idle, bare, bad]: number[][] = [[], [], []];
  const table = new Map<string, string>();
  for (let round = 0; round < BAD_ROUNDS; round += 1) {
    const keys = badKeys(BAD_PER_SECOND * BAD_SECONDS + 1).map(presented);
    idle?.push(await share(BAD_PER_SECOND, BAD_SECONDS, undefined));
    let at = 0;
    bare?.push(
      await share(BAD_PER_SECOND, BAD_SECONDS, () =>
        table.get(hash('sha256', keys[at++]?.authorization ?? '', 'base64')),
      ),
    );
    at = 0;
    let refused = 0;
    const asked: Promise<unknown>[] = [];
    const refuse = async (one: ReturnType<typeof presented>) => {
      await Promise.resolve(callers.identify(one)).catch(() => (refused += 1));
    };
    const next = () => keys[at++] ?? presented('');
    bad?.push(await share(BAD_PER_SECOND, BAD_SECONDS, () => asked.push(refuse(next()))));
    await Promise.all(asked);
    if (refused !== asked.length) throw new Error('a bad key was let in');
  }
  return { idle: median(idle ?? []), bare: median(bare ?? []), bad: median(bad ?? []) };
}

const startedAt = performance.now();
const ground = await openGround();
try {
  say('keys and tokens ...');
  const good = await measureGood(ground);
  const of = (name: Name): number => median(good[name]);
  const ratio = (one: Name, bare: Name): number =>
    rounded(median(good[one].map((value, round) => value / (good[bare][round] ?? 1))), 2);
  say(`${String(BAD_PER_SECOND)} bad keys a second ...`);
  const { idle, bare, bad } = await measureBad(ground);
  const report = {
    bench: 'auth',
    rounds: ROUNDS,
    callsPerRound: CALLS,
    knownButAskedFor: good.asked,
    verificationsPerRound: VERIFICATIONS,
    bareShaAndMapForKeyMicroseconds: rounded(of('bareKey'), 3),
    apiKeyMicroseconds: rounded(of('key'), 3),
    apiKeyToBareShaAndMap: ratio('key', 'bareKey'),
    bareShaAndMapForJwtMicroseconds: rounded(of('bareRepeat'), 3),
    repeatedJwtMicroseconds: rounded(of('repeatJwt'), 3),
    repeatedJwtToBareShaAndMap: ratio('repeatJwt', 'bareRepeat'),
    repeatedJwtToBareJoseVerify: rounded(of('repeatJwt') / of('bareVerify'), 4),
    bareJoseVerifyMicroseconds: rounded(of('bareVerify'), 1),
    firstJwtMicroseconds: rounded(of('firstJwt'), 1),
    firstJwtToBareJoseVerify: ratio('firstJwt', 'bareVerify'),
    badKeysPerSecond: BAD_PER_SECOND,
    idlePercentOfCore: rounded(idle, 2),
    bareShaAndMapPercentOfCore: rounded(bare - idle, 2),
    badKeysPercentOfCore: rounded(bad - idle, 2),
    badKeysToBareShaAndMap: rounded((bad - idle) / Math.max(bare - idle, 0.01), 1),
    goals: {
      apiKeyAtMost3Microseconds: of('key') <= 3,
      repeatedJwtAtMost3Microseconds: of('repeatJwt') <= 3,
      badKeysAtMost5Percent: bad - idle <= 5,
    },
    seconds: rounded((performance.now() - startedAt) / 1000, 0),
    machine: machine(),
  };
  say(JSON.stringify(report));
} finally {
  await ground.close();
}
