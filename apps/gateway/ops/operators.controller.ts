import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireDone } from '#auth';
import { changeOperator, listOperators, OPERATOR_ROLES } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { formTokenOf, knownUuid, operatorCookies, operatorOf } from '../http/operator-access.js';
import { operatorsPage } from './operators-page.js';

const change = z.object({ role: z.enum(OPERATOR_ROLES).optional(), disabled: z.enum(['yes', 'no']).optional() });

/** Who operates the gateway, for administrators. */
@Controller('ops/operators')
export class OperatorsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('admin')
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const operator = operatorOf(request);
    const csrf = formTokenOf(operatorCookies(this.runtime.publicUrl).session(request) ?? '');
    const operators = await listOperators(this.runtime.database, operator.hash);
    void reply.type('text/html; charset=utf-8').send(operatorsPage(operator, operators, csrf));
  }

  @ForOperator('admin', 'form')
  @Post(':id')
  @HttpCode(303)
  async change(
    @Param('id') id: string,
    @Body({ schema: change }) { role, disabled }: z.infer<typeof change>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = { role: role ?? null, disabled: disabled === undefined ? null : disabled === 'yes' };
    const outcome = await changeOperator(
      this.runtime.database,
      operatorOf(request).hash,
      knownUuid(id, 'operator'),
      wanted,
    );
    requireDone(outcome, 'operator');
    void reply.redirect('/ops/operators', 303);
  }
}
