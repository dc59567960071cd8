export { type Activity, type ActivityMinute, createActivity } from './activity.js';
export { createLogger, type Logger } from './logger.js';
export { nestLogger } from './nest-logger.js';
export { createMetrics, type Metrics } from './metrics/metrics.js';
export { labelTable, LABELS, OTHER, type Sample, SERIES, seriesTable } from './metrics/series.js';
export { createReadiness, type Part, type Readiness, sharing } from './readiness.js';
export { openTracing, type Task, type Tracing } from './tracing/tracing.js';
export { withinTime } from './within-time.js';
export { type Carried, carriedWork, currentWork } from './tracing/work.js';
