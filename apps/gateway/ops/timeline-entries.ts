import { z } from 'zod';
import { DEATHS, HEALTH_REASONS, isHealthReason } from '#contract';
import type { TIMELINE_KINDS, TIMELINE_TONES } from '#operator-api';
import type { CredentialTimes, EventRow, ListedAudit, PastAttempt, PastDelivery, StoreRow } from '#persistence';

/** Something that happened to a store. */
export interface PastThing {
  readonly id: string;
  readonly at: Date;
  readonly kind: (typeof TIMELINE_KINDS)[number];
  readonly tone: (typeof TIMELINE_TONES)[number];
  readonly text: string;
  readonly count: number;
}

type Told = Pick<PastThing, 'kind' | 'tone' | 'text'>;

const eventDetails = z
  .object({ to: z.string(), reason: z.string(), scopes: z.array(z.string()), why: z.string(), diesAt: z.string() })
  .partial()
  .catch({});

/** What the event log says of the store itself. */
export function ofEvent(event: Pick<EventRow, 'id' | 'type' | 'details' | 'createdAt'>): PastThing {
  return { id: `event ${event.id}`, at: event.createdAt, count: 1, ...toldByEvent(event.type, event.details) };
}

/** What is said of an event, by its type. */
const EVENTS: Readonly<Record<string, (details: z.infer<typeof eventDetails>) => Told>> = {
  'store.connected': () => ({ kind: 'connect', tone: 'good', text: 'The store was connected.' }),
  'store.revoked': () => ({ kind: 'connect', tone: 'bad', text: HEALTH_REASONS.appRemoved.sentence }),
  'store.healthChanged': ({ to = '', reason = '' }) => ({
    ...{ kind: 'health', tone: to === 'healthy' ? 'good' : 'bad', text: `Now ${to}: ${sentenceOf(reason)}` },
  }),
  'store.scopesLost': ({ scopes = [] }) => ({
    ...{ kind: 'health', tone: 'bad', text: `The grant lost ${scopes.join(', ')}.` },
  }),
  'store.scopesChanged': () => ({ kind: 'health', tone: 'neutral', text: 'The permissions of the grant changed.' }),
  'store.dying': ({ why = '', diesAt = '' }) => ({
    ...{ kind: 'health', tone: 'bad', text: `Dies at ${diesAt}: ${deathOf(why)}` },
  }),
  'store.webhooksRestored': () => ({
    ...{ kind: 'webhook', tone: 'neutral', text: 'Subscriptions were gone at the platform and were made again.' },
  }),
};

function toldByEvent(type: string, details: unknown): Told {
  const tell = EVENTS[type];
  if (tell === undefined) return { kind: 'health', tone: 'neutral', text: type };
  return tell(eventDetails.parse(details ?? {}));
}

function sentenceOf(reason: string): string {
  return isHealthReason(reason) ? HEALTH_REASONS[reason].sentence : reason;
}

function deathOf(why: string): string {
  const sentences: Readonly<Record<string, { readonly sentence: string }>> = DEATHS;
  return sentences[why]?.sentence ?? why;
}

/** Why a try to connect came to nothing. */
export function ofAttempt({ id, status, errorCode, errorMessage, createdAt }: PastAttempt): PastThing {
  const why = [errorCode, errorMessage].filter((part) => part !== null && part !== '').join(': ');
  const what = status === 'declined' ? 'The merchant did not agree to connect' : 'Connecting failed';
  const text = why === '' ? `${what}.` : `${what} (${why}).`;
  return { id: `attempt ${id}`, at: createdAt, kind: 'connect', tone: 'bad', text, count: 1 };
}

const DELIVERY_TONES: Readonly<Record<string, PastThing['tone']>> = { processed: 'good', failed: 'bad' };

