import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type GraphQLSchema, type IntrospectionQuery, buildClientSchema, buildSchema } from 'graphql';

/** The whole schema, where the platform's own description lies beside the repository; it is not ours to publish. */
const WHOLE = new URL('../../../../../shared/specs/shopify/admin_2026-10.json.gz', import.meta.url);
/** The part of it the sandbox serves. */
const EXTRACT = new URL('../../../../apps/sandbox/shopify/schema-extract.ts', import.meta.url);

export interface AdminSchema {
  readonly source: 'whole schema' | 'extract of the sandbox' | 'missing schema';
  readonly schema: GraphQLSchema;
}

export async function loadAdminSchema(): Promise<AdminSchema> {
  if (existsSync(WHOLE)) {
    const { data } = JSON.parse(gunzipSync(readFileSync(WHOLE)).toString()) as { data: IntrospectionQuery };
    return { source: 'whole schema', schema: buildClientSchema(data) };
  }
  if (existsSync(EXTRACT)) {
    const { SCHEMA_EXTRACT } = (await import(EXTRACT.href)) as { SCHEMA_EXTRACT: string };
    return { source: 'extract of the sandbox', schema: buildSchema(SCHEMA_EXTRACT) };
  }
  return { source: 'missing schema', schema: buildSchema('type Query { none: Int }') };
}
