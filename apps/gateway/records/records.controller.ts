import { Body, Controller, Delete, Get, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type OperationShape, shapeOf } from '#contract';
import type { Runtime } from '#runtime';
import { ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { answerRecordRequest } from './answer-record-request.js';
import { RECORD_ROUTES, type RecordRoute } from './record-routes.js';
import { bodyOf, queryOf, responseOf } from './record-schemas.js';

/** The normalized store API: one method for each row of the table of routes. */
@Controller('v1')
export class RecordsController {
  constructor(@InjectRuntime() readonly runtime: Runtime) {}
}

type Query = Readonly<Record<string, unknown>>;
type Parameters = Readonly<Record<string, string>>;

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;

function addRoute(route: RecordRoute, shape: OperationShape): void {
  const name = route.operation.replace(/\.(.)/, (_, letter: string) => letter.toUpperCase());
  const takesBody = shape.shape === 'write' && route.method !== 'DELETE';
  async function handle(
    this: RecordsController,
    query: Query,
    parameters: Parameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    return await answerRecordRequest(this.runtime, route, shape, { query, parameters, request, reply });
  }
  const { prototype } = RecordsController;
  // The document goes by the methods' own names.
  Object.defineProperty(handle, 'name', { value: name });
  const descriptor = { value: handle, writable: true, configurable: true, enumerable: false };
  Object.defineProperty(prototype, name, descriptor);
  Reflect.defineMetadata('design:paramtypes', [Object, Object, Object, Object, Object], prototype, name);
  const parameters = [
    Query({ schema: queryOf(route, shape) }),
    Param(),
    Req(),
    Res({ passthrough: true }),
    ...(takesBody ? [Body({ schema: bodyOf(route, shape.input) })] : []),
  ];
  for (const [index, decorate] of parameters.entries()) decorate(prototype, name, index);
  for (const decorate of methodDecorators(route, shape)) decorate(prototype, name, descriptor);
}

function methodDecorators(route: RecordRoute, shape: OperationShape): MethodDecorator[] {
  const key = shape.shape === 'write' && route.method === 'POST';
  return [
    METHODS[route.method](route.path),
    ForCaller(route.scope),
    ApiTags(route.tag),
    ApiOperation({ summary: route.summary }),
    ApiOkResponse({ standardSchema: responseOf(shape) }),
    ...Object.keys(route.parameters).map((name) => ApiParam({ name, required: true, schema: { type: 'string' } })),
    ...(key ? [ApiHeader({ name: 'Idempotency-Key', required: shape.keyRequired, description: KEY })] : []),
  ];
}

const KEY =
  'At most 255 visible ASCII characters, new for each request you mean. The same key again gives the answer of the first.';

for (const route of RECORD_ROUTES) {
  const shape = shapeOf(route.operation);
  if (shape === undefined) throw new RangeError(`the contract has no operation ${route.operation}`);
  addRoute(route, shape);
}
