import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { html, page } from '../connect/html.js';
import { consolePolicyWith, SCREEN_POLICY } from '../http/security-headers.js';

const YEAR = '365d';
/** Stands in the built page where the nonce of an answer belongs. */
const PLACEHOLDER = /__NONCE__/g;

/**
 * Serves the operators' console as it was built. It holds no data and asks no database, so that it is there when nothing else
 * is; what it shows it asks of `/ops`, in the name of whoever is signed in.
 * @param folder what the build made
 */
export function mountConsole(fastify: FastifyInstance, folder: string = builtConsole()): void {
  void fastify.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: path.join(folder, 'assets'),
      prefix: '/console/assets/',
      decorateReply: false,
      // Their names hold a hash of what is in them.
      immutable: true,
      maxAge: YEAR,
      index: false,
      // Nothing is built yet where only the API is wanted.
      suppressWarning: true,
    });
    for (const url of ['/console', '/console/*']) scope.get(url, (_request, reply) => answerShell(folder, reply));
  });
}

/** The client finds its own way from the address, so that every address has the same page. */
async function answerShell(folder: string, reply: FastifyReply): Promise<string> {
  const built = await readFile(path.join(folder, 'index.html'), 'utf8').catch(() => undefined);
  void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  if (built === undefined) {
    void reply.header('content-security-policy', SCREEN_POLICY).status(503);
    return notBuilt();
  }
  const nonce = randomBytes(16).toString('base64');
  void reply.header('content-security-policy', consolePolicyWith(nonce));
  return built.replace(PLACEHOLDER, nonce);
}

function notBuilt(): string {
  const body = html`<h1>The console is not built</h1>
    <p>
      Build it with <code>npm run build:console</code>, or start everything with <code>npm start</code>, which builds
      it.
    </p>
    <p>The API behind it is there: <code>/ops/session</code> says who you are.</p>`;
  return page('Console · Shopspan', body);
}

/** From the sources as from what was compiled of them, `dist` is in the folder of the package. */
function builtConsole(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder)
    folder = path.dirname(folder);
  return path.join(folder, 'dist', 'console');
}
