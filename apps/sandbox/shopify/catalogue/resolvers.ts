/** The catalogue's fields of QueryRoot and Mutation. */
export const catalogueResolvers = {};