export function ofDelivery({ id, topic, status, reason, receivedAt }: PastDelivery): PastThing {
  const text = `Delivery ${topic}: ${status}${status === 'failed' && reason !== null ? `, ${reason}` : ''}.`;
  return {
    id: `delivery ${id}`,
    at: receivedAt,
    kind: 'webhook',
    tone: DELIVERY_TONES[status] ?? 'neutral',
    text,
    count: 1,
  };
}

/** The last failures that were kept, of calls and of renewals, and the last renewal. */
export function ofErrors(store: StoreRow | undefined, credential: CredentialTimes | undefined): readonly PastThing[] {
  const renewed = credential?.lastRefreshedAt ?? null;
  return [
    ...ofError('call', 'error', 'A call failed', store),
    ...ofError('renewal', 'refresh', 'A renewal failed', credential),
    ...(renewed === null
      ? []
      : [
          {
            id: 'renewed',
            at: renewed,
            kind: 'refresh',
            tone: 'good',
            text: 'The token was renewed.',
            count: 1,
          } as const,
        ]),
  ];
}

function ofError(
  id: string,
  kind: PastThing['kind'],
  what: string,
  kept: Pick<StoreRow, 'lastErrorCode' | 'lastErrorMessage' | 'lastErrorAt'> | undefined,
): readonly PastThing[] {
  if (kept?.lastErrorCode == null || kept.lastErrorAt === null) return [];
  const { lastErrorCode: code, lastErrorMessage: message, lastErrorAt: at } = kept;
  return [{ id: `error of a ${id}`, at, kind, tone: 'bad', text: `${what}: ${code}: ${message ?? ''}`, count: 1 }];
}

/** What is said of what somebody did, by its action; `{reason}` is told after it. */
const ACTS: Readonly<Record<string, string>> = {
  'stop.set': 'stopped all calls to the store',
  'stop.lifted': 'lifted the stop of the store',
  'store.retried': 'had everything that waited tried again',
  'store.probed': 'called the shop to see what it answers',
  'store.reconnectLinkMade': 'made a link with which the merchant connects again',
  'store.resubscribed': 'had the subscriptions at the platform looked at',
  'delivery.replayed': 'had deliveries worked through again',
};

const auditDetails = z.object({ reason: z.string() }).partial().catch({});
const usesDetails = z
  .object({
    uses: z.array(z.object({ store: z.string().nullable(), who: z.string(), why: z.string(), count: z.number() })),
  })
  .catch({ uses: [] });

/** An entry of the audit log, as far as it is about this store. */
export function ofAudit(entry: ListedAudit, store: string): readonly PastThing[] {
  const { sequence, at, actor, action, details } = entry;
  const id = `audit ${String(sequence)}`;
  const parsed: unknown = JSON.parse(details);
  if (action === 'credentials.used') {
    const uses = usesDetails.parse(parsed).uses.filter((use) => use.store === store);
    return uses.map((use, index) => ({ id: `${id} ${String(index)}`, at, count: use.count, ...toldByUse(use) }));
  }
  const { reason } = auditDetails.parse(parsed);
  const text = `${nameOf(actor)} ${ACTS[action] ?? action}${reason === undefined ? '' : `: ${reason}`}.`;
  return [{ id, at, kind: 'operator', tone: 'neutral', text, count: 1 }];
}

function toldByUse({ who, why }: { readonly who: string; readonly why: string }): Told {
  if (why === 'renewal') return { kind: 'refresh', tone: 'neutral', text: 'A renewal was asked for.' };
  if (/^[A-Z]+ \/connect/.test(why)) {
    return { kind: 'connect', tone: 'neutral', text: `The shop was called while its merchant connected it (${why}).` };
  }
  const kind = /webhook/.test(why) ? 'webhook' : 'health';
  return { kind, tone: 'neutral', text: `The credential was used by ${who}: ${why}.` };
}

/** Of an actor of the log, without ids that only machines read. */
function nameOf(actor: string): string {
  return actor.replace(/^operator (?:token )?[0-9a-f-]{36} /, '');
}
