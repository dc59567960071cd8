import { BullModule } from '@nestjs/bullmq';
import type { DynamicModule } from '@nestjs/common';
import { JobProcessor } from './job-processor.js';
import { JobProducer } from './job-producer.js';
import { QUEUE_NAME } from './jobs.js';
import { queueConnection, type QueueSettings } from './queue-connection.js';

class QueueModule {}

/** The queue for Nest. `processing` also works on jobs; its handlers must be provided globally as `JOB_HANDLERS`. */
export function queueModule(settings: QueueSettings, { processing }: { readonly processing: boolean }): DynamicModule {
  const { options } = queueConnection(settings);
  return {
    module: QueueModule,
    global: true,
    imports: [BullModule.forRoot({ connection: options }), BullModule.registerQueue({ name: QUEUE_NAME })],
    providers: [JobProducer, ...(processing ? [JobProcessor] : [])],
    exports: [JobProducer],
  };
}
