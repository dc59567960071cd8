import {
  type ConnectedStore,
  GatewayError,
  type WebhookRegistration,
  type WebhookSubscription,
  type WriteOperation,
  type Written,
} from '#contract';
import { graphql, mapOne, type RecordReading, utcInstant } from '#kit';
import { z } from 'zod';
import { connection, json } from './connection.js';
import { GRAPHQL_PATH, connectionCost } from './documents.js';
import { globalId } from './global-id.js';
import { listOf } from './list.js';
import { mutate } from './mutate.js';
import { orderId } from './order-mapper.js';
import { subscriptionTopic, wireTopic } from './webhook-topics.js';

const FIELDS = 'id topic uri createdAt updatedAt';

export const WEBHOOKS = `query Webhooks($first: Int!, $after: String) {
  webhookSubscriptions(first: $first, after: $after, sortKey: CREATED_AT) {
    nodes { ${FIELDS} }
    pageInfo { hasNextPage endCursor }
  }
}
`;

export const WEBHOOKS_AT = `query WebhooksAt($topics: [WebhookSubscriptionTopic!]!, $uri: String!) {
  webhookSubscriptions(first: 10, topics: $topics, uri: $uri) { nodes { ${FIELDS} } }
}
`;

export const WEBHOOK_CREATE = `mutation WebhookCreate($topic: WebhookSubscriptionTopic!, $sub: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $sub) {
    webhookSubscription { ${FIELDS} }
    userErrors { field message }
  }
}
`;

export const WEBHOOK_DELETE = `mutation WebhookDelete($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}
`;

/** A subscription is an object of scalars. */
export const WEBHOOK_COST = { inPage: 1 } as const;

const subscription = z.object({
  id: z.string().min(1),
  topic: z.string(),
  uri: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
type Subscription = z.infer<typeof subscription>;

/** One that fails too often is deleted by the platform, so that what is there is active. */
const reading: RecordReading<Subscription, WebhookSubscription> = {
  schema: subscription,
  map: ({ id, topic, uri, createdAt, updatedAt }) => ({
    platformId: id,
    topic: wireTopic(topic),
    address: uri,
    status: 'active',
    createdAt: utcInstant(createdAt),
    updatedAt: utcInstant(updatedAt),
  }),
  identify: orderId,
};

/** Only those made through the API by this app; those of its configuration are not shown. */
export const listWebhooks = listOf<object, Subscription, WebhookSubscription>({
  document: WEBHOOKS,
  path: ['webhookSubscriptions'],
  filters: {},
  sorts: ['createdAt'],
  maxPageSize: 100,
  nodeCost: WEBHOOK_COST.inPage,
  variables: () => ({}),
  reading,
});

export const registerWebhook: WriteOperation<WebhookRegistration, Written<WebhookSubscription>> = {
  repeat: {
    kind: 'sameEffect',
    why: 'A topic has one subscription at an address: a second one is refused, and the first one is answered.',
  },
  losses: {},
  async run(store, { topic, address }) {
    const named = subscriptionTopic(topic);
    try {
      const made = await mutate(store, {
        operation: 'webhooks.register',
        document: WEBHOOK_CREATE,
        root: 'webhookSubscriptionCreate',
        variables: { topic: named, sub: { uri: address, format: 'JSON' } },
        answer: z.object({ webhookSubscription: json }),
      });
      return mapOne('shopify', 'webhooks.register', made.webhookSubscription, reading);
    } catch (error) {
      // Recorded: "Address for this topic has already been taken".
      const existing = GatewayError.is(error, 'conflict') ? await find(store, named, address) : undefined;
      if (existing === undefined) throw error;
      return existing;
    }
  },
};

async function find(
  store: ConnectedStore,
  topic: string,
  uri: string,
): Promise<Written<WebhookSubscription> | undefined> {
  const { webhookSubscriptions } = await graphql(store, {
    path: GRAPHQL_PATH,
    document: WEBHOOKS_AT,
    variables: { topics: [topic], uri },
    effect: 'read',
    expect: z.object({ webhookSubscriptions: connection(json) }),
    cost: connectionCost(10, WEBHOOK_COST.inPage),
  });
  const found = webhookSubscriptions.nodes.map((raw) => mapOne('shopify', 'webhooks.register', raw, reading));
  return found.find(({ record }) => record.address === uri && subscriptionTopic(record.topic) === topic);
}

export const removeWebhook: WriteOperation<{ readonly platformId: string }, null> = {
  repeat: { kind: 'sameEffect', why: 'A subscription that is gone stays gone.' },
  losses: {},
  async run(store, { platformId }) {
    await mutate(store, {
      operation: 'webhooks.remove',
      document: WEBHOOK_DELETE,
      root: 'webhookSubscriptionDelete',
      variables: { id: globalId('WebhookSubscription', platformId) },
      answer: z.unknown(),
    }).catch((error: unknown) => {
      if (!GatewayError.is(error, 'not_found')) throw error;
    });
    return null;
  },
};
