import { createHash, randomUUID } from 'node:crypto';
import {
  type AnyRecord,
  type AnyWrite,
  GatewayError,
  type JsonValue,
  planWrite,
  requireNamed,
  type WriteAttempt,
  type WritePlan,
  type Written,
} from '#contract';
import type { OpenedStore } from '#connections';
import { connectorOf } from '#connectors';
import { claimWrite, finishWrite, forgetWrite, leaveWriteUnknown, type StoreRow } from '#persistence';
import { places } from '#vault';
import { z } from 'zod';
import { callStore } from './call-store.js';
import type { Reader, StoreContext } from './context.js';
import { watchWrites, type WriteProgress } from './watch-writes.js';

export interface WriteRequest {
  /** Such as `orders.create`. */
  readonly operation: string;
  readonly store: StoreRow;
  /** Checked against the operation's shape, with the platform's own ids. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields of the input that only say which record is meant. */
  readonly identity: readonly string[];
  readonly idempotencyKey: string | undefined;
}

/** What a write left behind, and what of the input was not written as it was sent. */
export interface WriteOutcome {
  readonly written: Written<AnyRecord> | null;
  readonly dropped: readonly { readonly path: string; readonly fate: 'ignored' | 'changed'; readonly why: string }[];
  /** Whether it was done by an earlier request with the same key. */
  readonly replayed: boolean;
}

// A caller that goes away does not stop a write: its outcome would only become unknown.
const LONGEST_WRITE_MS = 90_000;
// Longer than a write may take, so that nobody takes a key over that is still at work.
const LEASE_SECONDS = 120;

/** What a write would do with each field. @throws GatewayError `operation_unsupported` */
export function planRequest({ operation, store, input, identity }: Omit<WriteRequest, 'idempotencyKey'>): WritePlan {
  const asked = Object.fromEntries(Object.entries(input).filter(([name]) => !identity.includes(name)));
  return planWrite(asked, requireNamed.write(connectorOf(store.platform), operation).losses);
}

/**
 * The one way to write to a platform. With a key, a request is carried out once however often it is sent: its answer is
 * kept for a day, and after a failure that leaves the outcome open the operation's own declaration decides whether it may
 * be sent again.
 * @throws GatewayError `operation_unsupported`, `request_rejected` where nothing of it can be written,
 * `idempotency_key_reused`, `idempotency_in_progress`, `outcome_unknown`, or what the platform answered
 */
export async function executeWrite(
  context: StoreContext,
  reader: Reader,
  request: WriteRequest,
): Promise<WriteOutcome> {
  const plan = planRequest(request);
  refuseEmpty(request, plan);
  const dropped = [
    ...plan.ignored.map((one) => ({ ...one, fate: 'ignored' as const })),
    ...plan.changed.map((one) => ({ ...one, fate: 'changed' as const })),
  ];
  if (request.idempotencyKey === undefined) {
    const written = await perform(context, request, attemptOf(randomUUID()), false).catch((failure: unknown) => {
      throw failure instanceof Unfinished ? failure.publicError() : failure;
    });
    return { written, dropped, replayed: false };
  }
  return await executeOnce(context, reader, { ...request, idempotencyKey: request.idempotencyKey }, dropped);
}

function refuseEmpty({ store, operation }: WriteRequest, plan: WritePlan): void {
  if (plan.written.length + plan.changed.length > 0 || plan.ignored.length === 0) return;
  const fields = plan.ignored.map(({ path, why }) => ({ path, message: why }));
  throw new GatewayError('request_rejected', `${store.platform} can write none of these fields.`, {
    platform: { id: store.platform },
    operation,
    fields,
  });
}

async function executeOnce(
  context: StoreContext,
  { tenantId, appId }: Reader,
  request: WriteRequest & { readonly idempotencyKey: string },
  dropped: WriteOutcome['dropped'],
): Promise<WriteOutcome> {
  const { database } = context.connections;
  const { operation, store, idempotencyKey } = request;
  const requestHash = hashOf(request);
  const claim = { tenantId, appId, storeId: store.id, idempotencyKey, operation, requestHash };
  const claimed = await database.withTenant(tenantId, (tx) => claimWrite(tx, claim, LEASE_SECONDS));
  switch (claimed.kind) {
    case 'otherRequest':
      throw new GatewayError('idempotency_key_reused', 'This Idempotency-Key was used for another request.');
    case 'running':
      throw new GatewayError('idempotency_in_progress', 'The request with this Idempotency-Key is still under way.');
    case 'done':
      return {
        written: await openAnswer(context, tenantId, claimed.id, claimed.sealedAnswer),
        dropped,
        replayed: true,
      };
    case 'first':
    case 'resumed':
  }
  const { id } = claimed;
  const written = await settle(context, request, id, claimed.kind === 'resumed');
  const sealed = await context.connections.vault.seal(places.writeAnswer(tenantId, id), JSON.stringify({ written }));
  await database.withTenant(tenantId, (tx) => finishWrite(tx, id, sealed));
  return { written, dropped, replayed: false };
}

