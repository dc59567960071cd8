import { readFileSync, readdirSync } from 'node:fs';
import { Kind, getVariableValues, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadAdminSchema } from './__fixtures__/admin-schema.js';

const { schema, source } = await loadAdminSchema();
const FOLDER = new URL('__fixtures__/', import.meta.url);

const body = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });
const request = z.object({ request: z.object({ body }) });
const fixture = z.union([z.object({ calls: z.array(request) }), request.transform((one) => ({ calls: [one] }))]);

const recorded = readdirSync(FOLDER)
  .filter((name) => name.startsWith('write-'))
  .flatMap((name) => {
    const read = fixture.safeParse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
    return read.success
      ? read.data.calls.map(({ request: { body: sent } }, at) => ({ name: `${name} ${at + 1}`, sent }))
      : [];
  });

describe.skipIf(source !== 'whole schema')('what is sent to write, held against the whole schema', () => {
  it('is recorded', () => {
    expect(recorded.length).toBeGreaterThan(20);
  });

  it.each(recorded)('$name is understood, variables and all', ({ sent: { query, variables } }) => {
    const document = parse(query);
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
    const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
    expect(errors.map(({ message }) => message)).toEqual([]);
  });
});
