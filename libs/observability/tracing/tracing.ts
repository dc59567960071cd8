import { type Attributes, type Context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Collector } from './provider.js';
import { activeContext, type Carried, contextOf, within } from './work.js';

/** A piece of work that has begun: a request, or a job. */
export interface Task {
  /** Of the trace it belongs to; undefined where nobody traces. */
  readonly traceId: string | undefined;
  within<T>(work: () => T): T;
  end(outcome: { readonly attributes?: Attributes; readonly failed?: boolean }): void;
}

/** What a call or a renewal came to, told when it is over. */
export interface Done {
  readonly name: string;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: Attributes;
}

/** Traces of one process. Without an endpoint nothing is recorded; traces of callers are still carried on to jobs and logs. */
export interface Tracing {
  begin(kind: 'server' | 'consumer', name: string, attributes: Attributes, carried: Carried): Task;
  /** Adds a call that is over to the work of this moment. Nobody describes what nobody records. */
  note(describe: () => Done): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

export interface TracingOptions extends Omit<Collector, 'endpoint'> {
  /** As of a {@link Collector}; undefined: nothing is recorded or sent. */
  readonly endpoint: string | undefined;
}

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER };

/** Opens the way to the operator's collector, where there is one. */
export async function openTracing({ endpoint, ...options }: TracingOptions): Promise<Tracing> {
  const provider = endpoint === undefined ? undefined : await openLazily({ ...options, endpoint });
  const tracer = provider?.getTracer('shopspan');
  return {
    begin: (kind, name, attributes, carried) => {
      const parent = contextOf(carried);
      return beginTask(parent, tracer?.startSpan(name, { kind: KINDS[kind], attributes }, parent));
    },
    note(describe) {
      if (tracer === undefined) return;
      const { name, durationMs, failed, attributes } = describe();
      const endTime = Date.now();
      const startTime = endTime - durationMs;
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes, startTime }, activeContext());
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endTime);
    },
    close: async () => await provider?.shutdown().catch(() => undefined),
  };
}

/** What sends spans takes a tenth of a second to load: whoever has no collector does not wait for it. */
async function openLazily(collector: Collector) {
  const { openProvider } = await import('./provider.js');
  return openProvider(collector);
}

/** Where nobody records there is no span of ours: what the caller said is carried on as it is. */
function beginTask(parent: Context, span: Span | undefined): Task {
  const context = span === undefined ? parent : trace.setSpan(parent, span);
  return {
    traceId: trace.getSpanContext(context)?.traceId,
    within: (work) => within(context, work),
    end({ attributes = {}, failed = false }) {
      span?.setAttributes(attributes);
      if (failed) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    },
  };
}
