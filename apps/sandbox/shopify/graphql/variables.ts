import {
  coerceInputValue,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { isGid } from '../views/gid.js';
import type { DocumentError } from './validation-errors.js';

/** Either the coerced variables or why there are none. */
export type Variables =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly errors: readonly DocumentError[] };

interface Problem {
  readonly path: readonly (string | number)[];
  readonly explanation: string;
}

function problemOf(path: readonly (string | number)[], value: unknown, type: GraphQLInputType): Problem {
  if (value === null || value === undefined) return { path, explanation: 'Expected value to not be null' };
  return { path, explanation: `Could not coerce value ${JSON.stringify(value)} to ${getNamedType(type).name}` };
}

/** recorded: INVALID_VARIABLE with the value as given and one problem per place; a place inside the value is told in the message too. */
function variableError(
  definition: VariableDefinitionNode,
  type: string,
  value: unknown,
  problems: readonly Problem[],
): DocumentError {
  const inside = problems.filter(({ path }) => path.length > 0);
  const detail = inside.map(({ path, explanation }) => `${path.join('.')} (${explanation})`).join(', ');
  const token = definition.loc?.startToken;
  return {
    message: `Variable $${definition.variable.name.value} of type ${type} was provided invalid value${detail === '' ? '' : ` for ${detail}`}`,
    locations: token === undefined ? [] : [{ line: token.line, column: token.column }],
    extensions: { code: 'INVALID_VARIABLE', value: value ?? null, problems },
  };
}

function coerce(type: GraphQLInputType, value: unknown, problems: Problem[]): unknown {
  const coerced: unknown = coerceInputValue(
    value,
    type,
    (path, invalid) => void problems.push(problemOf(path, invalid, type)),
  );
  if (problems.length === 0 && getNamedType(type).name === 'ID' && typeof coerced === 'string' && !isGid(coerced)) {
    problems.push({ path: [], explanation: `Invalid global id '${coerced}'` });
  }
  return coerced;
}

/** Coerces a request's variables. The document must be valid already. */
export function readVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Variables {
  const values: Record<string, unknown> = {};
  const errors: DocumentError[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && definition.defaultValue !== undefined) {
      values[name] = valueFromAST(definition.defaultValue, type);
      continue;
    }
    const problems: Problem[] = [];
    if (value === undefined && !isNonNullType(type)) continue;
    values[name] = coerce(type, value ?? null, problems);
    if (problems.length > 0) errors.push(variableError(definition, String(type), value, problems));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}
