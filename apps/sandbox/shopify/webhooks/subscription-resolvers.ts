import { z } from 'zod';
import { NEWEST_VERSION, publicVersions } from '../api-versions.js';
import { connection, type PageArguments } from '../graphql/connection.js';
import { printMoment } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { userError, type UserError } from '../graphql/user-errors.js';
import { gid, numberOfGid } from '../views/gid.js';
import { isLoopback } from '../../loopback.js';
import { webhooksSlice, type Subscription } from './webhooks-slice.js';

const inputSchema = z.object({
  uri: z.string().nullish(),
  callbackUrl: z.string().nullish(),
  format: z.string().nullish(),
  filter: z.string().nullish(),
  includeFields: z.array(z.string()).nullish(),
  metafieldNamespaces: z.array(z.string()).nullish(),
  name: z.string().nullish(),
});

type Input = z.infer<typeof inputSchema>;

/** recorded: whatever the address is called in the input, the field at fault is this. */
const FIELD = ['webhookSubscription', 'callbackUrl'];
const CLOUD = /^(arn:aws:events:|pubsub:\/\/)/;
const OWN_DOMAINS = /(^|\.)(shopify\.com|myshopify\.com|shopifycloud\.com)$/;

function versionView() {
  return publicVersions().find(({ handle }) => handle === NEWEST_VERSION) ?? null;
}

function view(one: Subscription) {
  return {
    ...one,
    id: gid('WebhookSubscription', one.id),
    legacyResourceId: String(one.id),
    callbackUrl: one.uri,
    createdAt: printMoment(one.createdAt),
    updatedAt: printMoment(one.updatedAt),
    apiVersion: versionView(),
    endpoint: { __typename: 'WebhookHttpEndpoint', callbackUrl: one.uri },
  };
}

/** recorded messages */
function addressMistake(uri: string, { allowLoopbackWebhooks }: RequestContext): string | undefined {
  if (uri === '') return "Address can't be blank";
  if (CLOUD.test(uri)) return undefined;
  if (!URL.canParse(uri)) return 'Address is invalid';
  const { protocol, hostname } = new URL(uri);
  if (isLoopback(uri)) {
    return allowLoopbackWebhooks ? undefined : 'Address cannot be a Shopify or an internal domain';
  }
  if (protocol !== 'https:') return `Address protocol ${protocol}// is not supported`;
  return OWN_DOMAINS.test(hostname) ? 'Address cannot be a Shopify or an internal domain' : undefined;
}

function own({ data, app }: RequestContext): readonly Subscription[] {
  return webhooksSlice.read(data).subscriptions.filter(({ clientId }) => clientId === app.clientId);
}

function isTaken(
  one: Pick<Subscription, 'id' | 'topic' | 'uri' | 'filter' | 'name'>,
  context: RequestContext,
): boolean {
  return own(context).some(
    ({ id, topic, uri, filter, name }) =>
      id !== one.id && topic === one.topic && uri === one.uri && filter === one.filter && name === one.name,
  );
}

function refuse(error: UserError) {
  return { webhookSubscription: null, userErrors: [error] };
}

function apply(before: Subscription, input: Input, context: RequestContext) {
  const after: Subscription = {
    ...before,
    uri: input.uri ?? input.callbackUrl ?? before.uri,
    format: input.format ?? before.format,
    filter: input.filter === undefined ? before.filter : input.filter,
    includeFields: input.includeFields ?? before.includeFields,
    metafieldNamespaces: input.metafieldNamespaces ?? before.metafieldNamespaces,
    name: input.name === undefined ? before.name : input.name,
    updatedAt: context.now.getTime(),
  };
  const mistake = addressMistake(after.uri, context);
  if (mistake !== undefined) return refuse(userError(FIELD, mistake));
  if (isTaken(after, context)) return refuse(userError(FIELD, 'Address for this topic has already been taken'));
  webhooksSlice.update(context.data, (state) => ({
    ...state,
    subscriptions: [...state.subscriptions.filter(({ id }) => id !== after.id), after],
  }));
  return { webhookSubscription: view(after), userErrors: [] };
}

interface Change {
  readonly webhookSubscription: unknown;
}

function create({ topic, webhookSubscription }: Change & { readonly topic: string }, context: RequestContext) {
  const at = context.now.getTime();
  const empty: Subscription = {
    id: context.data.nextId(),
    clientId: context.app.clientId,
    topic,
    uri: '',
    format: 'JSON',
    filter: null,
    includeFields: [],
    metafieldNamespaces: [],
    name: null,
    createdAt: at,
    updatedAt: at,
    failures: 0,
  };
  return apply(empty, inputSchema.parse(webhookSubscription), context);
}

function find(globalId: string, context: RequestContext): Subscription | undefined {
  const id = numberOfGid(globalId, 'WebhookSubscription');
  return own(context).find((one) => one.id === id);
}

/** recorded message */
const MISSING = userError(['id'], 'Webhook subscription does not exist');

function update({ id, webhookSubscription }: Change & { readonly id: string }, context: RequestContext) {
  const before = find(id, context);
  if (before === undefined) return refuse(MISSING);
  return apply(before, inputSchema.parse(webhookSubscription), context);
}

function remove({ id: globalId }: { readonly id: string }, context: RequestContext) {
  const known = find(globalId, context);
  if (known === undefined) return { deletedWebhookSubscriptionId: null, userErrors: [MISSING] };
  webhooksSlice.update(context.data, ({ subscriptions, queue }) => ({
    subscriptions: subscriptions.filter(({ id }) => id !== known.id),
    queue: queue.filter(({ subscriptionId }) => subscriptionId !== known.id),
  }));
  return { deletedWebhookSubscriptionId: globalId, userErrors: [] };
}

interface ListArguments extends PageArguments {
  readonly topics?: readonly string[] | null;
  readonly uri?: string | null;
  readonly callbackUrl?: string | null;
  readonly format?: string | null;
}

function list(args: ListArguments, context: RequestContext) {
  const uri = args.uri ?? args.callbackUrl ?? null;
  const items = own(context)
    .filter(({ topic }) => !args.topics || args.topics.includes(topic))
    .filter((one) => uri === null || one.uri === uri)
    .filter(({ format }) => !args.format || args.format === format);
  return connection({ items, idOf: ({ id }) => id, view }, args);
}

/** The fields of QueryRoot and Mutation about webhook subscriptions. An app sees its own only. */
export const subscriptionResolvers = {
  webhookSubscriptions: list,
  webhookSubscription: ({ id }: { readonly id: string }, context: RequestContext) => {
    const known = find(id, context);
    return known === undefined ? null : view(known);
  },
  webhookSubscriptionsCount: (_args: unknown, context: RequestContext) => ({
    count: own(context).length,
    precision: 'EXACT',
  }),
  webhookSubscriptionCreate: create,
  webhookSubscriptionUpdate: update,
  webhookSubscriptionDelete: remove,
  appUninstall: (_args: unknown, context: RequestContext) => {
    context.uninstall();
    return { app: { id: gid('App', 70_411_009) }, userErrors: [] };
  },
};
