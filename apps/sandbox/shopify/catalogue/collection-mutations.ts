import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../graphql/request-context.js';
import { textMistakes } from '../graphql/text-mistakes.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { addJob } from '../order-writes/jobs.js';
import { gid, numberOfGid } from '../views/gid.js';
import { catalogueSlice, saveCollection } from './catalogue-slice.js';
import { collectionPayload } from './payloads.js';
import { freeHandle, handleOf, sameHandle, type Collection } from './product.js';
import { collectionView } from './views.js';
import { wholeSecondOf } from './write-context.js';

interface CollectionInput {
  readonly id?: string | null;
  readonly title?: string | null;
  readonly handle?: string | null;
  readonly descriptionHtml?: string | null;
  readonly sortOrder?: string | null;
  readonly templateSuffix?: string | null;
  readonly image?: { readonly src?: string | null; readonly altText?: string | null } | null;
  readonly seo?: { readonly title?: string | null; readonly description?: string | null } | null;
}

/** Recorded of products; that collections are refused alike is believed. */
function mistakesOf(
  input: CollectionInput,
  before: Collection | undefined,
  { data }: RequestContext,
): readonly UserError[] {
  const mistakes: UserError[] = [];
  const { title, handle } = input;
  if (before === undefined ? !title?.trim() : title !== undefined && !title?.trim()) {
    mistakes.push(userError(['title'], "Title can't be blank"));
  }
  mistakes.push(
    ...textMistakes([
      [['title'], 'Title', title],
      [['handle'], 'Handle', handle],
    ]),
  );
  const others = catalogueSlice.read(data).collections.filter((one) => one !== before);
  if (handle && others.some((one) => sameHandle(one.handle, handleOf(handle)))) {
    mistakes.push(userError(['handle'], 'Handle has already been taken'));
  }
  return mistakes;
}

function changed(before: Collection, input: CollectionInput, context: RequestContext): Collection {
  const { image, seo } = input;
  return {
    ...before,
    title: input.title ?? before.title,
    handle: input.handle ? handleOf(input.handle) : before.handle,
    descriptionHtml: input.descriptionHtml ?? before.descriptionHtml,
    sortOrder: input.sortOrder ?? before.sortOrder,
    templateSuffix: input.templateSuffix === undefined ? before.templateSuffix : input.templateSuffix,
    image: image?.src ? { url: image.src, altText: image.altText ?? null } : before.image,
    seo: seo
      ? { title: seo.title ?? before.seo.title, description: seo.description ?? before.seo.description }
      : before.seo,
    updatedAt: wholeSecondOf(context),
  };
}

interface Arguments {
  readonly collection?: CollectionInput | null;
}

function collectionCreate({ collection: input }: Arguments, context: RequestContext) {
  const given = input ?? {};
  const userErrors = mistakesOf(given, undefined, context);
  if (userErrors.length > 0) return { collection: null, userErrors };
  const taken = catalogueSlice.read(context.data).collections.map(({ handle }) => handle);
  const blank: Collection = {
    ...{ id: context.data.nextId(), title: '', handle: freeHandle(handleOf(given.title ?? ''), taken) },
    ...{ descriptionHtml: '', sortOrder: 'BEST_SELLING', updatedAt: 0, smart: false, image: null, productIds: [] },
    ...{ seo: { title: null, description: null }, templateSuffix: null },
  };
  const collection = changed(blank, given, context);
  saveCollection(context.data, collection);
  context.notify('COLLECTIONS_CREATE', collectionPayload(collection, context));
  return { collection: collectionView(collection, context), userErrors: [] };
}

const find = (globalId: string | null | undefined, { data }: RequestContext): Collection | undefined => {
  const id = numberOfGid(globalId ?? '', 'Collection');
  return catalogueSlice.read(data).collections.find((one) => one.id === id);
};

function collectionUpdate({ collection: input }: Arguments, context: RequestContext) {
  const given = input ?? {};
  const before = find(given.id, context);
  const refuse = (userErrors: readonly UserError[]) => ({ collection: null, job: null, userErrors });
  if (before === undefined) return refuse([userError(['id'], 'Collection does not exist')]);
  const mistakes = mistakesOf(given, before, context);
  if (mistakes.length > 0) return refuse(mistakes);
  const collection = changed(before, given, context);
  saveCollection(context.data, collection);
  context.notify('COLLECTIONS_UPDATE', collectionPayload(collection, context));
  // Not recorded: whether a change without products has a job too. Here it has, so that an app must be ready for one.
  const id = `gid://shopify/Job/${randomUUID()}`;
  addJob(context, { id });
  return { collection: collectionView(collection, context), job: { id, done: false }, userErrors: [] };
}

function collectionDelete({ input }: { readonly input: { readonly id: string } }, context: RequestContext) {
  const collection = find(input.id, context);
  if (collection === undefined) {
    return { deletedCollectionId: null, userErrors: [userError(['id'], 'Collection does not exist')] };
  }
  catalogueSlice.update(context.data, (state) => ({
    ...state,
    collections: state.collections.filter(({ id }) => id !== collection.id),
  }));
  context.notify('COLLECTIONS_DELETE', {
    ...{ id: collection.id, admin_graphql_api_id: gid('Collection', collection.id), published_scope: 'web' },
  });
  return { deletedCollectionId: gid('Collection', collection.id), userErrors: [] };
}

/** The fields of Mutation that write collections. */
export const collectionMutations = { collectionCreate, collectionUpdate, collectionDelete };
