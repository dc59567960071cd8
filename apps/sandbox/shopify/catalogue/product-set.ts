import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid, numberOfGid } from '../views/gid.js';
import { catalogueSlice, saveCollection, saveProduct } from './catalogue-slice.js';
import { tellProduct } from './payloads.js';
import { sameHandle, type Product, type ProductOption, type Variant } from './product.js';
import { MOST_VARIANTS, optionMistakes, productMistakes } from './product-mistakes.js';
import type { ProductInput } from './product-input.js';
import { blankProduct, productOf, withFields } from './product-mutations.js';
import {
  blankVariant,
  chosenValues,
  optionsOf,
  sameValues,
  valueMistakes,
  withInput,
  type VariantInput,
} from './variant-inputs.js';
import { productView } from './views.js';

interface SetInput extends ProductInput {
  readonly collections?: readonly string[] | null;
  readonly variants?: readonly VariantInput[] | null;
}

interface Arguments {
  readonly identifier?: { readonly id?: string | null; readonly handle?: string | null } | null;
  readonly input: SetInput;
  readonly synchronous?: boolean | null;
}

function optionsOfInput(
  before: Product,
  { productOptions }: SetInput,
  context: RequestContext,
): readonly ProductOption[] {
  if (!productOptions) return before.options;
  return productOptions.map(({ name }) => {
    const known = before.options.find((option) => option.name === name);
    return known ?? { id: context.data.nextId(), name: name ?? '', values: [] };
  });
}

/** docs: variants that are not in the list are deleted; one is known again by its id or by its option values. */
function variantsOfInput(
  before: Product,
  inputs: readonly VariantInput[],
  options: readonly ProductOption[],
  context: RequestContext,
): readonly Variant[] {
  return inputs.map((input) => {
    const values = chosenValues(input, options).map((value) => value ?? '');
    const known = before.variants.find((one) =>
      input.id ? gid('ProductVariant', one.id) === input.id : sameValues(one, { values }),
    );
    return withInput({ ...(known ?? blankVariant(context, values)), values }, input, context);
  });
}

/** The wordings are the schema's descriptions of the codes; the places are not recorded. */
function variantMistakes(
  { variants, productOptions }: SetInput,
  options: readonly ProductOption[],
  context: RequestContext,
): readonly UserError[] {
  const mistakes: UserError[] = [];
  if (productOptions && !variants) {
    mistakes.push(
      userError(['input', 'variants'], 'Must specify variants when updating options.', 'VARIANTS_INPUT_MISSING'),
    );
  }
  if ((variants?.length ?? 0) > MOST_VARIANTS) {
    const message = 'Number of product variants exceeds shop limit.';
    return [userError(['input', 'variants'], message, 'VARIANTS_OVER_LIMIT')];
  }
  const seen: { readonly values: readonly string[] }[] = [];
  variants?.forEach((input, index) => {
    const place = ['input', 'variants', index];
    mistakes.push(...valueMistakes(input, place, context).map((one) => ({ ...one, code: 'INVALID_VARIANT' })));
    const chosen = chosenValues(input, options);
    const values = chosen.map((value) => value ?? '');
    if (chosen.some((value) => !value?.trim())) {
      mistakes.push(userError([...place, 'optionValues'], 'Option value name is too short', 'INVALID_VARIANT'));
    } else if (seen.some((one) => sameValues(one, { values }))) {
      const message = `The variant '${values.join(' / ')}' already exists. Please change at least one option value.`;
      mistakes.push(userError(place, message, 'INVALID_VARIANT'));
    }
    seen.push({ values });
  });
  return mistakes;
}

function setCollections(
  product: Product,
  collections: readonly string[] | null | undefined,
  context: RequestContext,
): void {
  if (!collections) return;
  for (const collection of catalogueSlice.read(context.data).collections) {
    const wanted = collections.includes(gid('Collection', collection.id));
    const without = collection.productIds.filter((id) => id !== product.id);
    saveCollection(context.data, { ...collection, productIds: wanted ? [...without, product.id] : without });
  }
}

/** The product an input means: by identifier, or by the input's own id. */
function meant({ identifier, input }: Arguments, context: RequestContext): Product | undefined {
  const { handle } = identifier ?? {};
  if (!handle) return productOf(identifier?.id ?? input.id, context);
  return catalogueSlice.read(context.data).products.find((one) => sameHandle(one.handle, handle));
}

/** Whether an input names a product that must exist. */
const namesOne = ({ identifier, input }: Arguments): boolean => Boolean(identifier?.id ?? input.id);

/** Below `input` and with a code: the schema's, where it has one for the mistake; neither place nor code is recorded. */
function ownMistakes(input: SetInput, before: Product | undefined, context: RequestContext): readonly UserError[] {
  return productMistakes(input, before, context).map(({ field, message }) => {
    const path = (field ?? []).filter((part) => part !== 'input');
    const code = message.includes('already in use') ? 'HANDLE_NOT_UNIQUE' : 'INVALID_INPUT';
    return userError(['input', ...path], message, code);
  });
}

function save(before: Product | undefined, product: Product, input: SetInput, context: RequestContext): object {
  saveProduct(context.data, product);
  setCollections(product, input.collections, context);
  tellProduct(product, before, context);
  return productView(product, context);
}

function productSet(args: Arguments, context: RequestContext) {
  const { identifier, input, synchronous } = args;
  const refuse = (userErrors: readonly UserError[]) => ({ product: null, productSetOperation: null, userErrors });
  const before = meant(args, context);
  if (before === undefined && namesOne(args)) {
    return refuse([userError(['input'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')]);
  }
  const named = identifier?.handle && !input.handle ? { ...input, handle: identifier.handle } : input;
  const base = before ?? blankProduct(named, context);
  const options = optionsOfInput(base, input, context);
  const mistakes = [
    ...ownMistakes(named, before, context),
    ...optionMistakes(input.productOptions, ['input', 'productOptions']),
    ...variantMistakes(input, options, context),
  ];
  if (mistakes.length > 0) return refuse(mistakes);
  const variants = input.variants?.length ? variantsOfInput(base, input.variants, options, context) : base.variants;
  const product = { ...withFields(base, named, context), options: optionsOf(options, variants, context), variants };
  const view = save(before, product, input, context);
  if (synchronous !== false) return { product: view, productSetOperation: null, userErrors: [] };
  return { product: null, productSetOperation: operationView(product.id, view), userErrors: [] };
}

function operationView(id: number, product: unknown) {
  const own = { id: gid('ProductSetOperation', id), status: 'COMPLETE', userErrors: [] };
  return { __typename: 'ProductSetOperation', ...own, product };
}

/** The field of QueryRoot that tells how a `productSet` in the background went: here it is done at once. */
export const productOperationQuery = {
  productOperation: ({ id }: { readonly id: string }, context: RequestContext) => {
    const number = numberOfGid(id, 'ProductSetOperation');
    const product = number === undefined ? undefined : productOf(gid('Product', number), context);
    return number === undefined || product === undefined ? null : operationView(number, productView(product, context));
  },
};

/** The field of Mutation that makes a product what the input says. */
export const productSetMutation = { productSet };
