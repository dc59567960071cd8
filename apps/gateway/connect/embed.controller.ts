import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { brandingOf, logoOf } from '#branding';
import { publicId } from '#contract';
import { linkStatus, openerOriginOf, sessionOfLink } from '#connections';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { brandStyle } from './brand-style.js';
import { EMBED_SCRIPT } from './embed-script.js';
import { OPENER_SCRIPT } from './opener-script.js';

const SCRIPT = 'a script without data';
const LINK = 'whoever holds the link sees the screens that these belong to';

/** What stands around the connect screens: scripts for popups, the result for those who cannot be told, logo and colours. */
@Controller('connect')
export class EmbedController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @Public(SCRIPT)
  @Get('embed.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  // Pages of apps load it, also those that ask for everything they load to allow it.
  @Header('cross-origin-resource-policy', 'cross-origin')
  embed(): string {
    return EMBED_SCRIPT;
  }

  @Public(SCRIPT)
  @Get('opener.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  opener(): string {
    return OPENER_SCRIPT;
  }

  @Public(LINK)
  @Get(':token/status')
  async status(
    @Param('token') token: string,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const opened = await sessionOfLink(this.connections, token);
    const openerOrigin = openerOriginOf(opened.session, opened.app);
    void reply.header('vary', 'Origin');
    if (openerOrigin !== undefined && headers.origin === openerOrigin) {
      void reply.header('access-control-allow-origin', openerOrigin);
    }
    const { status, storeId, reason } = await linkStatus(this.connections, opened);
    return {
      session: publicId('connectSession', opened.session.id),
      status,
      ...(storeId === null ? {} : { storeId: publicId('store', storeId) }),
      ...(reason === null ? {} : { reason }),
    };
  }

  @Public(LINK)
  @Get(':token/logo')
  async logo(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const { bytes, type } = await logoOf(this.connections, await this.ownerOf(token));
    void reply
      .headers({ 'content-type': type, ...BRIEFLY, 'cross-origin-resource-policy': 'same-origin' })
      .send(Buffer.from(bytes));
  }

  @Public(LINK)
  @Get(':token/brand.css')
  async style(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const branding = await brandingOf(this.connections, await this.ownerOf(token));
    void reply
      .headers({ 'content-type': 'text/css; charset=utf-8', ...BRIEFLY })
      .send(brandStyle(branding?.colours ?? null));
  }

  private get connections() {
    return this.runtime.stores.connections;
  }

  private async ownerOf(token: string): Promise<{ readonly tenantId: string; readonly appId: string }> {
    return (await sessionOfLink(this.connections, token)).session;
  }
}

// The link stands in the address, so that no cache but the browser's own may keep it.
const BRIEFLY = { 'cache-control': 'private, max-age=600' };
