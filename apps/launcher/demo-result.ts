import path from 'node:path';
import { z } from 'zod';
import type { DatabaseUrls } from '#persistence';
import { readJsonIfThere, writePrivateFile } from './private-file.js';

export interface Addresses {
  readonly gateway: string;
  readonly sandbox: string;
}

const DemoResult = z.object({
  /** Things a newcomer can try right away, in this order. */
  tries: z.array(
    z.object({
      /** What it shows, in a few words. */
      what: z.string(),
      /** A command or an address to copy; may contain an API key. */
      how: z.string(),
    }),
  ),
});
export type DemoResult = z.output<typeof DemoResult>;

/** Creates the demo's tenant, app and key, or completes them: it may be called again after an upgrade or with other addresses. */
export type PrepareDemo = (urls: DatabaseUrls, addresses: Addresses) => Promise<DemoResult>;

/** Makes a link that signs an administrator in once; undefined where such links are refused. */
export type MakeSignInLink = (urls: DatabaseUrls) => Promise<string | undefined>;

const Kept = z.object({ addresses: z.object({ gateway: z.string(), sandbox: z.string() }), result: DemoResult });

/**
 * Prepares the demo on the first run and remembers what came of it: keys cannot be read back from the database.
 * @param outdated the database is new, or newer than what is remembered
 */
export async function keptDemo(
  stateDirectory: string,
  addresses: Addresses,
  outdated: boolean,
  prepare: () => Promise<DemoResult>,
): Promise<DemoResult> {
  const file = path.join(stateDirectory, 'demo.json');
  const kept = Kept.safeParse(await readJsonIfThere(file)).data;
  const same = kept?.addresses.gateway === addresses.gateway && kept.addresses.sandbox === addresses.sandbox;
  if (kept !== undefined && same && !outdated) return kept.result;
  const result = await prepare();
  await writePrivateFile(file, JSON.stringify({ addresses, result }));
  return result;
}
