import {
  CALL_OUTCOMES,
  ERRORS,
  HEALTH_ACTORS,
  HEALTH_STATES,
  LATENCY_BOUNDS_MS,
  markdownTable,
  OPERATION_NAMES,
  REFRESH_OUTCOMES,
} from '#contract';

interface Series {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly about: string;
  readonly labels: readonly LabelName[];
  /** Upper bounds of a histogram's classes, in seconds. */
  readonly bounds?: readonly number[];
}

/** What a label says when its value is none of those declared. */
export const OTHER = 'other';

/**
 * The values of every label. `given` are told at start: the platforms, the routes and the recurring work there are. A value
 * that is not in its list becomes `other`: whatever anybody sends, the number of series has an end.
 */
export const LABELS = {
  platform: 'given',
  route: 'given',
  tick: 'given',
  operation: [
    ...Object.entries(OPERATION_NAMES).flatMap(([resource, names]) => names.map((name) => `${resource}.${name}`)),
    ...['passThrough', 'connect', 'revoke', 'subscriptions', 'polls', 'probes'],
  ],
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  status: ['2xx', '3xx', '4xx', '5xx'],
  callOutcome: CALL_OUTCOMES,
  refreshOutcome: REFRESH_OUTCOMES,
  code: Object.keys(ERRORS),
  state: HEALTH_STATES,
  actor: HEALTH_ACTORS,
  credentials: ['renewable', 'due', 'overdue', 'dying'],
  delivery: ['received', 'processed', 'failed', 'duplicate', 'refused', 'ignored'],
  jobs: ['waiting', 'active', 'delayed', 'failed', 'completed', 'paused', 'prioritized', 'waiting-children'],
  limit: ['app', 'key', 'atOnce'],
  source: ['database', 'queue'],
} as const satisfies Readonly<Record<string, readonly string[] | 'given'>>;
export type LabelName = keyof typeof LABELS;

const SECONDS = LATENCY_BOUNDS_MS.map((bound) => bound / 1000);

/** Every series of our own, with what it says. docs/monitoring.md is generated from it and tested. */
export const SERIES = {
  shopspan_http_request_duration_seconds: {
    kind: 'histogram',
    about: 'Requests that the gateway answered, by the template of their route.',
    labels: ['route', 'method', 'status'],
    bounds: SECONDS,
  },
  shopspan_limits_refused_total: {
    kind: 'counter',
    about:
      'Requests refused because of a limit of an app, of a key or client, or of what a tenant may have under way at once.',
    labels: ['limit'],
  },
  shopspan_platform_call_duration_seconds: {
    kind: 'histogram',
    about: 'Calls to platforms, each try by itself, by what they were for and what they came to.',
    labels: ['platform', 'operation', 'callOutcome'],
    bounds: SECONDS,
  },
  shopspan_platform_call_failures_total: {
    kind: 'counter',
    about: 'Calls to platforms that failed, by the code of the error table.',
    labels: ['platform', 'code'],
  },
  shopspan_refresh_duration_seconds: {
    kind: 'histogram',
    about: 'Tries to renew a credential.',
    labels: ['platform', 'refreshOutcome'],
    bounds: SECONDS,
  },
  shopspan_refresh_failures_total: {
    kind: 'counter',
    about: 'Tries to renew a credential that did not renew it, by the code of the error table.',
    labels: ['platform', 'code'],
  },
  shopspan_credentials: {
    kind: 'gauge',
    about:
      'Credentials of stores that are called: those that are renewed at all, of them those whose renewal is due and those due for more than a minute; and those whose connection ends within 14 days, as the last probe saw it.',
    labels: ['platform', 'credentials'],
  },
  shopspan_credentials_oldest_overdue_seconds: {
    kind: 'gauge',
    about: 'How long the renewal that is latest is due; 0 when none is due for more than a minute.',
    labels: ['platform'],
  },
  shopspan_stores: {
    kind: 'gauge',
    about: 'Stores that are not disconnected, by their health and who can act on it.',
    labels: ['platform', 'state', 'actor'],
  },
  shopspan_webhook_deliveries_total: {
    kind: 'counter',
    about:
      'Deliveries of platforms: received and kept, refused because they did not prove themselves or have no address, here before, and what became of those that were worked through.',
    labels: ['platform', 'delivery'],
  },
  shopspan_webhook_inbox_waiting: {
    kind: 'gauge',
    about: 'Deliveries that wait to be worked through.',
    labels: ['platform'],
  },
  shopspan_webhook_inbox_oldest_seconds: {
    kind: 'gauge',
    about: 'How long the oldest of them waits.',
    labels: ['platform'],
  },
  shopspan_queue_jobs: { kind: 'gauge', about: 'Jobs in the queue, by their state.', labels: ['jobs'] },
  shopspan_tick_age_seconds: {
    kind: 'gauge',
    about: 'How long ago each recurring piece of work last went well.',
    labels: ['tick'],
  },
  shopspan_tick_period_seconds: { kind: 'gauge', about: 'How often it should.', labels: ['tick'] },
  shopspan_audit_entries: { kind: 'gauge', about: 'Length of the chain of the audit log.', labels: [] },
  shopspan_audit_holds: {
    kind: 'gauge',
    about: 'Whether the newest 500 entries of the audit log are what was written: 1, or 0.',
    labels: [],
  },
  shopspan_source_readable: {
    kind: 'gauge',
    about:
      'Whether what the gauges are read from answered the last time: 1, or 0. At 0 its gauges are absent, never what they were.',
    labels: ['source'],
  },
} as const satisfies Readonly<Record<string, Series>>;
export type SeriesName = keyof typeof SERIES;

