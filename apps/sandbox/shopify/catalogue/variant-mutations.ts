import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid } from '../views/gid.js';
import { saveProduct } from './catalogue-slice.js';
import { isStandalone, type Product, type Variant } from './product.js';
import { tellProduct } from './payloads.js';
import { MOST_VARIANTS } from './product-mistakes.js';
import { productOf } from './product-mutations.js';
import {
  blankVariant,
  chosenValues,
  sameValues,
  valueMistakes,
  withInput,
  withVariants,
  type VariantInput,
} from './variant-inputs.js';
import { productView, variantView } from './views.js';

interface Arguments {
  readonly productId: string;
  readonly variants: readonly VariantInput[];
  readonly strategy?: string | null;
  readonly allowPartialUpdates?: boolean | null;
}

/** The codes of this file's refusals are the schema's; that their wordings are Shopify's is believed, not recorded. */
const refused = (userErrors: readonly UserError[]) => ({ product: null, productVariants: null, userErrors });
const unknownProduct = () => refused([userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST')]);

function answer(
  before: Product,
  product: Product,
  variants: readonly Variant[],
  userErrors: readonly UserError[],
  context: RequestContext,
) {
  saveProduct(context.data, product);
  tellProduct(product, before, context);
  const own = new Set(variants.map(({ id }) => id));
  return {
    product: productView(product, context),
    productVariants: product.variants.filter(({ id }) => own.has(id)).map((one) => variantView(one, product, context)),
    userErrors,
  };
}

function optionMistakes(input: VariantInput, product: Product, index: number): readonly UserError[] {
  const known = (row: { readonly optionName?: string | null; readonly optionId?: string | null }): boolean =>
    product.options.some(({ id, name }) => row.optionName === name || row.optionId === gid('ProductOption', id));
  const place = ['variants', index, 'optionValues'];
  const foreign = input.optionValues?.findIndex((row) => !known(row)) ?? -1;
  return foreign < 0
    ? []
    : [userError([...place, foreign, 'optionName'], 'Option does not exist', 'OPTION_DOES_NOT_EXIST')];
}

interface Outcome {
  readonly made: readonly Variant[];
  readonly mistakes: readonly UserError[];
}

function created(args: Arguments, product: Product, before: readonly Variant[], context: RequestContext): Outcome {
  const made: Variant[] = [];
  const mistakes: UserError[] = [];
  args.variants.forEach((input, index) => {
    const place = ['variants', index];
    const own = [...valueMistakes(input, place, context)];
    const chosen = chosenValues(input, product.options);
    const values = chosen.filter((value) => value !== undefined);
    const missing = product.options[chosen.findIndex((value) => !value?.trim())];
    if (missing !== undefined) {
      const message = `You need to add option values for ${missing.name}`;
      own.push(userError([...place, 'optionValues'], message, 'NEED_TO_ADD_OPTION_VALUES'));
    } else if ([...before, ...made].some((one) => sameValues(one, { values }))) {
      const message = `The variant '${values.join(' / ')}' already exists. Please change at least one option value.`;
      own.push(userError(place, message, 'VARIANT_ALREADY_EXISTS'));
    }
    mistakes.push(...own);
    if (own.length === 0) made.push(withInput(blankVariant(context, values), input, context));
  });
  return { made, mistakes };
}

function productVariantsBulkCreate(args: Arguments, context: RequestContext) {
  const product = productOf(args.productId, context);
  if (product === undefined) return unknownProduct();
  const remove = args.strategy === 'REMOVE_STANDALONE_VARIANT' || (args.strategy ?? 'DEFAULT') === 'DEFAULT';
  // docs: the standalone variant goes by default only while it is the default one, and by the other strategy always
  const gone = args.strategy === 'REMOVE_STANDALONE_VARIANT' ? product.variants.length === 1 : isStandalone(product);
  const kept = remove && gone ? [] : product.variants;
  if (kept.length + args.variants.length > MOST_VARIANTS) {
    // Not recorded: neither the wording nor the code.
    return refused([userError(['variants'], 'Number of product variants exceeds shop limit.', 'INVALID')]);
  }
  const { made, mistakes } = created(args, product, kept, context);
  if (mistakes.length > 0) return refused(mistakes.map((one) => creationCode(one)));
  return answer(product, withVariants(product, [...kept, ...made], context), made, [], context);
}

/** An unknown option has no code of its own when creating. */
function creationCode(mistake: UserError): UserError {
  return mistake.code === 'OPTION_DOES_NOT_EXIST' ? { ...mistake, code: 'INVALID_INPUT' } : mistake;
}

function updated(args: Arguments, product: Product, context: RequestContext): Outcome {
  const mistakes: UserError[] = [];
  let variants = product.variants;
  args.variants.forEach((input, index) => {
    const before = variants.find(({ id }) => gid('ProductVariant', id) === input.id);
    const place = ['variants', index];
    if (before === undefined) {
      const [message, code] = input.id
        ? ['Product variant does not exist', 'PRODUCT_VARIANT_DOES_NOT_EXIST']
        : ['Product variant is missing ID attribute', 'PRODUCT_VARIANT_ID_MISSING'];
      mistakes.push(userError([...place, 'id'], message, code));
      return;
    }
    const own = [...valueMistakes(input, place, context), ...optionMistakes(input, product, index)];
    if (input.inventoryQuantities) {
      const message =
        'Inventory quantities can only be provided during create. To update inventory for existing variants, use inventoryAdjustQuantities.';
      own.push(userError([...place, 'inventoryQuantities'], message, 'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE'));
    }
    const values = chosenValues(input, product.options).map((value, option) => value ?? before.values[option] ?? '');
    if (variants.some((one) => one.id !== before.id && sameValues(one, { values }))) {
      const message = `The variant '${values.join(' / ')}' already exists. Please change at least one option value.`;
      own.push(userError(place, message, 'VARIANT_ALREADY_EXISTS'));
    }
    mistakes.push(...own);
    const after = withInput({ ...before, values }, input, context);
    if (own.length === 0) variants = variants.map((one) => (one.id === after.id ? after : one));
  });
  return { made: variants, mistakes };
}

function productVariantsBulkUpdate(args: Arguments, context: RequestContext) {
  const product = productOf(args.productId, context);
  if (product === undefined) return unknownProduct();
  const { made, mistakes } = updated(args, product, context);
  if (mistakes.length > 0 && args.allowPartialUpdates !== true) return refused(mistakes);
  const changed = made.filter((one) => !product.variants.includes(one));
  return answer(product, withVariants(product, made, context), changed, mistakes, context);
}

function productVariantsBulkDelete(
  { productId, variantsIds }: { readonly productId: string; readonly variantsIds: readonly string[] },
  context: RequestContext,
) {
  const product = productOf(productId, context);
  const refuse = (field: readonly (string | number)[], message: string, code: string) => ({
    product: null,
    userErrors: [userError(field, message, code)],
  });
  if (product === undefined) return refuse(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
  const known = product.variants.map(({ id }) => gid('ProductVariant', id));
  const foreign = variantsIds.findIndex((id) => !known.includes(id));
  if (foreign >= 0) {
    const message = 'At least one variant does not belong to the product';
    return refuse(['variantsIds', foreign], message, 'AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT');
  }
  const kept = product.variants.filter(({ id }) => !variantsIds.includes(gid('ProductVariant', id)));
  if (kept.length === 0) return refuse(['variantsIds'], 'Cannot delete the last variant', 'CANNOT_DELETE_LAST_VARIANT');
  return answer(product, withVariants(product, kept, context), [], [], context);
}

/** The fields of Mutation that write variants. */
export const variantMutations = { productVariantsBulkCreate, productVariantsBulkUpdate, productVariantsBulkDelete };
