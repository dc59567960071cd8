import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GatewayError, publicId } from '#contract';
import { ConnectFailed, isLinkOf, type OpenSession, type Returned, returnAddress } from '#connections';
import type { Logger } from '#observability';
import type { StoreRow } from '#persistence';
import type { Runtime } from '#runtime';
import { asGatewayError } from '../http/problem.js';
import { type BrowserCookies, browserCookies } from './browser-cookie.js';
import { doneScreen } from './done-screen.js';
import { dressFor } from './dress.js';
import { ending, type Link } from './ending-screens.js';
import { explain, type Failure, supportDetails } from './explain.js';
import { type Frame, withoutOurs } from './frame.js';
import { html } from './html.js';
import { asLanguage, chooseLanguage } from './languages/choose-language.js';
import { wordsOf } from './languages/words.js';
import { waitingScreen } from './waiting-screens.js';

type Made = string | URL;

interface Dressed {
  readonly opened: OpenSession;
  readonly frame: Frame;
}

/** Sends the screens of connecting, whoever asked for them; what fails becomes a page that says what to do next. */
export class ScreenSender {
  readonly cookies: BrowserCookies;

  constructor(
    private readonly runtime: Runtime,
    private readonly logger: Logger,
  ) {
    this.cookies = browserCookies(runtime.publicUrl.startsWith('https://'));
  }

  /** The session as its app wants to be seen, and the frame of its screens in this browser; sets the header that this needs. */
  async dress(
    request: FastifyRequest,
    reply: FastifyReply,
    frame: Frame,
    session: OpenSession,
    token?: string,
  ): Promise<Dressed> {
    const { cookies, runtime, logger } = this;
    const dress = await dressFor({ cookies, runtime, logger }, request, reply, session, token);
    return { opened: dress.opened, frame: { ...frame, dress } };
  }

  /** A way back from a platform's screen. */
  async comeBack(
    request: FastifyRequest,
    reply: FastifyReply,
    complete: (browser: string, frame: Frame) => Promise<Returned | Made>,
  ): Promise<void> {
    await this.send(request, reply, async (plain) => {
      const returned = await complete(this.cookies.read(request), plain);
      if (typeof returned === 'string' || returned instanceof URL) return returned;
      const { opened, frame } = await this.dress(request, reply, plain, returned.opened);
      switch (returned.kind) {
        case 'connected':
          return await this.arrive(request, frame, opened, returned.store);
        case 'pending':
          return waitingScreen(frame, opened.store?.name, this.startAgain(request));
        case 'declined':
          return this.declined(request, frame, opened);
        case 'failed':
          void reply.status(400);
          return this.failed(request, frame, opened, returned);
      }
    });
  }

  /** Sends a page or leads on; every failure becomes a page that says what to do next. */
  async send(request: FastifyRequest, reply: FastifyReply, make: (frame: Frame) => Promise<Made>): Promise<void> {
    const frame = this.frameOf(request, reply);
    void reply.header('content-language', frame.words.language);
    try {
      const made = await make(frame);
      if (made instanceof URL) void reply.redirect(made.href, 303);
      else void reply.type('text/html; charset=utf-8').send(made);
    } catch (error) {
      const failure = error instanceof ConnectFailed ? error.cause : asGatewayError(error);
      if (failure.traits.http >= 500)
        this.logger.error({ err: failure, requestId: request.id }, 'a connect screen failed');
      const body =
        error instanceof ConnectFailed
          ? await this.failedWay(request, reply, frame, error.opened, failure)
          : this.wrong(request, frame, failure);
      void reply.status(failure.traits.http).type('text/html; charset=utf-8').send(body);
    }
  }

  /** Back to the app, or to the page that says it is done: at the link, if this browser has it. */
  async arrive(request: FastifyRequest, frame: Frame, opened: OpenSession, store: StoreRow): Promise<Made> {
    const back = this.backTo(frame, opened, { status: 'connected', store: publicId('store', store.id) });
    if (back !== null) return back;
    const token = this.cookies.readLink(request);
    if (token !== undefined && (await isLinkOf(this.runtime.stores.connections, token, opened))) {
      return this.placeOf(token, '/done');
    }
    return doneScreen(frame, { app: opened.app.name, store });
  }

