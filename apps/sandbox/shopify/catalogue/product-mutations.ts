import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid, numberOfGid } from '../views/gid.js';
import { publicationIdOf } from './catalogue-queries.js';
import { catalogueSlice, saveCollection, saveProduct } from './catalogue-slice.js';
import { tellProduct } from './payloads.js';
import { DEFAULT_OPTION, freeHandle, handleOf, type Product, type ProductOption } from './product.js';
import { optionMistakes, productMistakes } from './product-mistakes.js';
import { blankVariant, defaultOptions } from './variant-inputs.js';
import { productView } from './views.js';
import { wholeSecondOf } from './write-context.js';
import type { ProductInput } from './product-input.js';

interface MediaInput {
  readonly alt?: string | null;
  readonly mediaContentType: string;
  readonly originalSource: string;
}

/** The product of that global id. */
export function productOf(globalId: string | null | undefined, { data }: Pick<RequestContext, 'data'>) {
  const id = numberOfGid(globalId ?? '', 'Product');
  return catalogueSlice.read(data).products.find((one) => one.id === id);
}

const tagsOf = (tags: readonly string[] | null | undefined): readonly string[] =>
  [...new Set((tags ?? []).map((tag) => tag.trim()).filter(Boolean))].sort();

/** The product with what the input says of its own fields. */
export function withFields(before: Product, input: ProductInput, context: RequestContext): Product {
  const seo = input.seo;
  return {
    ...before,
    title: input.title ?? before.title,
    handle: input.handle ? handleOf(input.handle) : before.handle,
    descriptionHtml: input.descriptionHtml ?? before.descriptionHtml,
    vendor: input.vendor ?? before.vendor,
    productType: input.productType ?? before.productType,
    status: input.status ?? before.status,
    tags: input.tags === undefined ? before.tags : tagsOf(input.tags),
    templateSuffix: input.templateSuffix === undefined ? before.templateSuffix : input.templateSuffix,
    seo: seo
      ? { title: seo.title ?? before.seo.title, description: seo.description ?? before.seo.description }
      : before.seo,
    updatedAt: wholeSecondOf(context),
  };
}

/** A product with nothing but its title. */
export function blankProduct(input: ProductInput, context: RequestContext): Product {
  const at = wholeSecondOf(context);
  const taken = catalogueSlice.read(context.data).products.map(({ handle }) => handle);
  const blank: Product = {
    ...{ id: context.data.nextId(), title: '', descriptionHtml: '', vendor: context.shop.name, productType: '' },
    handle: freeHandle(handleOf(input.title ?? ''), taken),
    ...{
      status: 'ACTIVE',
      tags: [],
      giftCard: input.giftCard === true,
      createdAt: at,
      updatedAt: at,
      publishedAt: null,
    },
    ...{ seo: { title: null, description: null }, templateSuffix: null, media: [] },
    options: defaultOptions(context),
    variants: [blankVariant(context, [DEFAULT_OPTION.value])],
  };
  return withFields(blank, input, context);
}

function withOptions(product: Product, { productOptions }: ProductInput, context: RequestContext): Product {
  if (!productOptions?.length) return product;
  const nextId = (): number => context.data.nextId();
  const options: readonly ProductOption[] = productOptions.map(({ name, values }) => ({
    id: nextId(),
    name: name ?? '',
    values: (values ?? []).map((value) => ({ id: nextId(), name: value.name ?? '' })),
  }));
  const first = options.map(({ values }) => values[0]?.name ?? '');
  return { ...product, options, variants: product.variants.map((variant) => ({ ...variant, values: first })) };
}

function withMedia(
  product: Product,
  media: readonly MediaInput[] | null | undefined,
  context: RequestContext,
): Product {
  const added = (media ?? []).map(({ alt, mediaContentType, originalSource }) => ({
    ...{ id: context.data.nextId(), alt: alt ?? '', type: mediaContentType, url: originalSource },
  }));
  return { ...product, media: [...product.media, ...added] };
}

