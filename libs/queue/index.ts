export { JOB_FRAME, JOB_HANDLERS, type JobFrame } from './job-processor.js';
export { JobProducer } from './job-producer.js';
export { type JobHandlers, type JobName, type Jobs, type TickName, type TickPeriods } from './jobs.js';
export { queueModule } from './queue-module.js';
export type { QueueSettings } from './queue-connection.js';
export type { QueueCondition } from './queue-condition.js';
