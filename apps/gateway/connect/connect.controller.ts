import { Body, Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Connector, GatewayError, isScope, publicId } from '#contract';
import {
  acceptsOurCallback,
  beginAttempt,
  completeKeyExchange,
  completeOAuth,
  ConnectFailed,
  type OpenSession,
  openSession,
  receiveKeys,
  type Returned,
  returnAddress,
  startAtPlatform,
} from '#connections';
import { equalInConstantTime } from '#kit';
import type { Logger } from '#observability';
import { JobProducer } from '#queue';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectLogger, InjectRuntime } from '../http/inject.js';
import { asGatewayError } from '../http/problem.js';
import { type BrowserCookies, browserCookies, csrfOf } from './browser-cookie.js';
import { answersTo, knownAnswers, queryOf, readForm } from './form-answers.js';
import { choosePlatform, connectForm, ending, type FormState, waiting } from './screens.js';
import { STYLE } from './style.js';

const MERCHANT = 'merchants hold a link, not a key; the link is the credential';
const PLATFORM = 'platforms call it; state, nonce and signature are the credential';

/** The merchants' screens: choose a platform, answer its form, consent there, come back. They work without a script. */
@Controller('connect')
export class ConnectController {
  private readonly cookies: BrowserCookies;

  constructor(
    @InjectRuntime() private readonly runtime: Runtime,
    @InjectLogger() private readonly logger: Logger,
    private readonly jobs: JobProducer,
  ) {
    this.cookies = browserCookies(runtime.publicUrl.startsWith('https://'));
  }

  @Public('a style sheet')
  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  style(): string {
    return STYLE;
  }

  @Public(PLATFORM)
  @Get('callback/:handle')
  async callback(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = queryOf(request);
    await this.comeBack(request, reply, (browser) => completeOAuth(this.context, handle, query, browser));
  }

  @Public(PLATFORM)
  @Get('start/:handle')
  async start(
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = queryOf(request);
    await this.screen(request, reply, async () => (await startAtPlatform(this.context, handle, query)).url);
  }

  @Public(PLATFORM)
  @Get('return')
  async returned(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = queryOf(request);
    await this.comeBack(request, reply, (browser) =>
      completeKeyExchange(this.context, query.get('user_id') ?? '', query, browser),
    );
  }

  @Public(PLATFORM)
  @Post('keys/:secret')
  @HttpCode(200)
  async keys(@Param('secret') secret: string, @Body() body: unknown): Promise<object> {
    const received = await receiveKeys(this.context, secret, body);
    // The merchant's browser may never come back; the keys are proven all the same.
    await this.jobs
      .add('connect.prove', received)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the queue did not take a job'));
    return {};
  }

