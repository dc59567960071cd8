import { Body, Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answers, type Connector, GatewayError, isScope } from '#contract';
import {
  acceptsOurCallback,
  beginAttempt,
  type Begun,
  isCalledBack,
  linkState,
  type LinkState,
  type OpenSession,
  parkedShop,
  sessionOfLink,
} from '#connections';
import { equalInConstantTime } from '#kit';
import type { Logger } from '#observability';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectLogger, InjectRuntime } from '../http/inject.js';
import { csrfOf } from './browser-cookie.js';
import { chooseScreen } from './choose-screen.js';
import { mayReadOrders } from './done-screen.js';
import { firstOrders } from './first-orders.js';
import { answersTo, knownAnswers, readForm } from './form-answers.js';
import { formScreen, type FormState, type ScreenPlace } from './form-screen.js';
import { type Frame, platformQueryOf } from './frame.js';
import { html, type Html } from './html.js';
import { ICON } from './icon.js';
import { connectedLink, doneLink, expiredLink } from './link-screens.js';
import { ScreenSender } from './screen-sender.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { waitingScreen } from './waiting-screens.js';

const MERCHANT = 'merchants hold a link, not a key; the link is the credential';

/** A link that is looked at: whose it is, where it stands, and the page around it. */
interface Opened {
  readonly opened: OpenSession;
  readonly state: LinkState;
  readonly frame: Frame;
}

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

  @Public('a picture')
  @Get('icon.svg')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  icon(): string {
    return ICON;
  }

  @Public('a script')
  @Get('screen.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  script(): string {
    return SCRIPT;
  }

  @Public(MERCHANT)
  @Get(':token')
  async open(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.linkScreen(token, request, reply, async ({ opened, state, frame }) => {
      this.sender.cookies.notePopup(request, reply, token);
      const query = new URL(request.url, 'http://localhost').searchParams;
      if (state.kind === 'pending' && !query.has('again')) {
        return waitingScreen(frame, undefined, `/connect/${token}?again=1`);
      }
      const place = this.placeFor(request, reply, token);
      const notice = awayNotice(frame, state);
      const [only, ...others] = opened.connectors;
      if (only !== undefined && others.length === 0) {
        return await this.form(frame, opened, only, place, { answers: {}, notice });
      }
      const search = (query.get('search') ?? '').slice(0, 100);
      return chooseScreen(frame, opened, { base: place.base, search, notice });
    });
  }

  @Public(MERCHANT)
  @Get(':token/done')
  async done(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sender.send(request, reply, async (plain) => {
      const { opened, frame } = await this.openLink(request, reply, plain, token);
      const state = await linkState(this.context, opened, this.sender.cookies.read(request));
      if (state.kind !== 'connected') return this.sender.placeOf(token);
      if (state.store === undefined || !state.isOwn) return connectedLink(frame, opened, state, undefined);
      const orders = mayReadOrders(opened) ? await firstOrders(this.runtime.stores, state.store) : undefined;
      const back = this.sender.backTo(frame, opened, { status: 'connected' });
      return doneLink(frame, opened, state.store, mayReadOrders(opened) ? (orders ?? 'late') : undefined, back);
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
    await this.linkScreen(token, request, reply, async ({ opened, state, frame }) => {
      const connector = offered(opened, platform);
      const place = this.placeFor(request, reply, token);
      // A platform that the merchant began at names the shop; it is checked like everything else that is typed.
      const answers = knownAnswers(connector, platformQueryOf(request));
      return await this.form(frame, opened, connector, place, { answers, notice: awayNotice(frame, state) });
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
    await this.linkScreen(token, request, reply, async ({ opened, frame }) => {
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
        return await this.goOn(request, frame, opened, token, begun);
      } catch (error) {
        const failed = { token, opened, connector, frame, strategyId, answers, browser };
        return await this.formAgain(request, reply, failed, error);
      }
    });
  }

  private get context() {
    return this.runtime.stores.connections;
  }

  private async goOn(
    request: FastifyRequest,
    frame: Frame,
    opened: OpenSession,
    token: string,
    begun: Begun,
  ): Promise<string | URL> {
    switch (begun.kind) {
      case 'redirect':
        return begun.url;
      case 'connected':
        return await this.sender.arrive(request, frame, opened, begun.store);
      case 'pending':
        return this.sender.placeOf(token);
    }
  }

  /** What failed is said at the form; unless another click, or another tab, has connected the shop meanwhile. */
  private async formAgain(
    request: FastifyRequest,
    reply: FastifyReply,
    { token, opened, connector, frame, strategyId, answers, browser }: FailedForm,
    error: unknown,
  ): Promise<string | URL> {
    if (!GatewayError.is(error)) throw error;
    const now = await linkState(this.context, await sessionOfLink(this.context, token), browser);
    if (now.kind === 'connected' && now.store !== undefined) {
      return await this.sender.arrive(request, frame, opened, now.store);
    }
    if (error.code === 'connect_session_invalid') throw error;
    if (error.traits.http >= 500) this.logger.warn({ err: error }, 'connecting failed');
    void reply.status(error.traits.http);
    const place = { base: `/connect/${token}`, csrf: csrfOf(browser), requestId: request.id };
    return await this.form(frame, opened, connector, place, { strategyId, answers, error });
  }

  private placeFor(request: FastifyRequest, reply: FastifyReply, token: string): ScreenPlace {
    const browser = this.sender.cookies.ensure(request, reply);
    this.sender.cookies.rememberLink(reply, token);
    return { base: `/connect/${token}`, csrf: csrfOf(browser), requestId: request.id };
  }

  private async form(
    frame: Frame,
    opened: OpenSession,
    connector: Connector,
    place: ScreenPlace,
    state: FormState,
  ): Promise<string> {
    const parked = await parkedShop(this.context, opened, connector.id);
    const blocked = new Set(connector.auth.filter((one) => this.isBlocked(opened, one)).map(({ id }) => id));
    const drawing = { frame, opened, connector, place, state: { ...state, parked, blocked } };
    return formScreen({ ...drawing, gateway: this.context.publicUrl }, opened.session.access.filter(isScope));
  }

  /** Whether the shop would post its keys to an address of ours that it does not accept. */
  private isBlocked(opened: OpenSession, strategy: Connector['auth'][number]): boolean {
    if (!isCalledBack(strategy) || !strategy.callbackMustBeHttps) return false;
    const example = { account: '', apiRoot: new URL('https://shop.invalid/') };
    const stoodIn = this.runtime.settings.SHOPSPAN_SANDBOX_URL !== undefined && opened.app.mode === 'test';
    return !stoodIn && !acceptsOurCallback(this.context, opened, strategy, example);
  }

  private async openLink(request: FastifyRequest, reply: FastifyReply, plain: Frame, token: string) {
    return await this.sender.dress(request, reply, plain, await sessionOfLink(this.context, token), token);
  }

  /** A screen of a link that has not done its work yet; of any other, what became of it. */
  private async linkScreen(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    make: (opened: Opened) => Promise<string | URL>,
  ): Promise<void> {
    await this.sender.send(request, reply, async (plain) => {
      const { opened, frame } = await this.openLink(request, reply, plain, token);
      const state = await linkState(this.context, opened, this.sender.cookies.read(request));
      if (state.kind === 'connected') {
        const back = this.sender.backTo(frame, opened, { status: 'connected' });
        return connectedLink(frame, opened, state, state.isOwn ? `/connect/${token}/done` : undefined, back);
      }
      if (state.kind !== 'expired') return await make({ opened, state, frame });
      void reply.status(404);
      return expiredLink(frame, opened, this.sender.backTo(frame, opened, { status: 'failed' }));
    });
  }
}

interface FailedForm {
  readonly token: string;
  readonly opened: OpenSession;
  readonly connector: Connector;
  readonly frame: Frame;
  readonly strategyId: string;
  readonly answers: Answers;
  readonly browser: string;
}

function offered({ connectors }: OpenSession, platform: string): Connector {
  const connector = connectors.find(({ id }) => id === platform);
  if (connector === undefined) throw new GatewayError('connect_session_invalid', 'This link is not for that platform.');
  return connector;
}

function awayNotice({ words }: Frame, state: LinkState): Html | undefined {
  if (state.kind !== 'away') return undefined;
  return html`<p class="notice">${words.say('away', { shop: state.account })}</p>`;
}
