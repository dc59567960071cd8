import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Branding, brandingOf } from '#branding';
import { publicId } from '#contract';
import { isLinkOf, openerOriginOf, type OpenSession } from '#connections';
import type { Logger } from '#observability';
import type { Runtime } from '#runtime';
import type { BrowserCookies } from './browser-cookie.js';
import type { Brand, Opener } from './dressing.js';

/** How the screens of one session look in one browser, and whom they tell. */
export interface Dress {
  /** Under the name that the app wants to be known by. */
  readonly opened: OpenSession;
  readonly brand: Brand | undefined;
  /** The app's page stands beside this window and waits. */
  readonly isPopup: boolean;
  readonly opener: Opener | undefined;
}

interface Means {
  readonly runtime: Runtime;
  readonly cookies: BrowserCookies;
  readonly logger: Logger;
}

/**
 * Finds out how a session's screens look. A shop that was connected is connected, whatever can be read of a brand: what
 * cannot be read is left out.
 * @param token of the link, where the address has it; otherwise the browser's cookies may know it
 */
export async function dressFor(
  means: Means,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: OpenSession,
  token?: string,
): Promise<Dress> {
  const openerOrigin = listeningOrigin(request, reply, opened);
  const { branding, link, isPopup } = await look(means, request, opened, token).catch((error: unknown) => {
    means.logger.warn({ err: error, requestId: request.id }, 'the brand of a connect screen could not be read');
    return { branding: undefined, link: undefined, isPopup: false };
  });
  const name = branding?.name ?? opened.app.name;
  return {
    opened: { ...opened, app: { ...opened.app, name } },
    brand: branding === undefined ? undefined : brandAt(branding, link),
    isPopup,
    opener:
      openerOrigin === undefined
        ? undefined
        : { origin: openerOrigin, session: publicId('connectSession', opened.session.id) },
  };
}

/**
 * A window and the page that opened it can talk as long as none of the pages in between asks to be alone. So the screens of
 * a session with an opener do not ask: whoever opened the window could lead it elsewhere and see when it is closed, nothing
 * more. Sessions without one, links that nobody knows and everything else stay alone.
 */
function listeningOrigin(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { session, app }: OpenSession,
): string | undefined {
  // Within a page of the platform there is no opener of ours.
  const origin = headers['sec-fetch-dest'] === 'iframe' ? undefined : openerOriginOf(session, app);
  if (origin !== undefined) void reply.header('cross-origin-opener-policy', 'unsafe-none');
  return origin;
}

interface Look {
  readonly branding: Branding | undefined;
  readonly link: string | undefined;
  readonly isPopup: boolean;
}

async function look(
  { runtime, cookies }: Means,
  request: FastifyRequest,
  opened: OpenSession,
  token: string | undefined,
): Promise<Look> {
  const { connections } = runtime.stores;
  const { tenantId, appId } = opened.session;
  const branding = await brandingOf(connections, { tenantId, appId });
  const [popup, visited] = [cookies.readPopup(request), cookies.readLink(request)];
  const ofSession = async (link: string | undefined): Promise<boolean> =>
    link !== undefined && (link === token || (await isLinkOf(connections, link, opened)));
  const isPopup = await ofSession(popup);
  // A session has one link, whoever knows it.
  const known = token ?? (isPopup ? popup : undefined);
  return { branding, link: known ?? ((await ofSession(visited)) ? visited : undefined), isPopup };
}

function brandAt({ name, colours, logo, support, updatedAt }: Branding, link: string | undefined): Brand {
  // Another picture has another address, so that none is remembered for too long.
  const version = updatedAt.getTime().toString(36);
  return {
    name,
    styleHref: link === undefined || colours === null ? undefined : `/connect/${link}/brand.css?${version}`,
    logoHref: link === undefined || logo === null ? undefined : `/connect/${link}/logo?${version}`,
    support:
      support === null ? undefined : { label: support, href: support.includes('@') ? `mailto:${support}` : support },
  };
}
