import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RawWebhook } from '#contract';
import { receiveAtClient, receiveAtStore, type Receipt } from '#events';
import type { Logger } from '#observability';
import { JobProducer } from '#queue';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectLogger, InjectRuntime } from '../http/inject.js';

const PLATFORM = 'platforms call it; the address is unguessable and the body is signed';

/** Where platforms tell us what happens. A delivery is in the database before it is answered for. */
@Controller('webhooks')
export class WebhooksController {
  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    @InjectLogger() private readonly logger: Logger,
    private readonly jobs: JobProducer,
  ) {}

  @Public(PLATFORM, 'raw')
  @Post('s/:handle')
  @HttpCode(200)
  async atStore(@Param('handle') handle: string, @Req() request: FastifyRequest): Promise<string> {
    return await this.answer(receiveAtStore(this.runtime.stores, handle, rawOf(request)));
  }

  @Public(PLATFORM, 'raw')
  @Post('c/:handle')
  @HttpCode(200)
  async atClient(@Param('handle') handle: string, @Req() request: FastifyRequest): Promise<string> {
    return await this.answer(receiveAtClient(this.runtime.stores, handle, rawOf(request)));
  }

  private async answer(receiving: Promise<Receipt>): Promise<string> {
    const receipt = await receiving;
    if (receipt.kind === 'stored') {
      const { tenantId, deliveryId } = receipt;
      // The row is the truth: should the queue be away, the next tick finds it.
      this.jobs.add('webhook.process', { tenantId, deliveryId }).catch((error: unknown) => {
        this.logger.warn({ err: error, deliveryId }, 'a delivery waits for the next tick');
      });
    }
    return '';
  }
}

function rawOf({ body, headers, sentType }: FastifyRequest): RawWebhook {
  return {
    body: Buffer.isBuffer(body) ? body : new Uint8Array(),
    header: (name) => {
      const known = name.toLowerCase();
      if (known === 'content-type') return sentType;
      const value = headers[known];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}
