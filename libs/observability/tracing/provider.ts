import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';

/** The operator's collector, and how this process is named there. */
export interface Collector {
  readonly service: string;
  /** OTLP/HTTP, without the path of a signal. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
}

const EXPORT_EVERY_MS = 2_000;
const EXPORT_DEADLINE_MS = 5_000;

/**
 * The exporter brings its own HTTP client. The rule that every outgoing byte goes through the guarded transport is for what
 * strangers name: platforms, shops, whoever an app points at. A collector is the operator's own, named in the settings, and
 * stands where that transport would never go: beside us in the private network.
 */
export function openProvider({ service, endpoint, headers }: Collector): BasicTracerProvider {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: EXPORT_DEADLINE_MS });
  return new BasicTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: service }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: EXPORT_EVERY_MS })],
  });
}