async function settle(
  context: StoreContext,
  request: WriteRequest,
  id: string,
  resumed: boolean,
): Promise<Written<AnyRecord> | null> {
  const { database } = context.connections;
  try {
    return await perform(context, request, attemptOf(id), resumed);
  } catch (failure) {
    const open = failure instanceof Unfinished;
    await database.withTenant(request.store.tenantId, (tx) => (open ? leaveWriteUnknown(tx, id) : forgetWrite(tx, id)));
    throw open ? failure.publicError() : failure;
  }
}

/** A write that failed in a way that leaves open what the platform has done. */
class Unfinished extends Error {
  override readonly name = 'Unfinished';
  constructor(
    readonly operation: AnyWrite,
    readonly progress: WriteProgress,
    override readonly cause: unknown,
  ) {
    super('the outcome of a write is open');
  }

  /** Where trying again is safe the platform's own failure says so; where it is not, that is what must be said. */
  publicError(): unknown {
    const { kind, why } = this.operation.repeat;
    const said = this.cause instanceof Error ? this.cause.message : 'the answer was lost';
    // What was refused is known, and the operation's own words say what had been done before.
    if (this.progress === 'partlyWritten') return this.cause;
    if (kind === 'native' || kind === 'sameEffect') return this.cause;
    const advice =
      kind === 'clientReference'
        ? 'Send the same Idempotency-Key again: it is looked for first.'
        : `It is not sent again: ${why}`;
    const context = GatewayError.is(this.cause) ? this.cause.context : {};
    const message = `Whether it was done is not known (${said}). ${advice}`;
    return new GatewayError('outcome_unknown', message, { ...context, cause: this.cause });
  }
}

async function perform(
  context: StoreContext,
  { operation: name, store: row, input }: WriteRequest,
  attempt: WriteAttempt,
  resumed: boolean,
): Promise<Written<AnyRecord> | null> {
  const operation = requireNamed.write(connectorOf(row.platform), name);
  let progress: () => WriteProgress = () => 'nothingWritten';
  try {
    const write = async ({ store }: OpenedStore) => {
      const watched = watchWrites(store);
      progress = watched.progress;
      if (!resumed) return await operation.run(watched.store, input, attempt);
      // Until it is found out what the earlier try has left, that is what is not known.
      progress = () => 'unknown';
      const left = await whatIsLeft(operation, watched.store, input, attempt);
      if (left !== undefined) return left;
      progress = watched.progress;
      return await operation.run(watched.store, input, attempt);
    };
    return await callStore(context, row, AbortSignal.timeout(LONGEST_WRITE_MS), write, { operation: name });
  } catch (error) {
    const reached = progress();
    if (reached === 'nothingWritten') throw error;
    throw new Unfinished(operation, reached, error);
  }
}

/**
 * What an earlier try, whose outcome nobody knows, has left; undefined when it may be sent again.
 * @throws Error when that cannot be told
 */
async function whatIsLeft(
  { repeat }: AnyWrite,
  store: Parameters<AnyWrite['run']>[0],
  input: WriteRequest['input'],
  attempt: WriteAttempt,
): Promise<Written<AnyRecord> | null | undefined> {
  switch (repeat.kind) {
    case 'native':
    case 'sameEffect':
      return undefined;
    case 'clientReference':
      return await repeat.find(store, input, attempt);
    case 'undecidable':
      throw new Error('an earlier try ended without an answer');
  }
}

/** The same for every try of one write. */
function attemptOf(id: string): WriteAttempt {
  return { key: id, reference: `ssp-${id.replaceAll('-', '').slice(0, 20)}` };
}

function hashOf({ input, operation }: WriteRequest): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHash('sha256')
      .update(JSON.stringify([operation, input]))
      .digest(),
  );
}

const answer = z.object({
  written: z.object({ record: z.looseObject({ platformId: z.string() }), raw: z.json() }).nullable(),
});

async function openAnswer(
  { connections }: StoreContext,
  tenantId: string,
  id: string,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Written<AnyRecord> | null> {
  const text = await connections.vault.open(places.writeAnswer(tenantId, id), sealed);
  const { written } = answer.parse(JSON.parse(text.expose()));
  return written === null ? null : { record: written.record, raw: written.raw as JsonValue };
}
