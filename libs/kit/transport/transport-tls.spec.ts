import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Node reads NODE_EXTRA_CA_CERTS once, when it starts: each set of trusted authorities needs a process of its own.
const CHILD = `
import { createEgress } from './egress.js';
import { createTransport } from './transport.js';
const { urls } = JSON.parse(process.argv[2]);
const allow = urls.map((url) => new URL(url).host);
const transport = createTransport({ egress: createEgress({ allow, resolve: async () => ['::1', '127.0.0.1'] }), userAgent: 'test' });
const outcomes = urls.map((url) =>
  transport({ method: 'GET', url: new URL(url), headers: {} }, { deadlineMs: 8000, maxBytes: 1000 })
    .then((answer) => answer.text(), (error) => error.reason + ' ' + error.sent));
console.log(JSON.stringify(await Promise.all(outcomes)));
transport.close();
`;

const AUTHORITY = `
[ca]
default_ca = own
[own]
new_certs_dir = .
database = index.txt
serial = serial.txt
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
`;

const folder = mkdtempSync(join(tmpdir(), 'transport-tls-'));
const servers: Server[] = [];
const isOpensslHere = spawnSync('openssl', ['version']).status === 0;

const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' });
const read = (file: string) => readFileSync(join(folder, file));

/** Issues a certificate for shop.test and 127.0.0.1, valid between two times of the form 20250131000000Z. */
function issue(name: string, from: string, to: string): ServerOptions {
  const key = `-newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr`;
  openssl(`req -new -batch ${key} -subj /CN=shop.test -addext subjectAltName=DNS:shop.test,IP:127.0.0.1`);
  openssl(
    `ca -batch -config ca.cnf -notext -cert ca.pem -keyfile ca.key -startdate ${from} -enddate ${to} -in ${name}.csr -out ${name}.pem`,
  );
  return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
}

function prepareAuthority(): void {
  writeFileSync(join(folder, 'ca.cnf'), AUTHORITY);
  writeFileSync(join(folder, 'index.txt'), '');
  // One subject may have several certificates.
  writeFileSync(join(folder, 'index.txt.attr'), 'unique_subject = no\n');
  writeFileSync(join(folder, 'serial.txt'), '01\n');
  openssl('req -x509 -batch -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=own');
}

/** Puts the transport's own sources into the folder, as plain JavaScript with their dependencies in reach. */
function prepareChild(): void {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
  for (const file of readdirSync(import.meta.dirname).filter((name) => /^[a-z0-9-]+\.ts$/.test(name))) {
    const source = readFileSync(join(import.meta.dirname, file), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  writeFileSync(join(folder, 'child.js'), CHILD);
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // An IP server has no other kind of address.
  return (server.address() as AddressInfo).port;
}

const serve = (options: ServerOptions) =>
  listen(createHttpsServer(options, (_request, response) => response.end('ok')));

async function ask(urls: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const args = [join(folder, 'child.js'), JSON.stringify({ urls })];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 20_000 });
  return JSON.parse(stdout);
}

describe.skipIf(!isOpensslHere)('the proof of who a host is', () => {
  const ports = { good: 0, expired: 0, selfSigned: 0, old: 0, plain: 0, hangUp: 0 };
  // Everything in the environment that is known to weaken Node's defaults.
  const careless = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0 --no-warnings',
  };

  beforeAll(async () => {
    prepareAuthority();
    prepareChild();
    const good = issue('good', '20200101000000Z', '20491231000000Z');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    openssl('req -x509 -batch -newkey rsa:2048 -nodes -keyout self.key -out self.pem -days 2 -subj /CN=shop.test');
    ports.good = await serve(good);
    ports.expired = await serve(issue('expired', '20200101000000Z', '20200201000000Z'));
    ports.selfSigned = await serve({ key: read('self.key'), cert: read('self.pem') });
    ports.old = await serve({ ...good, ...old });
    ports.plain = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
    ports.hangUp = await listen(createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  }, 30_000);

  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('case 132: fails with an authority nobody trusts, whatever the environment says', async () => {
    const urls = [`https://shop.test:${ports.good}/`, `https://shop.test:${ports.selfSigned}/`];
    expect(await ask(urls, careless)).toEqual(['tls no', 'tls no']);
  }, 30_000);

  it('case 132: holds with an authority named by NODE_EXTRA_CA_CERTS, for the right host, time and protocol only', async () => {
    const expectations = {
      [`https://shop.test:${ports.good}/`]: 'ok',
      [`https://127.0.0.1:${ports.good}/`]: 'ok',
      [`https://other.test:${ports.good}/`]: 'tls no',
      [`https://shop.test:${ports.expired}/`]: 'tls no',
      [`https://shop.test:${ports.selfSigned}/`]: 'tls no',
      [`https://shop.test:${ports.old}/`]: 'tls no',
      [`https://shop.test:${ports.plain}/`]: 'tls no',
      [`https://shop.test:${ports.hangUp}/`]: 'unreachable no',
    };
    const env = { ...careless, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    expect(await ask(Object.keys(expectations), env)).toEqual(Object.values(expectations));
  }, 30_000);
});
