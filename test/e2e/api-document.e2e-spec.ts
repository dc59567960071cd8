import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startSystem, type System } from '../system.js';

const schemaObject = z.looseObject({});
const parameter = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema: schemaObject,
});
const media = z.object({ schema: schemaObject });
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()).min(1),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content: z.object({ 'application/json': media }) }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$|^default$/), z.looseObject({ description: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
const document = z.looseObject({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string() }).loose(),
  paths: z.record(z.string().startsWith('/'), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.record(z.string(), schemaObject),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
});

let system: System;
let api: z.infer<typeof document>;
let text: string;
beforeAll(async () => {
  system = await startSystem();
  text = await (await fetch(`${system.url}/docs/openapi.json`)).text();
  api = document.parse(JSON.parse(text));
  return () => system.stop();
});

const operations = () =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described })),
  );

it('is OpenAPI 3.1 and hangs together: ids are unique, references lead somewhere, parameters are declared', () => {
  expect(api.openapi).toMatch(/^3\.1\.\d$/);
  const ids = operations().map(({ described }) => described.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
  expect(references.length).toBeGreaterThan(10);
  for (const target of references) {
    const name = /^#\/components\/schemas\/(.+)$/.exec(target)?.[1] ?? target;
    expect([target, Object.keys(api.components.schemas).includes(name)]).toEqual([target, true]);
  }
  for (const { path, described } of operations()) {
    const inPath = [...path.matchAll(/\{([a-z]+)\}/gi)].map(([, name]) => name);
    const declared = described.parameters.filter((one) => one.in === 'path');
    expect(declared.map(({ name }) => name)).toEqual(inPath);
    expect(declared.every(({ required }) => required === true)).toBe(true);
  }
});

it('says of every operation that it needs a key', () => {
  expect(api.components.securitySchemes['bearer']).toMatchObject({ type: 'http', scheme: 'bearer' });
  for (const { path, method, described } of operations()) {
    expect([method, path, described.security]).toEqual([method, path, [{ bearer: [] }]]);
  }
});

it('names the parameters of the list of orders, and no other', () => {
  const { parameters = [] } = api.paths['/v1/orders']?.['get'] ?? {};
  const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  expect(names.sort()).toEqual(
    [
      ...['store', 'updatedSince', 'createdSince', 'createdUntil', 'status', 'paymentStatus', 'fulfillmentStatus'],
      ...['platformStatus', 'customerEmail', 'number', 'sort', 'limit', 'cursor', 'include'],
    ].sort(),
  );
  const limit = parameters.find(({ name }) => name === 'limit');
  expect(limit?.schema).toMatchObject({ minimum: 1, maximum: 250, default: 50 });
});

it('describes the order, its sum, and the bodies that are taken', () => {
  for (const name of ['OrderList', 'Store', 'StoreList', 'Platform', 'ConnectSessionRequest', 'StoreImport']) {
    expect(Object.keys(api.components.schemas)).toContain(name);
  }
  const writing = operations().filter(({ method }) => ['post', 'put', 'patch'].includes(method));
  expect(writing.map(({ described }) => described.requestBody !== undefined)).toEqual(writing.map(() => true));
  const answering = operations().filter(({ method }) => method !== 'delete');
  for (const { path, described } of answering) {
    expect([path, JSON.stringify(described.responses)]).toEqual([path, expect.stringContaining('application/json')]);
  }
});

it('can be read in a browser without reaching anybody else', async () => {
  const page = await (await fetch(`${system.url}/docs`)).text();
  expect(page).not.toMatch(/(src|href)="https?:/);
});
