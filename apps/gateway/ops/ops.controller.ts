import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireOperator } from '#auth';
import { GatewayError } from '#contract';
import { listStoresForOperator } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator, OPERATOR_COOKIE, Public } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { asSeen } from '../routes/as-seen.js';
import { signInPage, storesPage } from './stores-page.js';

const PAGE_SIZE = 200;
const SIGN_IN_SECONDS = 8 * 3600;

const storesQuery = z.strictObject({ after: z.uuid().optional() });
const signInForm = z.object({ token: z.string().trim().max(200) });

/** What an operator sees, server-rendered. The token comes as a bearer, or once through the sign-in form. */
@Controller('ops')
export class OpsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator()
  @Get('stores')
  async stores(
    @Query({ schema: storesQuery }) query: z.infer<typeof storesQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rows = await listStoresForOperator(this.runtime.database, query.after, PAGE_SIZE);
    const next = rows.length < PAGE_SIZE ? null : (rows.at(-1)?.id ?? null);
    const seen = rows.map((row) => asSeen(this.runtime.stores.connections, row));
    void reply.type('text/html; charset=utf-8').send(storesPage(seen, next, new Date()));
  }

  @Public('the page on which operators sign in')
  @Get('sign-in')
  signIn(@Res() reply: FastifyReply): void {
    void reply.type('text/html; charset=utf-8').send(signInPage(false));
  }

  @Public('the form checks the token that it is sent', 'form')
  @Post('sign-in')
  async submit(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const token = signInForm.safeParse(body).data?.token ?? '';
    try {
      await requireOperator(this.runtime.database, token);
    } catch (error) {
      if (!GatewayError.is(error, 'unauthorized')) throw error;
      void reply.status(401).type('text/html; charset=utf-8').send(signInPage(true));
      return;
    }
    const secure = this.runtime.publicUrl.startsWith('https://') ? '; Secure' : '';
    const cookie = `${OPERATOR_COOKIE}=${token}; Path=/ops; HttpOnly; SameSite=Strict; Max-Age=${SIGN_IN_SECONDS}${secure}`;
    void reply.header('set-cookie', cookie).redirect('/ops/stores', 303);
  }
}