function moveCollections(product: Product, input: ProductInput, context: RequestContext): void {
  const { collectionsToJoin: join, collectionsToLeave: leave } = input;
  for (const collection of catalogueSlice.read(context.data).collections) {
    const id = gid('Collection', collection.id);
    const without = collection.productIds.filter((one) => one !== product.id);
    if (join?.includes(id)) saveCollection(context.data, { ...collection, productIds: [...without, product.id] });
    else if (leave?.includes(id)) saveCollection(context.data, { ...collection, productIds: without });
  }
}

function collectionMistakes({ collectionsToJoin }: ProductInput, { data }: RequestContext): readonly UserError[] {
  const known = catalogueSlice.read(data).collections.map(({ id }) => gid('Collection', id));
  const missing = collectionsToJoin?.some((id) => !known.includes(id)) === true;
  return missing ? [userError(['collectionsToJoin'], 'Collection does not exist')] : [];
}

interface WriteArguments {
  readonly product?: ProductInput | null;
  readonly media?: readonly MediaInput[] | null;
}

const refused = (userErrors: readonly UserError[]) => ({ product: null, userErrors });

function productCreate({ product: input, media }: WriteArguments, context: RequestContext) {
  const given = input ?? {};
  const mistakes = [
    ...productMistakes(given, undefined, context),
    ...optionMistakes(given.productOptions, ['product', 'options']),
    ...collectionMistakes(given, context),
  ];
  if (mistakes.length > 0) return refused(mistakes);
  const product = withMedia(withOptions(blankProduct(given, context), given, context), media, context);
  saveProduct(context.data, product);
  moveCollections(product, given, context);
  tellProduct(product, undefined, context);
  return { product: productView(product, context), userErrors: [] };
}

function productUpdate({ product: input, media }: WriteArguments, context: RequestContext) {
  const given = input ?? {};
  const before = productOf(given.id, context);
  if (before === undefined) return refused([userError(['id'], 'Product does not exist')]);
  const mistakes = [...productMistakes(given, before, context), ...collectionMistakes(given, context)];
  if (mistakes.length > 0) return refused(mistakes);
  const product = withMedia(withFields(before, given, context), media, context);
  saveProduct(context.data, product);
  moveCollections(product, given, context);
  tellProduct(product, before, context);
  return { product: productView(product, context), userErrors: [] };
}

function productDelete({ input }: { readonly input: { readonly id: string } }, context: RequestContext) {
  const product = productOf(input.id, context);
  if (product === undefined) {
    return { deletedProductId: null, userErrors: [userError(['id'], 'Product does not exist')] };
  }
  catalogueSlice.update(context.data, ({ products, collections }) => ({
    products: products.filter(({ id }) => id !== product.id),
    collections: collections.map((one) => ({ ...one, productIds: one.productIds.filter((id) => id !== product.id) })),
  }));
  context.notify('PRODUCTS_DELETE', { id: product.id });
  return { deletedProductId: gid('Product', product.id), userErrors: [] };
}

interface PublishArguments {
  readonly id: string;
  readonly input: readonly { readonly publicationId?: string | null }[];
}

function publish(publishedAt: (at: number) => number | null) {
  return ({ id, input }: PublishArguments, context: RequestContext) => {
    const publication = gid('Publication', publicationIdOf(context));
    const foreign = input.findIndex(({ publicationId }) => publicationId !== publication);
    const place = ['input', String(foreign), 'publicationId'];
    if (foreign >= 0) return { userErrors: [userError(place, 'Publication does not exist or is not publishable')] };
    const product = productOf(id, context);
    const collection = catalogueSlice.read(context.data).collections.find((one) => gid('Collection', one.id) === id);
    if (product === undefined && collection === undefined) {
      return { userErrors: [userError(['id'], 'Resource does not exist')] };
    }
    if (product !== undefined) {
      const at = wholeSecondOf(context);
      const after = { ...product, publishedAt: publishedAt(at), updatedAt: at };
      saveProduct(context.data, after);
      tellProduct(after, product, context);
    }
    return { userErrors: [] };
  };
}

/** The fields of Mutation that write products. */
export const productMutations = {
  productCreate,
  productUpdate,
  productDelete,
  publishablePublish: publish((at) => at),
  publishableUnpublish: publish(() => null),
};
