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
 * Checks that the token may see a type or field.
 * @param what a type, or a field as `Type.field`
 * @throws {GraphQLError} ACCESS_DENIED, shaped as recorded from the Admin API
 */
export function requireAccess(what: string, field: string, context: Pick<RequestContext, 'scopes'>): void {
  const required = ACCESS_REQUIREMENTS[what] ?? MORE_REQUIREMENTS[what];
  if (required?.some((scope) => grants(context.scopes, scope)) !== false) return;
  const requiredAccess = printRequirement(required);
  throw graphqlFailure('ACCESS_DENIED', `Access denied for ${field} field. Required access: ${requiredAccess}`, {
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess,
  });
}

/** docs: https://shopify.dev/docs/api/usage/limits; a product may be set with all its variants at once. */
const MOST_ITEMS = 250;
const MOST_VARIANTS = 2_048;

function longestList(value: unknown): number {
  if (Array.isArray(value)) return Math.max(value.length, ...value.map(longestList));
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(0, ...Object.values(value).map(longestList));
}

/** The code and the message are Shopify's; where the error stands in the answer is not recorded. */
function refuseLongLists(field: string, args: unknown): void {
  const size = longestList(args);
  const most = field === 'productSet' ? MOST_VARIANTS : MOST_ITEMS;
  if (size <= most) return;
  const message = `The input array size of ${size} is greater than the maximum allowed of ${most}.`;
  throw graphqlFailure('MAX_INPUT_SIZE_EXCEEDED', message);
}

/**
 * Resolves a field as graphql-js does by default, after checking that the token may see it and that no list given to it is too long.
 * @throws {GraphQLError} ACCESS_DENIED, MAX_INPUT_SIZE_EXCEEDED
 */
export const resolveWithAccess: GraphQLFieldResolver<unknown, RequestContext> = (source, args, context, info) => {
  const { fieldName, parentType } = info;
  const name = `${parentType.name}.${fieldName}`;
  const known = Object.hasOwn(ACCESS_REQUIREMENTS, name) || Object.hasOwn(MORE_REQUIREMENTS, name);
  requireAccess(known ? name : recordType(getNamedType(info.returnType)), fieldName, context);
  if (info.path.prev === undefined) refuseLongLists(fieldName, args);
  return defaultFieldResolver(source, args, context, info);
};
