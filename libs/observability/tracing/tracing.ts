import { type Attributes, type Context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { activeContext, type Carried, contextOf, describeWork, within } from './work.js';

/** A piece of work that has begun: a request, or a job. */
export interface Task {
  /** Of the trace it belongs to; undefined where nobody traces. */
  readonly traceId: string | undefined;
  within<T>(work: () => T): T;
  /** Ends it. @param name known only now, such as the route of a request */
  end(outcome: { readonly name?: string; readonly attributes?: Attributes; readonly failed?: boolean }): void;
}

/** What a call or a renewal came to, told when it is over. */
export interface Done {
  readonly name: string;
  readonly kind: 'client' | 'internal';
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: Attributes;
}

/** Traces of one process. Without an endpoint nothing is recorded; traces of callers are still carried on to jobs and logs. */
export interface Tracing {
  begin(kind: 'server' | 'consumer', name: string, attributes: Attributes, carried: Carried): Task;
  /** Adds what is over to the work of this moment. */
  note(done: Done): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

export interface TracingOptions {
  readonly service: string;
  /** Of an OTLP/HTTP collector, without the path of a signal; undefined: nothing is recorded or sent. */
  readonly endpoint: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const EXPORT_EVERY_MS = 2_000;
const EXPORT_DEADLINE_MS = 5_000;
const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
};

/** Opens the way to the operator's collector, where there is one. */
export function openTracing(options: TracingOptions): Tracing {
  const provider = openProvider(options);
  const tracer = provider?.getTracer('shopspan');
  return {
    begin: (kind, name, attributes, carried) => {
      const parent = contextOf(carried);
      return beginTask(parent, tracer?.startSpan(name, { kind: KINDS[kind], attributes }, parent));
    },
    note({ name, kind, durationMs, failed, attributes }) {
      const endTime = Date.now();
      const startTime = endTime - durationMs;
      const span = tracer?.startSpan(name, { kind: KINDS[kind], attributes, startTime }, activeContext());
      if (failed) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end(endTime);
    },
    close: async () => await provider?.shutdown().catch(() => undefined),
  };
}

/** Where nobody records there is no span of ours: what the caller said is carried on as it is. */
function beginTask(parent: Context, span: Span | undefined): Task {
  const context = span === undefined ? parent : trace.setSpan(parent, span);
  return {
    traceId: describeWork(context).traceId,
    within: (work) => within(context, work),
    end({ name, attributes = {}, failed = false }) {
      if (name !== undefined) span?.updateName(name);
      span?.setAttributes(attributes);
      if (failed) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    },
  };
}

/**
 * The exporter brings its own HTTP client. The rule that every outgoing byte goes through the guarded transport is for what
 * strangers name: platforms, shops, whoever an app points at. A collector is the operator's own, named in the settings, and
 * stands where that transport would never go: beside us in the private network.
 */
function openProvider({ service, endpoint, headers }: TracingOptions): BasicTracerProvider | undefined {
  if (endpoint === undefined) return undefined;
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: EXPORT_DEADLINE_MS });
  return new BasicTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: service }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: EXPORT_EVERY_MS })],
  });
}
