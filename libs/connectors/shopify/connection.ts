import type { JsonValue } from '#contract';
import { z } from 'zod';

/** One page of a GraphQL connection. */
export interface Rows<T> {
  readonly nodes: readonly T[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Any value; the answer was parsed from JSON, so it can be nothing else. */
export const json: z.ZodType<JsonValue> = z.custom<JsonValue>((value) => value !== undefined);

/**
 * Reads a connection asked for by `nodes`, as this connector does, or by `edges { node }`, as recordings of others do.
 * One without `pageInfo` counts as whole.
 */
export function connection<T>(node: z.ZodType<T>): z.ZodType<Rows<T>> {
  const pageInfo = z.object({ hasNextPage: z.boolean().optional(), endCursor: z.string().nullish() }).nullish();
  return z
    .preprocess(edgesToNodes, z.object({ nodes: z.array(node), pageInfo }))
    .transform(({ nodes, pageInfo: info }) => ({
      nodes,
      hasNextPage: info?.hasNextPage ?? false,
      endCursor: info?.endCursor ?? null,
    }));
}

function edgesToNodes(value: unknown): unknown {
  const edges = z.object({ edges: z.array(z.object({ node: json })) }).safeParse(value);
  if (!edges.success || typeof value !== 'object' || value === null || 'nodes' in value) return value;
  return { ...value, nodes: edges.data.edges.map(({ node }) => node) };
}

/** Whether any connection inside a record goes on after what was sent. */
export function isCutShort(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ('hasNextPage' in value && value.hasNextPage === true) || Object.values(value).some(isCutShort);
}
