import { Body, Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Connector, GatewayError, isScope } from '#contract';
import {
  acceptsOurCallback,
  beginAttempt,
  isCalledBack,
  openSession,
  type OpenSession,
  parkedShop,
} from '#connections';
import { equalInConstantTime } from '#kit';
import type { Logger } from '#observability';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectLogger, InjectRuntime } from '../http/inject.js';
import { csrfOf } from './browser-cookie.js';
import { answersTo, knownAnswers, queryOf, readForm } from './form-answers.js';
import type { Dress } from './dress.js';
import { connectedScreen, ScreenSender } from './screen-sender.js';
import { choosePlatform, connectForm, ending, type FormState, type ScreenPlace } from './screens.js';
import { STYLE } from './style.js';

const MERCHANT = 'merchants hold a link, not a key; the link is the credential';

/** The merchants' screens: choose a platform, answer its form, consent there, come back. They work without a script. */
@Controller('connect')
export class ConnectController {
  private readonly sender: ScreenSender;

  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    @InjectLogger() private readonly logger: Logger,
  ) {
    this.sender = new ScreenSender(runtime, logger);
  }

  @Public('a style sheet')
  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  style(): string {
    return STYLE;
  }

  @Public(MERCHANT)
  @Get(':token')
  async open(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sessionScreen(token, request, reply, async ({ opened, options }) => {
      this.sender.cookies.notePopup(request, reply, token);
      const place = { base: `/connect/${token}`, csrf: this.csrf(request, reply, token), options };
      const [only, ...others] = opened.connectors;
      if (only === undefined || others.length > 0) return choosePlatform(opened, place);
      return await this.form(opened, only, place, { answers: {} });
    });
  }

  @Public(MERCHANT)
  @Get(':token/:platform')
  async choose(
    @Param('token') token: string,
    @Param('platform') platform: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sessionScreen(token, request, reply, async ({ opened, options }) => {
      const connector = offered(opened, platform);
      return await this.form(
        opened,
        connector,
        { base: `/connect/${token}`, csrf: this.csrf(request, reply, token), options },
        // A platform that the merchant began at names the shop; it is checked like everything else that is typed.
        { answers: knownAnswers(connector, queryOf(request)) },
      );
    });
  }

  @Public(MERCHANT, 'form')
  @Post(':token/:platform')
  @HttpCode(200)
  async submit(
    @Param('token') token: string,
    @Param('platform') platform: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sessionScreen(token, request, reply, async (dress) => {
      const { opened, options } = dress;
      const connector = offered(opened, platform);
      const fields = readForm(body);
      const browser = this.sender.cookies.read(request);
      if (browser === '' || !equalInConstantTime(fields['csrf'] ?? '', csrfOf(browser))) {
        throw new GatewayError(
          'connect_state_invalid',
          'This form is too old, or cookies are switched off. Open the connect link again.',
        );
      }
      const strategyId = fields['strategy'] ?? '';
      const answers = answersTo(connector, strategyId, fields);
      try {
        const begun = await beginAttempt(this.context, { opened, platform, strategyId, answers, browser });
        if (begun.kind === 'redirect') return begun.url;
        return connectedScreen(dress, begun.store);
      } catch (error) {
        if (!GatewayError.is(error) || error.code === 'connect_session_invalid') throw error;
        if (error.traits.http >= 500) this.logger.warn({ err: error }, 'connecting failed');
        void reply.status(error.traits.http);
        const place = { base: `/connect/${token}`, csrf: csrfOf(browser), options };
        return await this.form(opened, connector, place, { strategyId, answers, error });
      }
    });
  }

  private get context() {
    return this.runtime.stores.connections;
  }

  private csrf(request: FastifyRequest, reply: FastifyReply, token: string): string {
    const browser = this.sender.cookies.ensure(request, reply);
    this.sender.cookies.rememberLink(reply, token);
    return csrfOf(browser);
  }

  private async form(opened: OpenSession, connector: Connector, place: ScreenPlace, state: FormState): Promise<string> {
    const parked = await parkedShop(this.context, opened, connector.id);
    const warnings = new Map<string, string>();
    for (const strategy of connector.auth) {
      if (!isCalledBack(strategy) || !strategy.callbackMustBeHttps) continue;
      const example = { account: '', apiRoot: new URL('https://shop.invalid/') };
      const stoodIn = this.runtime.settings.SHOPSPAN_SANDBOX_URL !== undefined && opened.app.mode === 'test';
      if (stoodIn || acceptsOurCallback(this.context, opened, strategy, example)) continue;
      warnings.set(
        strategy.id,
        `${connector.name} only hands over keys to an https address, and this gateway is at ${this.context.publicUrl}. Paste keys below instead.`,
      );
    }
    return connectForm(opened, connector, opened.session.access.filter(isScope), place, { ...state, parked }, warnings);
  }

  /** A screen of a link that has not done its work yet. */
  private async sessionScreen(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    make: (dress: Dress) => Promise<string | URL> | string | URL,
  ): Promise<void> {
    await this.sender.send(request, reply, async () => {
      const dress = await this.sender.dress(request, reply, await openSession(this.context, token), token);
      return dress.opened.session.status === 'connected' ? usedAlready(dress) : await make(dress);
    });
  }
}

function offered({ connectors }: OpenSession, platform: string): Connector {
  const connector = connectors.find(({ id }) => id === platform);
  if (connector === undefined) throw new GatewayError('connect_session_invalid', 'This link is not for that platform.');
  return connector;
}

function usedAlready({ opened: { app, store }, told }: Dress): string {
  const shop = store === undefined ? 'Your shop' : store.name;
  return ending({
    title: 'Connected already',
    text: `${shop} is connected to ${app.name}; this link has done its work.`,
    good: true,
    links: [],
    options: told('connected', store?.id),
  });
}
