import { GraphQLError } from 'graphql';

/** A top-level error as Shopify shapes it: a message and `extensions.code`. */
export function graphqlFailure(code: string, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}
