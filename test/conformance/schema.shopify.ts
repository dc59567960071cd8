import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  buildSchema,
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type IntrospectionQuery,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { z } from 'zod';
import { SCHEMA_EXTRACT } from '../../apps/sandbox/shopify/schema-extract.js';
import type { SentRequest } from './schema.woocommerce.js';

/** What the platform says of its Admin API: whole, or the committed part of it. */
export interface ShopifySchema {
  readonly source: 'whole schema' | 'committed extract';
  readonly schema: GraphQLSchema;
}

const WHOLE = fileURLToPath(new URL('../../../shared/specs/shopify/admin_2026-10.json.gz', import.meta.url));

/** @param whole the platform's own description, which lies beside the repository and not in it */
export function loadShopifySchema(whole = WHOLE): ShopifySchema {
  if (!existsSync(whole)) return { source: 'committed extract', schema: buildSchema(SCHEMA_EXTRACT) };
  // The file is what introspection answered.
  const { data } = JSON.parse(gunzipSync(readFileSync(whole)).toString('utf8')) as {
    readonly data: IntrospectionQuery;
  };
  return { source: 'whole schema', schema: buildClientSchema(data) };
}

const graphqlRequest = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** What is wrong with a request to Shopify's Admin API; undefined where it is none, such as one for a token. */
export function shopifyProblems(
  { schema }: ShopifySchema,
  { method, path, body }: SentRequest,
): readonly string[] | undefined {
  if (!/\/?admin\/api\/[^/]+\/graphql\.json$/.test(path)) return undefined;
  if (method !== 'POST') return [`${method} ${path}: GraphQL is asked by POST`];
  const { query, variables, operationName } = graphqlRequest.parse(JSON.parse(body));
  const document = parsed(query);
  if (document instanceof GraphQLError) return [document.message];
  const operation = getOperationAST(document, operationName);
  if (!operation) return ['the request does not say which operation it means'];
  const name = operation.name?.value ?? 'an operation without a name';
  const found = [...validate(schema, document), ...variableProblems(schema, operation, variables ?? {})];
  return found.map(({ message }) => `${name}: ${message}`);
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function variableProblems(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly { readonly message: string }[] {
  const declared = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  const unknown = Object.keys(variables).filter((name) => !declared.has(name));
  return [
    ...(getVariableValues(schema, variableDefinitions, variables).errors ?? []),
    ...unknown.map((name) => ({ message: `the document has no variable ${name}` })),
  ];
}
