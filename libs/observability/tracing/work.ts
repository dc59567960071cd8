import {
  type Context,
  createContextKey,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

const REQUEST_ID = createContextKey('request id');
// Ours alone: nothing of OpenTelemetry's global state is set, so that two processes' worth of spans can live in one test.
const manager = new AsyncLocalStorageContextManager().enable();

/** What goes with a job, so that whatever it makes us do is found under the request that asked for it. No personal data. */
export interface Carried {
  readonly requestId?: string;
  /** W3C Trace Context, version 00. */
  readonly traceparent?: string;
}

/** What this process is at work on just now, for a log line. Empty outside of a request or job. */
export function currentWork(): { readonly requestId?: string; readonly traceId?: string } {
  return describeWork(manager.active());
}

function describeWork(context: Context): { readonly requestId?: string; readonly traceId?: string } {
  const requestId = context.getValue(REQUEST_ID);
  const traceId = trace.getSpanContext(context)?.traceId;
  return {
    ...(typeof requestId === 'string' && { requestId }),
    ...(traceId !== undefined && { traceId }),
  };
}

/** What must go with a job that is made now. */
export function carriedWork(): Carried {
  const context = manager.active();
  const { requestId } = describeWork(context);
  const span = trace.getSpanContext(context);
  return {
    ...(requestId !== undefined && { requestId }),
    ...(span !== undefined && isSpanContextValid(span) && { traceparent: traceparentOf(span) }),
  };
}

/** The context of work that was asked for by somebody who said under what. */
export function contextOf({ requestId, traceparent }: Carried): Context {
  const remote = readTraceparent(traceparent);
  const context = requestId === undefined ? ROOT_CONTEXT : ROOT_CONTEXT.setValue(REQUEST_ID, requestId);
  return remote === undefined ? context : trace.setSpanContext(context, remote);
}

export function activeContext(): Context {
  return manager.active();
}

/** Does work in a context: whatever it calls, however deep, belongs to it. */
export function within<T>(context: Context, work: () => T): T {
  return manager.with(context, work);
}

// Later versions may have more behind the flags (W3C Trace Context, section 3.2.4); version ff is none.
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

function readTraceparent(text: string | undefined): SpanContext | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] = TRACEPARENT.exec(text ?? '') ?? [];
  if (version === '00' && more !== undefined) return undefined;
  // The one flag there is: whether the caller records.
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(span) ? span : undefined;
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & 1).toString(16).padStart(2, '0')}`;
}
