import {
  defaultFieldResolver,
  getNamedType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
} from 'graphql';
import { ACCESS_REQUIREMENTS } from '../schema-extract.js';
import { graphqlFailure } from './graphql-failure.js';
import type { RequestContext } from './request-context.js';

/** What the schema's own list leaves out; docs: https://shopify.dev/docs/api/admin-graphql/latest/mutations/refundCreate */
const MORE_REQUIREMENTS: Readonly<Record<string, readonly string[]>> = {
  'Mutation.refundCreate': ['write_orders'],
};

/** Writing a resource implies reading it; docs: https://shopify.dev/docs/api/usage/access-scopes */
export function grants(scopes: readonly string[], wanted: string): boolean {
  return scopes.includes(wanted) || scopes.includes(wanted.replace(/^read_/, 'write_'));
}

function printRequirement(scopes: readonly string[]): string {
  const parts = scopes.map((scope) => `\`${scope}\` access scope`);
  const last = parts.pop() ?? '';
  return `${parts.length === 0 ? last : `${parts.join(', ')} or ${last}`}.`;
}

/** The type whose records a field gives: a connection stands for its nodes. */
function recordType(type: GraphQLNamedType): string {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return type.name;
  const nodes = type.getFields()['nodes'];
  return nodes === undefined ? type.name : getNamedType(nodes.type).name;
}

/**
 * Resolves a field as graphql-js does by default, after checking that the token may see it.
 * @throws {GraphQLError} ACCESS_DENIED, shaped as recorded from the Admin API
 */
export const resolveWithAccess: GraphQLFieldResolver<unknown, RequestContext> = (source, args, context, info) => {
  const name = `${info.parentType.name}.${info.fieldName}`;
  const own = ACCESS_REQUIREMENTS[name] ?? MORE_REQUIREMENTS[name];
  const required = own ?? ACCESS_REQUIREMENTS[recordType(getNamedType(info.returnType))];
  if (required !== undefined && !required.some((scope) => grants(context.scopes, scope))) {
    const requiredAccess = printRequirement(required);
    throw graphqlFailure(
      'ACCESS_DENIED',
      `Access denied for ${info.fieldName} field. Required access: ${requiredAccess}`,
      { documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess },
    );
  }
  return defaultFieldResolver(source, args, context, info);
};
