import { catalogueQueries } from './catalogue-queries.js';

/** The catalogue's fields of QueryRoot and Mutation. */
export const catalogueResolvers = { ...catalogueQueries };
