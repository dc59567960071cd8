import {
  type ConnectedStore,
  type Connector,
  type ErrorCode,
  GatewayError,
  type HttpCall,
  type JsonValue,
  type ReplayTarget,
  requireNamed,
  shapeOf,
  Unreadable,
} from '#contract';
import { readAnswer } from '#kit';
import { answersOf } from './answers.js';
import type { Exchange } from './exchange.js';
import { asReadingOf, refusalOf } from './written-record.js';

/** A record that could not be mapped, and why. */
export interface QuarantinedRecord {
  readonly platformId: string | null;
  readonly reason: string;
}

/** What the connector makes of a recorded answer. */
export type ReplayResult =
  | { readonly outcome: 'noOperation' }
  | {
      readonly outcome: 'read';
      readonly operation: ReplayTarget['operation'];
      /** Normalized, as JSON. */
      readonly records: readonly JsonValue[];
      readonly quarantined: readonly QuarantinedRecord[];
      /** Whether a list says that more would follow. */
      readonly more: boolean;
    }
  | {
      readonly outcome: 'error';
      /** null where no operation of ours would have asked so, such as for a write that was refused. */
      readonly operation: ReplayTarget['operation'] | null;
      readonly code: ErrorCode;
      readonly message: string;
    };

type Read = Omit<Extract<ReplayResult, { outcome: 'read' }>, 'outcome' | 'operation'>;

/**
 * Runs the operation that a recorded request belongs to, with the recorded answer; a write is read as the record it
 * answered, and what belongs to no operation and was refused is judged by the connector's rules alone. Answers are judged exactly as live
 * ones are. No network; never throws.
 * @param others further recordings of the same shop, which may answer the further calls of the operation; a call that no
 * recording answers is answered with an empty 404.
 */
export async function replayExchange(
  connector: Connector,
  exchange: Exchange,
  others: readonly Exchange[] = [],
): Promise<ReplayResult> {
  if (exchange.fromPlatform) return { outcome: 'noOperation' };
  const target = connector.recognize(exchange.request);
  if (target !== undefined) return await readAs(connector, target, exchange, others);
  const reading = asReadingOf(connector, exchange);
  const made = reading === undefined ? undefined : connector.recognize(reading.request);
  if (reading !== undefined && made !== undefined)
    return await readAs(connector, made, reading, without(others, exchange));
  const refusal = refusalOf(connector, exchange);
  if (refusal === undefined) return { outcome: 'noOperation' };
  return { outcome: 'error', operation: null, code: refusal.code, message: refusal.message };
}

function without(others: readonly Exchange[], exchange: Exchange): readonly Exchange[] {
  return others.filter((other) => other !== exchange);
}

async function readAs(
  connector: Connector,
  target: ReplayTarget,
  exchange: Exchange,
  others: readonly Exchange[],
): Promise<ReplayResult> {
  const { operation } = target;
  try {
    const store = storeAnswering(connector, exchange, others);
    return { outcome: 'read', operation, ...(await run(connector, target, store)) };
  } catch (error) {
    if (error instanceof Unreadable || GatewayError.is(error, 'record_unreadable')) {
      const quarantined = [{ platformId: target.platformId ?? null, reason: error.message }];
      return { outcome: 'read', operation, records: [], quarantined, more: false };
    }
    const code = GatewayError.is(error) ? error.code : 'internal';
    return { outcome: 'error', operation, code, message: error instanceof Error ? error.message : String(error) };
  }
}

async function run(connector: Connector, target: ReplayTarget, store: ConnectedStore): Promise<Read> {
  const { operation, platformId = '', filter = {} } = target;
  if (operation === 'shop.get') return one(await connector.operations.shop.get.run(store));
  if (shapeOf(operation)?.shape === 'get') {
    return one((await requireNamed.get(connector, operation).run(store, { platformId })).record);
  }
  const list = requireNamed.list(connector, operation);
  const page = await list.page(store, { filter, sort: list.sorts[0] }, { size: list.maxPageSize });
  const quarantined = page.quarantined.map(({ platformId: id, reason }) => ({ platformId: id, reason }));
  return { records: page.items.map(({ record }) => asJson(record)), quarantined, more: page.next !== undefined };
}

function one(record: unknown): Read {
  return { records: [asJson(record)], quarantined: [], more: false };
}

function asJson(record: unknown): JsonValue {
  // What JSON printed is JSON.
  return JSON.parse(JSON.stringify(record)) as JsonValue;
}

function storeAnswering(connector: Connector, exchange: Exchange, others: readonly Exchange[]): ConnectedStore {
  const answerTo = answersOf(connector, exchange, others);
  return {
    id: 'replay',
    account: exchange.request.url.host,
    currency: 'USD',
    scopes: [],
    http: async <T>(call: HttpCall<T>) => readAnswer(connector, call, answerTo(call)),
    signal: new AbortController().signal,
  };
}