  @Public(MERCHANT)
  @Get(':token')
  async open(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sessionScreen(token, request, reply, async (opened) => {
      const place = { base: `/connect/${token}`, csrf: this.csrf(request, reply, token) };
      const [only, ...others] = opened.connectors;
      if (only === undefined || others.length > 0) return choosePlatform(opened, place);
      return this.form(opened, only, place, { answers: {} });
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
    await this.sessionScreen(token, request, reply, async (opened) => {
      const connector = offered(opened, platform);
      return this.form(
        opened,
        connector,
        { base: `/connect/${token}`, csrf: this.csrf(request, reply, token) },
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
    await this.sessionScreen(token, request, reply, async (opened) => {
      const connector = offered(opened, platform);
      const fields = readForm(body);
      const browser = this.cookies.read(request);
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
        return this.connected({ kind: 'connected', opened, store: begun.store });
      } catch (error) {
        if (!GatewayError.is(error) || error.code === 'connect_session_invalid') throw error;
        if (error.traits.http >= 500) this.logger.warn({ err: error }, 'connecting failed');
        void reply.status(error.traits.http);
        const place = { base: `/connect/${token}`, csrf: csrfOf(browser) };
        return this.form(opened, connector, place, { strategyId, answers, error });
      }
    });
  }

  private get context() {
    return this.runtime.stores.connections;
  }

  private csrf(request: FastifyRequest, reply: FastifyReply, token: string): string {
    const browser = this.cookies.ensure(request, reply);
    this.cookies.rememberLink(reply, token);
    return csrfOf(browser);
  }

  private form(
    opened: OpenSession,
    connector: Connector,
    place: { base: string; csrf: string },
    state: FormState,
  ): string {
    const warnings = new Map<string, string>();
    for (const strategy of connector.auth) {
      if (strategy.kind !== 'keyExchange' || !strategy.callbackMustBeHttps) continue;
      const example = { account: '', apiRoot: new URL('https://shop.invalid/') };
      const stoodIn = this.runtime.settings.SHOPSPAN_SANDBOX_URL !== undefined && opened.app.mode === 'test';
      if (stoodIn || acceptsOurCallback(this.context, opened, strategy, example)) continue;
      warnings.set(
        strategy.id,
        `${connector.name} only hands over keys to an https address, and this gateway is at ${this.context.publicUrl}. Paste keys below instead.`,
      );
    }
    return connectForm(opened, connector, opened.session.access.filter(isScope), place, state, warnings);
  }

  private connected({ opened, store }: Extract<Returned, { kind: 'connected' }>): string | URL {
    const back = returnAddress(opened.session, {
      status: 'connected',
      store: publicId('store', store.id),
      connectSession: publicId('connectSession', opened.session.id),
    });
    if (back !== null) return back;
    const text = `${store.name} (${store.domain}) is connected to ${opened.app.name}. You can close this page.`;
    return ending({ title: 'Your shop is connected', text, good: true, links: [] });
  }

  private async comeBack(
    request: FastifyRequest,
    reply: FastifyReply,
    complete: (browser: string) => Promise<Returned>,
  ): Promise<void> {
    await this.screen(request, reply, async () => {
      const returned = await complete(this.cookies.read(request));
      switch (returned.kind) {
        case 'connected':
          return this.connected(returned);
        case 'pending':
          return waiting(returned.opened.store?.name ?? 'Your shop');
        case 'declined':
          return this.stopped(
            request,
            returned.opened,
            'Not connected',
            'You chose not to connect your shop. Nothing was stored.',
            'declined',
          );
        case 'failed':
          void reply.status(400);
          return this.stopped(request, returned.opened, 'Your shop could not be connected', returned.message, 'failed');
      }
    });
  }

  private stopped(request: FastifyRequest, opened: OpenSession, title: string, text: string, status: string): string {
    const back = returnAddress(opened.session, {
      status,
      connectSession: publicId('connectSession', opened.session.id),
    });
    const again = this.cookies.readLink(request);
    const links = [
      ...(again === undefined ? [] : [{ label: 'Try again', href: `/connect/${again}` }]),
      ...(back === null ? [] : [{ label: `Back to ${opened.app.name}`, href: back.href }]),
    ];
    return ending({ title, text, good: false, links });
  }

  /** A screen of a link that has not done its work yet. */
  private async sessionScreen(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    make: (opened: OpenSession) => Promise<string | URL> | string | URL,
  ): Promise<void> {
    await this.screen(request, reply, async () => {
      const opened = await openSession(this.context, token);
      return opened.session.status === 'connected' ? usedAlready(opened) : await make(opened);
    });
  }

  /** Sends a page or leads on; every failure becomes a page that says what to do next. */
  private async screen(request: FastifyRequest, reply: FastifyReply, make: () => Promise<string | URL>): Promise<void> {
    try {
      const made = await make();
      if (made instanceof URL) void reply.redirect(made.href, 303);
      else void reply.type('text/html; charset=utf-8').send(made);
    } catch (error) {
      const failure = error instanceof ConnectFailed ? error.cause : asGatewayError(error);
      if (failure.traits.http >= 500)
        this.logger.error({ err: failure, requestId: request.id }, 'a connect screen failed');
      const { actor, advice } = failure.traits;
      // What a merchant can do is in the message already; the table's advice is for the others.
      const text = actor === 'merchant' ? failure.message : `${failure.message} ${advice}`;
      const again = this.cookies.readLink(request);
      const retry =
        again === undefined || failure.code === 'connect_session_invalid'
          ? []
          : [{ label: 'Try again', href: `/connect/${again}` }];
      const body =
        error instanceof ConnectFailed
          ? this.stopped(request, error.opened, 'Your shop could not be connected', text, 'failed')
          : ending({ title: 'This did not work', text, good: false, links: retry });
      void reply.status(failure.traits.http).type('text/html; charset=utf-8').send(body);
    }
  }
}

function offered({ connectors }: OpenSession, platform: string): Connector {
  const connector = connectors.find(({ id }) => id === platform);
  if (connector === undefined) throw new GatewayError('connect_session_invalid', 'This link is not for that platform.');
  return connector;
}

function usedAlready({ app, store }: OpenSession): string {
  const shop = store === undefined ? 'Your shop' : store.name;
  return ending({
    title: 'Connected already',
    text: `${shop} is connected to ${app.name}; this link has done its work.`,
    good: true,
    links: [],
  });
}
