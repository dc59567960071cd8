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
  /** Reads a list to its end, two records at a time. @returns all records */
  list(operation: string, path: string): Promise<readonly Json[]>;
  get(operation: string, path: string): Promise<Json | undefined>;
}

export async function createRun(api: ApiClient, platformId: string): Promise<Run> {
  const { operations } = platform.parse((await api.get(`/v1/platforms/${platformId}`)).json);
  const known = new Map(operations.map((one) => [one.operation, one]));
  const done = new Set<string>();
  const findings: string[] = [];
  const supports = (operation: string): boolean => (known.get(operation)?.support ?? 'none') !== 'none';
  const lossesOf = (operation: string): readonly Loss[] => known.get(operation)?.losses ?? [];
  /** A path with a gap names nothing: what should have filled it is a finding already. */
  const hasGap = (path: string): boolean => /\/(\/|$|\?)/.test(path);
  const expectUnsupported = ({ status, json }: Answer, operation: string): void => {
    const { code } = z.looseObject({ code: z.string().optional() }).parse(json ?? {});
    if (status !== 422 || code !== 'operation_unsupported')
      findings.push(`${operation}: said to be impossible, answered ${status} ${code ?? ''}`);
  };
  const failed = (operation: string, { status, text }: Answer): undefined => {
    const said = z.looseObject({ code: z.string(), detail: z.string() }).safeParse(JSON.parse(text)).data;
    findings.push(
      `${operation}: answered ${status} ${said === undefined ? text.slice(0, 400) : `${said.code}: ${said.detail}`}`,
    );
    return undefined;
  };

  const write: Run['write'] = async ({ operation, method, path, body, fields, readBack }) => {
    if (hasGap(path)) return undefined;
    if (!supports(operation)) {
      expectUnsupported(await api.call(method, path, method === 'DELETE' ? undefined : (body ?? {})), operation);
      return undefined;
    }
    const separator = path.includes('?') ? '&' : '?';
    const dry = await api.call(
      method,
      `${path}${separator}dryRun=true`,
      method === 'DELETE' ? undefined : (body ?? {}),
    );
    if (dry.status !== 200) return failed(`${operation} (dry run)`, dry);
    const planned = plan.parse(dry.json);
    const answer = await api.call(method, path, method === 'DELETE' ? undefined : (body ?? {}), {
      'idempotency-key': randomUUID(),
    });
    if (answer.status >= 300) return failed(operation, answer);
    done.add(operation);
    const { data, dropped } = writeAnswer.parse(answer.json);
    const announced = [...planned.ignored, ...planned.changed].map((one) => one.path).sort();
    if (
      announced.join() !==
      dropped
        .map((one) => one.path)
        .sort()
        .join()
    )
      findings.push(`${operation}: the dry run said other losses than the write`);
    if (data === null || fields === undefined || body === undefined) return data ?? undefined;
    const record = readBack === undefined ? data : await get(operation.replace(/\..*/, '.get'), readBack(data.id));
    for (const one of surprises(fields(body, record ?? {}), lossesOf(operation))) findings.push(`${operation}: ${one}`);
    return record ?? data;
  };

  const get: Run['get'] = async (operation, path) => {
    if (hasGap(path)) return undefined;
    const answer = await api.get(path);
    if (!supports(operation)) return void expectUnsupported(answer, operation);
    if (answer.status !== 200) return failed(operation, answer);
    done.add(operation);
    return z.looseObject({ id: z.string() }).parse(answer.json);
  };

  const list: Run['list'] = async (operation, path) => {
    if (hasGap(path)) return [];
    const found: Json[] = [];
    let cursor: string | null = null;
    const page = z.object({
      data: z.array(z.looseObject({ id: z.string() })),
      quarantined: z.array(z.unknown()),
      nextCursor: z.string().nullable(),
    });
    for (let pages = 0; pages < 400; pages += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const answer = await api.get(
        `${path}${separator}limit=25${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      if (!supports(operation)) return [expectUnsupported(answer, operation)].flatMap(() => []);
      if (answer.status !== 200) return [failed(operation, answer)].flatMap(() => found);
      const { data, quarantined, nextCursor } = page.parse(answer.json);
      found.push(...data);
      for (const broken of quarantined)
        findings.push(`${operation}: quarantined ${JSON.stringify(broken).slice(0, 300)}`);
      cursor = nextCursor;
      if (cursor === null) break;
    }
    if (cursor !== null) findings.push(`${operation}: does not end`);
    const ids = found.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) findings.push(`${operation}: lists a record twice`);
    if (found.length > 0) done.add(operation);
    return found;
  };

  return { done, findings, supports, write, list, get };
}
