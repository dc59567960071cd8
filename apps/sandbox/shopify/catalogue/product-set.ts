import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid } from '../views/gid.js';
import { catalogueSlice, saveCollection, saveProduct } from './catalogue-slice.js';
import { productPayload } from './payloads.js';
import { sameHandle, type Product, type ProductOption, type Variant } from './product.js';
import { blankProduct, productMistakes, productOf, withFields, type ProductInput } from './product-mutations.js';
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

function variantMistakes(
  { variants, productOptions }: SetInput,
  options: readonly ProductOption[],
  context: RequestContext,
) {
  const mistakes: UserError[] = [];
  if (productOptions && !variants) {
    const message = 'Variants input is required when updating product options';
    mistakes.push(userError(['input', 'variants'], message, 'VARIANTS_INPUT_REQUIRED'));
  }
  const seen: { readonly values: readonly string[] }[] = [];
  variants?.forEach((input, index) => {
    const place = ['input', 'variants', index];
    mistakes.push(...valueMistakes(input, place, context).map((one) => ({ ...one, code: 'INVALID_VARIANT' })));
    const chosen = chosenValues(input, options);
    const values = chosen.map((value) => value ?? '');
    if (chosen.includes(undefined)) {
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

function productSet({ identifier, input, synchronous }: Arguments, context: RequestContext) {
  const refuse = (userErrors: readonly UserError[]) => ({ product: null, productSetOperation: null, userErrors });
  const { handle } = identifier ?? {};
  const { products } = catalogueSlice.read(context.data);
  const id = identifier?.id ?? input.id;
  const before = handle ? products.find((one) => sameHandle(one.handle, handle)) : productOf(id, context);
  if (before === undefined && id) {
    return refuse([userError(['input'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')]);
  }
  const named = handle && !input.handle ? { ...input, handle } : input;
  const own = productMistakes(named, before, context);
  // recorded: below `input`, with a code
  const coded = own.map((one) =>
    userError(['input', ...(one.field ?? []).filter((part) => part !== 'input')], one.message, 'INVALID_INPUT'),
  );
  const base = before ?? blankProduct(named, context);
  const options = optionsOfInput(base, input, context);
  const mistakes = [...coded, ...variantMistakes(input, options, context)];
  if (mistakes.length > 0) return refuse(mistakes);
  const variants = input.variants?.length ? variantsOfInput(base, input.variants, options, context) : base.variants;
  const product = { ...withFields(base, named, context), options: optionsOf(options, variants, context), variants };
  saveProduct(context.data, product);
  setCollections(product, input.collections, context);
  context.notify(before === undefined ? 'PRODUCTS_CREATE' : 'PRODUCTS_UPDATE', productPayload(product, context));
  const view = productView(product, context);
  if (synchronous !== false) return { product: view, productSetOperation: null, userErrors: [] };
  const operation = { id: gid('ProductSetOperation', product.id), status: 'COMPLETE', product: view, userErrors: [] };
  return { product: null, productSetOperation: operation, userErrors: [] };
}

/** The field of Mutation that makes a product what the input says. */
export const productSetMutation = { productSet };
