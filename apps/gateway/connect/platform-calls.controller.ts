import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  activationState,
  activationWindow,
  completeInstall,
  completeKeyExchange,
  completeOAuth,
  receiveActivation,
  receiveKeys,
  startAtPlatform,
} from '#connections';
import { receiveRemoval } from '#events';
import type { Logger } from '#observability';
import { JobProducer } from '#queue';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectLogger, InjectRuntime } from '../http/inject.js';
import { ending } from './ending-screens.js';
import { platformQueryOf } from './frame.js';
import { ScreenSender } from './screen-sender.js';
import { outsideScreen, stepsScreen, windowScreen } from './waiting-screens.js';

const PLATFORM = 'platforms call it; state, nonce and signature are the credential';

/** Where platforms send merchants, and keys: ways back from their screens, installs that begin there, activations. */
@Controller('connect')
export class PlatformCallsController {
  private readonly sender: ScreenSender;

  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    @InjectLogger() private readonly logger: Logger,
    private readonly jobs: JobProducer,
  ) {
    this.sender = new ScreenSender(runtime, logger);
  }

  @Public(PLATFORM)
  @Get('callback/:handle')
  async callback(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = platformQueryOf(request);
    if (query.has('state')) {
      await this.sender.comeBack(request, reply, (browser) => completeOAuth(this.context, handle, query, browser));
      return;
    }
    await this.sender.comeBack(request, reply, async (id, frame) => {
      const browser = { id, link: this.sender.cookies.readLink(request) };
      const installed = await completeInstall(this.context, handle, query, browser);
      const isFramed = request.headers['sec-fetch-dest'] === 'iframe';
      // Over the header that forbids it to everybody.
      if (isFramed) void reply.header('content-security-policy', framed(installed.framedBy));
      if ('returned' in installed) return installed.returned;
      return isFramed ? outsideScreen(frame, installed.connector.name, installed.url.href) : installed.url;
    });
  }

  @Public(PLATFORM)
  @Get('start/:handle')
  async start(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = platformQueryOf(request);
    await this.sender.send(request, reply, async (frame) => {
      const started = await startAtPlatform(this.context, handle, query);
      if (started.kind === 'link') return started.url;
      const { name: shop, domain } = started.store;
      const { words } = frame;
      return ending(frame, {
        title: words.text('doneTitle'),
        text: words.say('doneThere', { shop, domain }),
        good: true,
      });
    });
  }

  @Public(PLATFORM)
  @Get('uninstalled/:handle')
  async uninstalled(@Param('handle') handle: string, @Req() request: FastifyRequest): Promise<object> {
    await receiveRemoval(this.runtime.stores, handle, platformQueryOf(request));
    return {};
  }

  @Public(PLATFORM)
  @Get('return')
  async returned(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = platformQueryOf(request);
    await this.sender.comeBack(request, reply, (browser) =>
      completeKeyExchange(this.context, query.get('user_id') ?? '', query, browser),
    );
  }

  @Public(PLATFORM)
  @Post('keys/:secret')
  @HttpCode(200)
  async keys(@Param('secret') secret: string, @Body() body: unknown): Promise<object> {
    await this.prove(await receiveKeys(this.context, secret, body));
    return {};
  }

  @Public('the address is a secret of one attempt; its browser proves itself by a cookie')
  @Get('steps/:page/:callback')
  async steps(
    @Param('page') page: string,
    @Param('callback') callback: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sender.comeBack(request, reply, async (browser, frame) => {
      const state = await activationState(this.context, page, callback, browser);
      if (state.kind !== 'steps') return state;
      const dressed = await this.sender.dress(request, reply, frame, state.opened);
      return stepsScreen(dressed.frame, { ...state, opened: dressed.opened });
    });
  }

  @Public(PLATFORM, 'form')
  @Post('activation/:secret')
  @HttpCode(200)
  async activation(@Param('secret') secret: string, @Body() body: unknown): Promise<object> {
    await this.prove(await receiveActivation(this.context, secret, body));
    return { received: true };
  }

  @Public('a window that the shop opened; it is told no more than whether it is done')
  @Get('window/:page')
  async window(@Param('page') page: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sender.send(request, reply, async (frame) => {
      const { returned, onward } = await activationWindow(this.context, page, platformQueryOf(request));
      if (onward !== undefined) return onward;
      return windowScreen(frame, returned);
    });
  }

  private get context() {
    return this.runtime.stores.connections;
  }

  /** The merchant's browser may never come back; what was received is proven all the same. */
  private async prove(received: { readonly tenantId: string; readonly attemptId: string }): Promise<void> {
    await this.jobs
      .add('connect.prove', received)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the queue did not take a job'));
  }
}

/** Lets the platform's pages, and nobody else's, show this one within theirs. */
function framed(by: readonly string[]): string {
  return `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors ${by.join(' ')}`;
}
