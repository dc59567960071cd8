import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { recordId } from '#contract';
import { readFixtures, type WriteFixture } from '#testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ApiClient } from '../e2e/api-client.js';
import { createRecorder, type Passed } from './recorder.js';

const own = readFixtures(new URL('../../libs/connectors/woocommerce/__fixtures__/', import.meta.url));
const STORE = '0190a5c0-0000-7000-8000-000000000001';

let folder: URL;
beforeEach(() => {
  folder = new URL(`${pathToFileURL(mkdtempSync(`${tmpdir()}/recorder-`)).href}/`);
  vi.stubEnv('SHOPSPAN_RECORD', '1');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

function recorded(name: string): WriteFixture {
  const found = own.writes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function passing({ calls }: WriteFixture): readonly Passed[] {
  return calls.map(({ request: { method, url, body }, response }) => ({
    method,
    host: new URL(url).host,
    path: url.slice(new URL(url).origin.length + 1),
    body: body === null ? '' : JSON.stringify(body),
    status: response.status,
    answer: JSON.stringify(response.body),
    headers: response.headers,
  }));
}

/** An API behind which these requests pass whenever it is called. */
async function record(calls: readonly Passed[], method: string, path: string, body?: unknown, status = 200) {
  const passed: Passed[] = [];
  const never = (): never => {
    throw new Error('not called here');
  };
  const answered = { status, headers: new Headers(), text: '', json: undefined };
  const api: ApiClient = {
    call: async () => {
      passed.push(...calls);
      return await Promise.resolve(answered);
    },
    ...{ get: never, problem: never, createSession: never, stores: never, store: never, orders: never },
  };
  const recorder = createRecorder('woocommerce', passed, api, folder);
  await recorder.api.call(method, path, body);
  return await recorder.save();
}

describe('what passed the tap', () => {
  const write = recorded('write-categories-update.json');
  const { categoryId, ...body } = z.looseObject({ categoryId: z.string() }).parse(write.input);
  const path = `/v1/categories/${recordId('category', STORE, categoryId)}`;

  it('becomes a fixture that is made again as it was, with ids of the platform', async () => {
    expect(await record(passing(write), 'PATCH', path, body)).toContain('write-categories-update.json');
    const [saved] = readFixtures(folder).writes;
    expect(saved).toMatchObject({ operation: write.operation, input: write.input, expect: write.expect });
    expect(saved?.calls.map(({ request }) => request)).toEqual(write.calls.map(({ request }) => request));
  });

  it('is put into the order of sending, and what others sent is left out', async () => {
    const another = {
      method: 'GET',
      host: 'shop.example.test',
      path: 'wp-json/wc/v3/webhooks',
      body: '',
      status: 200,
      answer: '[]',
    };
    await record([another, ...passing(write)], 'PATCH', path, body);
    const [saved] = readFixtures(folder).writes;
    expect(saved?.calls.map(({ request }) => request.url)).toEqual(write.calls.map(({ request }) => request.url));
  });

  it('is not kept where an answer is missing', async () => {
    await expect(record([], 'PATCH', path, body)).rejects.toThrow('did not pass');
  });

  it('is kept only when that is asked for, when it succeeded, and when it was no dry run', async () => {
    expect(await record(passing(write), 'PATCH', path, body, 422)).not.toContain('write-categories-update.json');
    expect(await record(passing(write), 'PATCH', `${path}?dryRun=true`, body)).not.toContain(
      'write-categories-update.json',
    );
    vi.stubEnv('SHOPSPAN_RECORD', '');
    expect(await record(passing(write), 'PATCH', path, body)).toEqual([]);
  });

  it('is kept once, and never over what is there', async () => {
    await record(passing(write), 'PATCH', path, body);
    const kept = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    expect(await record(passing(write), 'PATCH', path, body)).toEqual([]);
    expect(readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))).toEqual(kept);
  });

  it('is never kept with what looks like a secret', async () => {
    const leaking = passing(write).map((one) => ({
      ...one,
      answer: JSON.stringify({ ...(JSON.parse(one.answer) as object), description: `ck_${'0'.repeat(40)}` }),
    }));
    await expect(record(leaking, 'PATCH', path, body)).rejects.toThrow('a prefixed token');
    expect(readdirSync(folder)).toEqual([]);
  });
});
