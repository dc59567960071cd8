import { userError, type UserError } from './user-errors.js';

const MOST_CHARACTERS = 255;

/** A text of an input: where it stands, what Shopify calls it, and what was given. */
export type GivenText = readonly [field: readonly (string | number)[], name: string, text: string | null | undefined];

/**
 * What is wrong with short texts. That they are limited to 255 characters, and the wording of it, is recorded; that a NUL is refused is
 * not: a database cannot keep it.
 */
export function textMistakes(
  texts: readonly GivenText[],
  codes: { long?: string; invalid?: string } = {},
): readonly UserError[] {
  return texts.flatMap(([field, name, given]) => {
    const text = given ?? '';
    if (text.length > MOST_CHARACTERS) {
      return [userError(field, `${name} is too long (maximum is ${MOST_CHARACTERS} characters)`, codes.long)];
    }
    return text.includes('\u0000') ? [userError(field, `${name} is invalid`, codes.invalid)] : [];
  });
}
