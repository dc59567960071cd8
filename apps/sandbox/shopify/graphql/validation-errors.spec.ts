import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parseError } from './parse-error.js';
import { adminSchema } from './schema.js';
import { validationErrors } from './validation-errors.js';

const errorsOf = (query: string): unknown => validationErrors(adminSchema(), parse(query));

function syntaxError(text: string): unknown {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return parseError(error, text);
  }
}

describe('errors recorded from the Admin API', () => {
  test('a field that does not exist', () => {
    expect(
      errorsOf('query Unknown {\n  orders(first: 1) {\n    nodes {\n      id\n      nothing\n    }\n  }\n}'),
    ).toEqual([
      {
        message: "Field 'nothing' doesn't exist on type 'Order'",
        locations: [{ line: 5, column: 7 }],
        path: ['query Unknown', 'orders', 'nodes', 'nothing'],
        extensions: { code: 'undefinedField', typeName: 'Order', fieldName: 'nothing' },
      },
    ]);
  });

  test('an object without a selection', () => {
    expect(errorsOf('query Missing {\n  shop\n}\n')).toEqual([
      {
        message:
          "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)",
        locations: [{ line: 2, column: 3 }],
        path: ['query Missing', 'shop'],
        extensions: { code: 'selectionMismatch', nodeName: "field 'shop'", typeName: 'Shop' },
      },
    ]);
  });

  test('a text that ends too early', () => {
    expect(syntaxError('query Syntax {\n  shop {\n    id\n')).toEqual({
      message: 'syntax error, unexpected end of file at [3, 5]',
      locations: [{ line: 3, column: 5 }],
      extensions: { code: 'PARSE_ERROR' },
    });
  });
});

describe('other errors', () => {
  test.each([
    ['{ order { id } }', 'missingRequiredArguments'],
    ['{ orders(first: 1, size: 2) { nodes { id } } }', 'argumentNotAccepted'],
    ['{ orders(first: "x") { nodes { id } } }', 'argumentLiteralsIncompatible'],
    ['{ orders(first: 1, sortKey: NEVER) { nodes { id } } }', 'argumentLiteralsIncompatible'],
    ['{ order(id: "12") { id } }', 'argumentLiteralsIncompatible'],
    ['{ order(id: 12) { id } }', 'argumentLiteralsIncompatible'],
    ['{ shop { name { first } } }', 'selectionMismatch'],
    ['query Q { order(id: $id) { id } }', 'variableNotDefined'],
    ['query Q($id: ID!) { shop { id } }', 'variableNotUsed'],
    ['query Q($id: String!) { order(id: $id) { id } }', 'variableMismatch'],
    ['query Q($id: Nothing!) { order(id: $id) { id } }', 'variableRequiresValidType'],
    ['{ shop { ...F } }', 'useAndDefineFragment'],
    ['{ shop { id } } fragment F on Shop { id }', 'useAndDefineFragment'],
    ['{ shop { ...F } } fragment F on Nothing { id }', 'undefinedType'],
    ['{ shop { ...F } } fragment F on Shop { ...F }', 'infiniteLoop'],
    ['{ shop { id @nothing } }', 'undefinedDirective'],
  ])('%s', (query, code) => {
    const codes = validationErrors(adminSchema(), parse(query)).map(({ extensions }) => extensions['code']);
    expect(codes).toContain(code);
  });

  test('a fragment is named in the path', () => {
    expect(errorsOf('{ shop { ...F } } fragment F on Shop { nothing }')).toMatchObject([
      { path: ['fragment F', 'nothing'] },
    ]);
  });

  test('nothing is wrong with a good query', () => {
    expect(errorsOf('query Q($id: ID!) { order(id: $id) { id ...F } } fragment F on Order { name }')).toEqual([]);
  });
});
