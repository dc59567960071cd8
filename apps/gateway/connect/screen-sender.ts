import type { FastifyReply, FastifyRequest } from 'fastify';
import { publicId } from '#contract';
import { ConnectFailed, type OpenSession, type Returned, returnAddress } from '#connections';
import type { Logger } from '#observability';
import { asGatewayError } from '../http/problem.js';
import { type BrowserCookies, browserCookies } from './browser-cookie.js';
import { ending, waiting } from './screens.js';

/** Sends the screens of connecting, whoever asked for them; what fails becomes a page that says what to do next. */
export class ScreenSender {
  readonly cookies: BrowserCookies;

  constructor(
    publicUrl: string,
    private readonly logger: Logger,
  ) {
    this.cookies = browserCookies(publicUrl.startsWith('https://'));
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
      switch (returned.kind) {
        case 'connected':
          return connectedScreen(returned);
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
          ? this.stopped(request, error.opened, 'Your shop could not be connected', text, 'failed')
          : ending({ title: 'This did not work', text, good: false, links: retry });
      void reply.status(failure.traits.http).type('text/html; charset=utf-8').send(body);
    }
  }
}

/** Back to the app, or a page that says it is done. */
export function connectedScreen({ opened, store }: Extract<Returned, { kind: 'connected' }>): string | URL {
  const back = returnAddress(opened.session, {
    status: 'connected',
    store: publicId('store', store.id),
    connectSession: publicId('connectSession', opened.session.id),
  });
  if (back !== null) return back;
  const text = `${store.name} (${store.domain}) is connected to ${opened.app.name}. You can close this page.`;
  return ending({ title: 'Your shop is connected', text, good: true, links: [] });
}
