import { Body, Controller, Get, Param, Patch, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { requireDone } from '#auth';
import { GatewayError } from '#contract';
import { operatorChange, type OperatorRow, type operators } from '#operator-api';
import { changeOperator, listOperators } from '#persistence';
import type { Runtime } from '#runtime';
import { ForOperator } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { knownUuid, operatorOf } from '../http/operator-access.js';
import { instant, instantOrNull } from './present.js';

/** Who operates the gateway, for administrators. */
@Controller('ops/operators')
export class OperatorsController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForOperator('admin')
  @Get()
  async list(@Req() request: FastifyRequest): Promise<z.infer<typeof operators>> {
    return { data: await this.rows(request) };
  }

  @ForOperator('admin')
  @Patch(':id')
  async change(
    @Param('id') id: string,
    @Body({ schema: operatorChange }) { role, disabled }: z.infer<typeof operatorChange>,
    @Req() request: FastifyRequest,
  ): Promise<OperatorRow> {
    const operator = knownUuid(id, 'operator');
    const { database } = this.runtime;
    const wanted = { role: role ?? null, disabled: disabled ?? null };
    requireDone(await changeOperator(database, operatorOf(request).hash, operator, wanted), 'operator');
    const row = (await this.rows(request)).find((one) => one.id === operator);
    // Whoever takes the role from themselves sees nobody any more.
    if (row === undefined) throw new GatewayError('role_missing', 'This takes the role admin.');
    return row;
  }

  private async rows(request: FastifyRequest): Promise<OperatorRow[]> {
    const rows = await listOperators(this.runtime.database, operatorOf(request).hash);
    return rows.map(({ id, name, email, issuer, role, signedInAt, disabledAt }) => ({
      ...{ id, name, email, issuer, role, signedInAt: instant(signedInAt), disabledAt: instantOrNull(disabledAt) },
    }));
  }
}