type Kind = 'counter' | 'gauge' | 'histogram';
/** The series of one kind. */
export type Of<K extends Kind> = { [N in SeriesName]: (typeof SERIES)[N]['kind'] extends K ? N : never }[SeriesName];
/** What a series is labelled with, by the labels' own names. */
export type LabelsOf<N extends SeriesName> = Readonly<Record<(typeof SERIES)[N]['labels'][number], string>>;

/** A value of a gauge. */
export type Sample = {
  readonly [N in Of<'gauge'>]: { readonly name: N; readonly labels: LabelsOf<N>; readonly value: number };
}[Of<'gauge'>];

/** A label whose values are told at start. */
export type GivenLabel = { [L in LabelName]: (typeof LABELS)[L] extends 'given' ? L : never }[LabelName];

export function seriesOf(name: SeriesName): Series {
  return SERIES[name];
}

// Outcomes and states are one word in a series, whatever they are outcomes of.
const SPELLINGS: Readonly<Partial<Record<LabelName, string>>> = {
  callOutcome: 'outcome',
  refreshOutcome: 'outcome',
  delivery: 'outcome',
  credentials: 'state',
  jobs: 'state',
};

/** How a label is spelt in a series. */
export function spellingOf(label: LabelName): string {
  return SPELLINGS[label] ?? label;
}

/** The table of all series as Markdown, in the order of {@link SERIES}; ends with a line break. */
export function seriesTable(): string {
  const rows = Object.keys(SERIES).map((name) => {
    // Object.keys widens to string; the table is a closed constant.
    const { kind, about, labels } = seriesOf(name as SeriesName);
    return [`\`${name}\``, kind, labels.map((label) => `\`${spellingOf(label)}\``).join(', '), about];
  });
  return markdownTable(['Series', 'Kind', 'Labels', 'What it says'], rows);
}

/** The values of the labels that have a list, as Markdown; codes and operations are named elsewhere. */
export function labelTable(): string {
  const rows = Object.entries(LABELS)
    .filter(([label]) => label !== 'code' && label !== 'operation')
    .map(([label, values]) => {
      const users = Object.entries(SERIES).filter(([, { labels }]) => (labels as readonly string[]).includes(label));
      const words =
        values === 'given' ? GIVEN[label as keyof typeof GIVEN] : values.map((one) => `\`${one}\``).join(', ');
      return [`\`${spellingOf(label as LabelName)}\``, users.map(([name]) => `\`${name}\``).join(', '), words];
    });
  return markdownTable(['Label', 'Of', 'Values'], rows);
}

const GIVEN = {
  platform: 'the ids of `GET /v1/platforms`',
  route: 'the templates of the gateway’s routes, such as `/v1/orders/:id`; `unmatched` for a path that has none',
  tick: 'names of recurring work, such as `refresh.tick`',
} as const;
