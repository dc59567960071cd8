import type { RequestContext } from '../graphql/request-context.js';
import { textMistakes } from '../graphql/text-mistakes.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { catalogueSlice } from './catalogue-slice.js';
import { handleOf, sameHandle, type Product } from './product.js';
import type { ProductInput } from './product-input.js';

const MOST_CHARACTERS = 255;
/** docs: https://shopify.dev/docs/api/admin-graphql/latest/mutations/productCreate */
const MOST_OPTIONS = 3;
/** docs: the same page; a product has at most this many variants. */
export const MOST_VARIANTS = 2_048;

const TEXTS = [
  ['title', 'Title'],
  ['vendor', 'Vendor'],
  ['productType', 'Product type'],
  ['handle', 'Handle'],
] as const;

function handleMistakes(
  { handle }: ProductInput,
  before: Product | undefined,
  { data }: RequestContext,
): readonly UserError[] {
  const others = catalogueSlice.read(data).products.filter((one) => one !== before);
  if (!handle || !others.some((one) => sameHandle(one.handle, handleOf(handle)))) return [];
  return [userError(['input', 'handle'], `Handle '${handle}' already in use. Please provide a new handle.`)];
}

/** What is wrong with a product's own fields; wordings recorded, but for that of a NUL and of tags. */
export function productMistakes(
  input: ProductInput,
  before: Product | undefined,
  context: RequestContext,
): readonly UserError[] {
  const unsaid = before !== undefined && input.title === undefined;
  const titleless = !unsaid && !input.title?.trim();
  const longTag = input.tags?.some((tag) => tag.length > MOST_CHARACTERS || tag.includes('\u0000')) === true;
  return [
    ...(titleless ? [userError(['title'], "Title can't be blank")] : []),
    ...textMistakes(TEXTS.map(([field, name]) => [[field], name, input[field]] as const)),
    ...(longTag ? [userError(['tags'], 'Product tags is invalid')] : []),
    ...handleMistakes(input, before, context),
  ];
}

interface OptionInput {
  readonly name?: string | null;
  readonly values?: readonly { readonly name?: string | null }[] | null;
}

const hasTwins = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size < names.length;

function oneOption({ name, values }: OptionInput, place: readonly (string | number)[]): readonly UserError[] {
  const names = (values ?? []).map((value) => value.name ?? '');
  const own = (field: string, message: string, code: string) => [userError([...place, field], message, code)];
  if (!name?.trim()) return own('name', 'Each option must have a name specified.', 'INVALID_INPUT');
  if (name.length > MOST_CHARACTERS) return own('name', 'Option name is too long.', 'INVALID_INPUT');
  if (names.length === 0) {
    return own('values', 'Each option must have at least one option value specified.', 'OPTION_VALUES_MISSING');
  }
  if (names.some((one) => !one.trim())) return own('values', 'Option value name is too short.', 'INVALID_INPUT');
  if (names.some((one) => one.length > MOST_CHARACTERS)) {
    return own('values', 'Option value name is too long.', 'INVALID_INPUT');
  }
  return hasTwins(names) ? own('values', 'Duplicated option value.', 'DUPLICATED_OPTION_VALUE') : [];
}

/** What is wrong with a product's options; the wordings are the schema's descriptions of the codes, the places are not recorded. */
export function optionMistakes(
  options: readonly OptionInput[] | null | undefined,
  place: readonly string[],
): readonly UserError[] {
  if (!options) return [];
  if (options.length > MOST_OPTIONS) {
    return [userError(place, `Can only specify a maximum of ${MOST_OPTIONS} options`, 'OPTIONS_OVER_LIMIT')];
  }
  if (hasTwins(options.map(({ name }) => name ?? ''))) {
    return [userError(place, 'Duplicated option name.', 'DUPLICATED_OPTION_NAME')];
  }
  return options.flatMap((option, index) => oneOption(option, [...place, index]));
}
