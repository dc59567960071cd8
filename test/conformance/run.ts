import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApiClient, Answer } from '../e2e/api-client.js';
import { type Field, type Loss, surprises } from './compare.js';

const capability = z.object({
  operation: z.string(),
  support: z.enum(['native', 'emulated', 'none']),
  losses: z.array(z.object({ path: z.string(), fate: z.enum(['ignored', 'changed']), why: z.string() })).optional(),
});
const platform = z.object({ id: z.string(), operations: z.array(capability) });
const writeAnswer = z.object({
  data: z.looseObject({ id: z.string() }).nullable(),
  dropped: z.array(z.looseObject({ path: z.string() })),
});
const plan = z.object({
  dryRun: z.literal(true),
  written: z.array(z.string()),
  ignored: z.array(z.looseObject({ path: z.string() })),
  changed: z.array(z.looseObject({ path: z.string() })),
});

export type Json = Readonly<Record<string, unknown>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation as it was asked for through the API. */
export interface Step {
  readonly operation: string;
  readonly method: Method;
  readonly path: string;
  readonly body?: Json;
  /** What of the input to look for in the record afterwards. */
  readonly fields?: (input: Json, record: Json) => Field[];
  /** Where to read the record again; without it the answer of the write itself is compared. */
  readonly readBack?: (id: string) => string;
}

/** Runs operations through the API and keeps what did not go as declared. */
export interface Run {
  /** Every operation that did something, by its name. */
  readonly done: Set<string>;
  readonly findings: string[];
  readonly supports: (operation: string) => boolean;
  /** @returns the record; undefined where the platform cannot, or failed (then it is a finding) */
  write(step: Step): Promise<Json | undefined>;
  /** Reads a list to its end. @returns all records */
  list(operation: string, path: string): Promise<readonly Json[]>;
  get(operation: string, path: string): Promise<Json | undefined>;
}

interface Running {
  readonly api: ApiClient;
  readonly done: Set<string>;
  readonly findings: string[];
  readonly supports: (operation: string) => boolean;
  readonly lossesOf: (operation: string) => readonly Loss[];
}

export async function createRun(api: ApiClient, platformId: string): Promise<Run> {
  const { operations } = platform.parse((await api.get(`/v1/platforms/${platformId}`)).json);
  const known = new Map(operations.map((one) => [one.operation, one]));
  const running: Running = {
    api,
    done: new Set(),
    findings: [],
    supports: (operation) => (known.get(operation)?.support ?? 'none') !== 'none',
    lossesOf: (operation) => known.get(operation)?.losses ?? [],
  };
  return {
    ...running,
    write: (step) => write(running, step),
    get: (operation, path) => get(running, operation, path),
    list: (operation, path) => list(running, operation, path),
  };
}

/** A path with a gap names nothing: what should have filled it is a finding already. */
const hasGap = (path: string): boolean => /\/(\/|$|\?)/.test(path);

const page = z.object({
  data: z.array(z.looseObject({ id: z.string() })),
  quarantined: z.array(z.unknown()),
  nextCursor: z.string().nullable(),
});
const refusal = z.looseObject({ code: z.string(), detail: z.string() });

/** Notes an answer that is not what was asked for. @returns whether it is */
function succeeded({ done, findings, supports }: Running, operation: string, { status, json, text }: Answer): boolean {
  const said = refusal.safeParse(json).data;
  if (!supports(operation)) {
    const refused = status === 422 && said?.code === 'operation_unsupported';
    if (!refused) findings.push(`${operation}: said to be impossible, answered ${status} ${said?.code ?? ''}`);
    return false;
  }
  if (status < 300) {
    done.add(operation);
    return true;
  }
  findings.push(
    `${operation}: answered ${status} ${said === undefined ? text.slice(0, 400) : `${said.code}: ${said.detail}`}`,
  );
  return false;
}

async function write(running: Running, step: Step): Promise<Json | undefined> {
  const { operation, method, path, body = {} } = step;
  if (hasGap(path)) return undefined;
  const sent = method === 'DELETE' ? undefined : body;
  const planned = running.supports(operation) ? await dryRun(running, step, sent) : [];
  if (planned === undefined) return undefined;
  const answer = await running.api.call(method, path, sent, { 'idempotency-key': randomUUID() });
  if (!succeeded(running, operation, answer)) return undefined;
  const { data, dropped } = writeAnswer.parse(answer.json);
  const lost = dropped.map((one) => one.path).sort();
  if (planned.join() !== lost.join())
    running.findings.push(`${operation}: the dry run said other losses than the write`);
  return data === null ? undefined : await compared(running, step, data);
}

/** @returns the paths it says would not be stored as sent */
async function dryRun(
  { api, findings }: Running,
  { operation, method, path }: Step,
  sent: Json | undefined,
): Promise<string[] | undefined> {
  const answer = await api.call(method, `${path}${path.includes('?') ? '&' : '?'}dryRun=true`, sent);
  const planned = plan.safeParse(answer.json).data;
  if (answer.status === 200 && planned !== undefined)
    return [...planned.ignored, ...planned.changed].map((one) => one.path).sort();
  findings.push(
    `${operation} (dry run): answered ${answer.status} ${refusal.safeParse(answer.json).data?.detail ?? ''}`,
  );
  return undefined;
}

async function compared(
  running: Running,
  { operation, body, fields, readBack }: Step,
  data: Json & { readonly id: string },
): Promise<Json> {
  if (fields === undefined || body === undefined) return data;
  const read = readBack && (await get(running, operation.replace(/\..*/, '.get'), readBack(data.id)));
  const record = read ?? data;
  for (const one of surprises(fields(body, record), running.lossesOf(operation)))
    running.findings.push(`${operation}: ${one}`);
  return record;
}

async function get(running: Running, operation: string, path: string): Promise<Json | undefined> {
  if (hasGap(path)) return undefined;
  const answer = await running.api.get(path);
  return succeeded(running, operation, answer) ? z.looseObject({ id: z.string() }).parse(answer.json) : undefined;
}

// More pages than any shop of a sandbox has.
const MOST_PAGES = 400;

async function list(running: Running, operation: string, path: string): Promise<readonly Json[]> {
  if (hasGap(path)) return [];
  const { api, done, findings } = running;
  const had = done.has(operation);
  const found: z.infer<typeof page>['data'] = [];
  let cursor: string | null = '';
  for (let pages = 0; pages < MOST_PAGES && cursor !== null; pages += 1) {
    const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await api.get(`${path}${path.includes('?') ? '&' : '?'}limit=25${more}`);
    if (!succeeded(running, operation, answer)) return found;
    const { data, quarantined, nextCursor } = page.parse(answer.json);
    found.push(...data);
    for (const broken of quarantined)
      findings.push(`${operation}: quarantined ${JSON.stringify(broken).slice(0, 300)}`);
    cursor = nextCursor;
  }
  if (cursor !== null) findings.push(`${operation}: does not end`);
  if (new Set(found.map(({ id }) => id)).size !== found.length) findings.push(`${operation}: lists a record twice`);
  // An empty list proves nothing.
  if (found.length === 0 && !had) done.delete(operation);
  return found;
}
