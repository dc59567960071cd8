import type { FastifyReply, FastifyRequest } from 'fastify';
import { publicId } from '#contract';
import { ConnectFailed, type OpenSession, type Returned, returnAddress } from '#connections';
import type { Logger } from '#observability';
import type { Runtime } from '#runtime';
import { asGatewayError } from '../http/problem.js';
import { type BrowserCookies, browserCookies } from './browser-cookie.js';
import { type Dress, dressFor } from './dress.js';
import { ending, waiting } from './screens.js';

type StoreShown = Extract<Returned, { kind: 'connected' }>['store'];

/** Sends the screens of connecting, whoever asked for them; what fails becomes a page that says what to do next. */
export class ScreenSender {
  readonly cookies: BrowserCookies;

  constructor(
    private readonly runtime: Runtime,
    private readonly logger: Logger,
  ) {
    this.cookies = browserCookies(runtime.publicUrl.startsWith('https://'));
  }

  /** How the screens of a session look in this browser, and whom they tell; sets the header that this needs. */
  async dress(request: FastifyRequest, reply: FastifyReply, opened: OpenSession, token?: string): Promise<Dress> {
    const { cookies, runtime, logger } = this;
    return await dressFor({ cookies, runtime, logger }, request, reply, opened, token);
  }

  /** A way back from a platform's screen. */
  async comeBack(
    request: FastifyRequest,
    reply: FastifyReply,
    complete: (browser: string) => Promise<Returned | string | URL>,
  ): Promise<void> {
    await this.send(request, reply, async () => {
      const returned = await complete(this.cookies.read(request));
      if (typeof returned === 'string' || returned instanceof URL) return returned;
      const dress = await this.dress(request, reply, returned.opened);
      switch (returned.kind) {
        case 'connected':
          return connectedScreen(dress, returned.store);
        case 'pending':
          return waiting(returned.opened.store?.name ?? 'Your shop', dress.options);
        case 'declined': {
          const text = 'You chose not to connect your shop. Nothing was stored.';
          return this.stopped(request, dress, 'Not connected', text, 'declined');
        }
        case 'failed':
          void reply.status(400);
          return this.stopped(request, dress, 'Your shop could not be connected', returned.message, 'failed');
      }
    });
  }

  private stopped(request: FastifyRequest, dress: Dress, title: string, text: string, status: string): string {
    const { opened, isPopup, told } = dress;
    const back = returnAddress(opened.session, {
      status,
      connectSession: publicId('connectSession', opened.session.id),
    });
    const again = this.cookies.readLink(request);
    const links = [
      ...(again === undefined ? [] : [{ label: 'Try again', href: `/connect/${again}` }]),
      ...(back === null || isPopup ? [] : [{ label: `Back to ${opened.app.name}`, href: back.href }]),
    ];
    return ending({ title, text, good: false, links, options: told('failed') });
  }

  /** Sends a page or leads on; every failure becomes a page that says what to do next. */
  async send(request: FastifyRequest, reply: FastifyReply, make: () => Promise<string | URL>): Promise<void> {
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
          ? this.stopped(
              request,
              await this.dress(request, reply, error.opened),
              'Your shop could not be connected',
              text,
              'failed',
            )
          : ending({ title: 'This did not work', text, good: false, links: retry });
      void reply.status(failure.traits.http).type('text/html; charset=utf-8').send(body);
    }
  }
}

/** Back to the app, or a page that says it is done: in a popup, the app's own page waits beside it. */
export function connectedScreen({ opened, isPopup, told }: Dress, store: StoreShown): string | URL {
  const back = returnAddress(opened.session, {
    status: 'connected',
    store: publicId('store', store.id),
    connectSession: publicId('connectSession', opened.session.id),
  });
  if (back !== null && !isPopup) return back;
  const text = `${store.name} (${store.domain}) is connected to ${opened.app.name}. You can close this ${isPopup ? 'window' : 'page'}.`;
  return ending({
    title: 'Your shop is connected',
    text,
    good: true,
    links: [],
    options: told('connected', store.id),
  });
}
