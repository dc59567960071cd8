import { buildSchema, type GraphQLSchema } from 'graphql';
import { SCHEMA_EXTRACT } from '../schema-extract.js';

let schema: GraphQLSchema | undefined;

/** The served part of the Admin schema, built on first use. */
export function adminSchema(): GraphQLSchema {
  schema ??= buildSchema(SCHEMA_EXTRACT);
  return schema;
}
