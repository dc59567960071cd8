import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  validate,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { SCHEMA_EXTRACT } from './schema-extract.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const FULL = `${root}../shared/specs/shopify/admin_2026-10.json.gz`;
const present = existsSync(FULL);
if (!present) console.warn(`skipped: the full schema is not at ${FULL}, so the extract cannot be compared with it`);

const extract = buildSchema(SCHEMA_EXTRACT);

/** A type as lines of text: one for itself and one for each field, argument, value and member. */
function linesOf(type: GraphQLNamedType): readonly string[] {
  const head = `${type.name}: ${type.astNode?.kind ?? ''}`;
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name} ${name}`);
  if (isUnionType(type)) return type.getTypes().map(({ name }) => `${type.name} | ${name}`);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => `${type.name}.${field.name}: ${String(field.type)}`);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [head.split(':')[0] ?? ''];
  return Object.values(type.getFields()).flatMap((field) => [
    `${type.name}.${field.name}: ${String(field.type)}`,
    ...field.args.map(
      (one) => `${type.name}.${field.name}(${one.name}: ${String(one.type)} = ${String(one.defaultValue)})`,
    ),
  ]);
}

function schemaLines(schema: GraphQLSchema, only: (type: GraphQLNamedType) => boolean): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && only(type))
    .flatMap(linesOf);
}

test('the documents of what is served are valid against the extract', () => {
  const folder = new URL('./served/', import.meta.url);
  const served = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  expect(validate(extract, parse(served))).toEqual([]);
});

describe.runIf(present)('compared with the full schema', () => {
  // The file is the introspection result graphql-js asks for.
  const read = (): GraphQLSchema =>
    buildClientSchema(
      (JSON.parse(gunzipSync(readFileSync(FULL)).toString('utf8')) as { data: IntrospectionQuery }).data,
    );

  test('everything in the extract is in the full schema, with the same types, arguments and defaults', () => {
    const known = new Set(schemaLines(read(), () => true));
    expect(schemaLines(extract, () => true).filter((line) => !known.has(line))).toEqual([]);
  });

  test('enums are whole and required arguments kept', () => {
    const full = read();
    const enums = schemaLines(extract, isEnumType);
    const whole = schemaLines(full, (type) => isEnumType(type) && extract.getType(type.name) !== undefined);
    expect([...enums].sort()).toEqual([...whole].sort());
  });

  test('the file is what the script writes today', () => {
    expect(() =>
      execFileSync('node', [`${root}scripts/extract-shopify-schema.mjs`, '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });
});
