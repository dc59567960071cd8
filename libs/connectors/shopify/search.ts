/** A phrase, so that nothing in it is taken for syntax (docs: https://shopify.dev/docs/api/usage/search-syntax). */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/**
 * A bound in time. Whole seconds, the platform's resolution, widened so that nothing is missed. Quoted: an unquoted
 * instant is cut at its first colon and read in the shop's time zone (issue Shopify/shopify-api-ruby #588).
 */
export function time(field: string, comparator: '>=' | '<', instant: Date | undefined): string[] {
  if (instant === undefined) return [];
  const seconds = (comparator === '<' ? Math.ceil : Math.floor)(instant.getTime() / 1000);
  return [`${field}:${comparator}'${new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')}'`];
}

interface Times {
  readonly updatedSince?: Date | undefined;
  readonly createdSince?: Date | undefined;
  readonly createdUntil?: Date | undefined;
}

/** The bounds that nearly every list has, by the names nearly every search gives them. */
export function times({ updatedSince, createdSince, createdUntil }: Times): string[] {
  return [
    ...time('updated_at', '>=', updatedSince),
    ...time('created_at', '>=', createdSince),
    ...time('created_at', '<', createdUntil),
  ];
}

/** All terms together, or null for none: an empty query is an internal error there (airbyte PR #33827). */
export function allOf(terms: readonly string[]): string | null {
  return terms.length === 0 ? null : terms.join(' AND ');
}