  /** A page of a link. */
  placeOf(token: string, path = ''): URL {
    return new URL(`${this.runtime.publicUrl}/connect/${token}${path}`);
  }

  /** Where the app wants its merchant to come back to; null when it did not say, or waits beside a popup. */
  backTo({ dress }: Frame, { session }: OpenSession, outcome: Readonly<Record<string, string>>): URL | null {
    if (dress?.isPopup === true) return null;
    return returnAddress(session, { ...outcome, connectSession: publicId('connectSession', session.id) });
  }

  private startAgain(request: FastifyRequest): string | undefined {
    const token = this.cookies.readLink(request);
    return token === undefined ? undefined : `/connect/${token}?again=1`;
  }

  private declined(request: FastifyRequest, frame: Frame, opened: OpenSession): string {
    const { words } = frame;
    return ending(frame, {
      told: { status: 'failed' },
      ...{ title: words.text('declinedTitle'), text: words.say('declinedText'), good: false, app: opened.app.name },
      links: this.linksOn(request, frame, opened, 'declined'),
    });
  }

  private async failedWay(
    request: FastifyRequest,
    reply: FastifyReply,
    plain: Frame,
    session: OpenSession,
    failure: Failure,
  ): Promise<string> {
    const { opened, frame } = await this.dress(request, reply, plain, session);
    return this.failed(request, frame, opened, failure);
  }

  private failed(request: FastifyRequest, frame: Frame, opened: OpenSession, failure: Failure): string {
    const { words } = frame;
    return ending(frame, {
      told: { status: 'failed' },
      ...{ title: words.text('failedTitle'), text: explain(words, failure, opened), good: false, app: opened.app.name },
      links: this.linksOn(request, frame, opened, 'failed'),
      more: supportDetails(frame, failure, request.id),
    });
  }

  private wrong(request: FastifyRequest, frame: Frame, failure: GatewayError): string {
    const { words } = frame;
    const again = this.cookies.readLink(request);
    const useless = again === undefined || failure.code === 'connect_session_invalid';
    // Where nobody translated it, the table's advice helps those who read English.
    const advice = failure.traits.actor === 'merchant' ? '' : html` <span lang="en">${failure.traits.advice}</span>`;
    const text = words.error(failure.code, {}) ?? html`<span lang="en">${failure.message}</span>${advice}`;
    return ending(frame, {
      ...{ title: words.text('wrongTitle'), text, good: false, more: supportDetails(frame, failure, request.id) },
      links: useless ? [] : [{ label: words.text('tryAgain'), href: `/connect/${again}` }],
    });
  }

  private linksOn(request: FastifyRequest, frame: Frame, opened: OpenSession, status: string): readonly Link[] {
    const { words } = frame;
    const again = this.cookies.readLink(request);
    const back = this.backTo(frame, opened, { status });
    return [
      ...(again === undefined ? [] : [{ label: words.text('tryAgain'), href: `/connect/${again}` }]),
      ...(back === null ? [] : [{ label: words.text('backTo', { app: opened.app.name }), href: back.href }]),
    ];
  }

  private frameOf(request: FastifyRequest, reply: FastifyReply): Frame {
    const { searchParams } = new URL(request.url, 'http://localhost');
    const wanted = asLanguage(searchParams.get('language'));
    if (wanted !== undefined) this.cookies.rememberLanguage(reply, wanted);
    const language = chooseLanguage([wanted, this.cookies.readLanguage(request)], request.headers['accept-language']);
    const waited = Number(searchParams.get('waited') ?? '0');
    return {
      words: wordsOf(language),
      address: withoutOurs(request.url),
      waited: Number.isSafeInteger(waited) ? waited : 0,
    };
  }
}
