import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireDone } from '#auth';
import { endOperatorSession, listOperatorSessions } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { formTokenOf, knownUuid, operatorCookies, operatorOf } from '../http/operator-access.js';
import { accountPage } from './pages.js';

/** Who an operator is here, where else they are signed in, and the way out. */
@Controller('ops')
export class AccountController {
  private readonly cookies;

  constructor(@InjectRuntime() private readonly runtime: Runtime) {
    this.cookies = operatorCookies(runtime.publicUrl);
  }

  @ForOperator('viewer')
  @Get('account')
  async account(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const operator = operatorOf(request);
    const sessions = await listOperatorSessions(this.runtime.database, operator.hash);
    const csrf = formTokenOf(this.cookies.session(request) ?? '');
    void reply.type('text/html; charset=utf-8').send(accountPage(operator, sessions, csrf));
  }

  @ForOperator('viewer', 'form')
  @Post('sign-out')
  @HttpCode(303)
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    requireDone(await endOperatorSession(this.runtime.database, operatorOf(request).hash, null), 'session');
    this.cookies.clear(reply);
    void reply.redirect('/ops/sign-in', 303);
  }

  @ForOperator('viewer', 'form')
  @Post('sessions/:id/end')
  @HttpCode(303)
  async end(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = knownUuid(id, 'session');
    requireDone(await endOperatorSession(this.runtime.database, operatorOf(request).hash, session), 'session');
    void reply.redirect('/ops/account', 303);
  }
}
