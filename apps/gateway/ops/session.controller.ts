import { Body, Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { requireDone } from '#auth';
import type { OperatorSession, sessions } from '#operator-api';
import { endOperatorSession, listOperatorSessions } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { knownUuid, operatorCookies, operatorOf } from '../http/operator-access.js';
import { instant, instantOrNull, nothing } from './present.js';

// As long as `operator_hindrance` in the database counts a sign-in as one of just now.
const FRESH_MS = 5 * 60_000;

/** Who asks, where else they are signed in, and the way out. */
@Controller('ops')
export class SessionController {
  private readonly cookies;

  constructor(@InjectRuntime() private readonly runtime: Runtime) {
    this.cookies = operatorCookies(runtime.publicUrl);
  }

  @ForOperator('viewer')
  @Get('session')
  session(@Req() request: FastifyRequest): OperatorSession {
    const { kind, name, role, steppedUpAt } = operatorOf(request);
    const until = steppedUpAt === null ? null : new Date(steppedUpAt.getTime() + FRESH_MS);
    return { kind, name, role, steppedUpAt: instantOrNull(steppedUpAt), steppedUpUntil: instantOrNull(until) };
  }

  @ForOperator('viewer')
  @Delete('session')
  @HttpCode(200)
  async signOut(
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    requireDone(await endOperatorSession(this.runtime.database, operatorOf(request).hash, null), 'session');
    this.cookies.clear(reply);
    return {};
  }

  @ForOperator('viewer')
  @Get('sessions')
  async sessions(@Req() request: FastifyRequest): Promise<z.infer<typeof sessions>> {
    const rows = await listOperatorSessions(this.runtime.database, operatorOf(request).hash);
    return {
      data: rows.map(({ id, name, agent, createdAt, lastSeenAt, endsAt, isThis, isOwn }) => ({
        ...{ id, name, browser: agent, createdAt: instant(createdAt), lastSeenAt: instant(lastSeenAt) },
        ...{ endsAt: instant(endsAt), isThis, isOwn },
      })),
    };
  }

  @ForOperator('viewer')
  @Delete('sessions/:id')
  @HttpCode(200)
  async end(
    @Param('id') id: string,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const session = knownUuid(id, 'session');
    requireDone(await endOperatorSession(this.runtime.database, operatorOf(request).hash, session), 'session');
    return {};
  }
}
