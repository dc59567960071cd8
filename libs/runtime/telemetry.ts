import type { Settings } from '#config';
import type { ConnectionsContext, DeliveryReport, RefreshReport } from '#connections';
import { connectors } from '#connectors';
import { callOutcomeOf, ERRORS, refreshOutcomeOf } from '#contract';
import type { CallReport } from '#kit';
import {
  type Activity,
  createActivity,
  createMetrics,
  type Logger,
  type Metrics,
  openTracing,
  OTHER,
  type Tracing,
} from '#observability';
import { addActivityMinutes, type Database } from '#persistence';
import { databaseGauges } from './database-gauges.js';

/** What a process tells of itself, and whom it tells. */
export interface Telemetry {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly activity: Activity;
}

/** @param service how this process is named in traces */
export async function openTelemetry(
  settings: Settings,
  service: string,
  database: Database,
  logger: Logger,
): Promise<Telemetry> {
  const metrics = createMetrics();
  metrics.allow(
    'platform',
    connectors.map(({ id }) => id),
  );
  metrics.read(databaseGauges(database, metrics));
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const tracing = await openTracing({ service, endpoint, headers: settings.OTEL_EXPORTER_OTLP_HEADERS });
  const activity = createActivity({
    write: (minutes) => addActivityMinutes(database, minutes),
    now: () => new Date(),
    report: ({ error, kept, lost }) => logger.warn({ err: error, kept, lost }, 'minutes of activity wait to be noted'),
  });
  return { metrics, tracing, activity };
}

type Reports = Pick<ConnectionsContext, 'reportCall' | 'reportRefresh' | 'reportDelivery'>;

/** The one place where every call to a platform, every renewal and every delivery ends with its outcome. */
export function reporting(telemetry: Telemetry, logger: Logger): Reports {
  return {
    reportCall(call) {
      logCall(logger, call);
      noteCall(telemetry, call);
    },
    reportRefresh(report) {
      logRefresh(logger, report);
      noteRefresh(telemetry, report);
    },
    reportDelivery: ({ platform, outcome }: DeliveryReport) => {
      const labels = { platform: platform ?? OTHER, delivery: outcome };
      telemetry.metrics.count('shopspan_webhook_deliveries_total', labels);
    },
  };
}

function noteCall({ metrics, activity, tracing }: Telemetry, call: CallReport): void {
  const { platform, operation = OTHER, code, status, method, durationMs, attempt } = call;
  const callOutcome = callOutcomeOf(code);
  const seconds = durationMs / 1000;
  metrics.observe('shopspan_platform_call_duration_seconds', { platform, operation, callOutcome }, seconds);
  if (code !== null) metrics.count('shopspan_platform_call_failures_total', { platform, code });
  activity.call(platform, code, durationMs);
  tracing.note(() => ({
    name: `${platform} ${operation}`,
    durationMs,
    failed: code !== null,
    // Neither the address nor the shop: both may be a merchant's, and an address may hold a secret.
    attributes: {
      'shopspan.platform': platform,
      'shopspan.operation': operation,
      'shopspan.attempt': attempt,
      'http.request.method': method,
      ...(status !== null && { 'http.response.status_code': status }),
      ...(code !== null && { 'error.type': code }),
    },
  }));
}

function noteRefresh({ metrics, activity, tracing }: Telemetry, report: RefreshReport): void {
  const { platform, outcome, code, durationMs } = report;
  const refreshOutcome = refreshOutcomeOf(outcome, code);
  metrics.observe('shopspan_refresh_duration_seconds', { platform, refreshOutcome }, durationMs / 1000);
  if (code !== null) metrics.count('shopspan_refresh_failures_total', { platform, code });
  activity.refresh(platform, outcome, code, durationMs);
  tracing.note(() => ({
    name: `${platform} refresh`,
    durationMs,
    failed: outcome !== 'renewed' && outcome !== 'superseded',
    attributes: {
      'shopspan.platform': platform,
      'shopspan.operation': 'refresh',
      'shopspan.outcome': outcome,
      ...(code !== null && Object.hasOwn(ERRORS, code) && { 'error.type': code }),
    },
  }));
}

function logCall(logger: Logger, call: CallReport): void {
  if (call.code === null) logger.debug(call, 'platform call');
  else logger.warn(call, `platform call failed: ${call.code}`);
}

function logRefresh(logger: Logger, report: RefreshReport): void {
  const text = `token ${report.outcome}${report.code === null ? '' : `: ${report.code}`}`;
  if (report.outcome === 'renewed' || report.outcome === 'superseded') logger.info(report, text);
  else logger.warn(report, text);
}
