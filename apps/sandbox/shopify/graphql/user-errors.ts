/** A mutation's refusal, as the payload's `userErrors` list it. A type without `code` simply does not show it. */
export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string;
}

/** @param field path of the argument at fault, or null */
export function userError(field: readonly (string | number)[] | null, message: string, code?: string): UserError {
  return { field: field === null ? null : field.map(String), message, ...(code === undefined ? {} : { code }) };
}
