import { capabilities, type Capability, type Connector, isUnsupported } from '#contract';

const MARKS: Readonly<Record<Capability['support'], string>> = { native: 'yes', emulated: 'emulated', none: '–' };

const REPEATS: Readonly<Record<string, string>> = {
  native: 'the platform takes a key',
  sameEffect: 'twice is once',
  clientReference: 'is looked for first',
  undecidable: 'never by itself',
};

/** What every platform can do, as Markdown, drawn from the connectors themselves. */
export function capabilityMatrix(connectors: readonly Connector[]): string {
  const tables = connectors.map(({ operations }) => capabilities(operations));
  const names = (tables[0] ?? []).map(({ operation }) => operation);
  const head = ['Operation', ...connectors.map(({ name }) => name)];
  const rows = names.map((name, row) => [`\`${name}\``, ...tables.map((table) => cellOf(table[row]))]);
  return [
    '# What each platform can do',
    'Written by `npm run docs` from the connectors; a test holds it against them. The same is answered by `GET /v1/platforms`.',
    table(head, rows),
    ...connectors.map(detailsOf),
  ].join('\n\n');
}

function cellOf(capability: Capability | undefined): string {
  return capability === undefined ? '?' : MARKS[capability.support];
}

function detailsOf(connector: Connector): string {
  const all = capabilities(connector.operations);
  const parts = [
    `## ${connector.name}`,
    `API version ${connector.apiVersion}. ${connector.docs}`,
    notes(
      '### Emulated, and at what price',
      all.filter(({ support }) => support === 'emulated'),
    ),
    notes(
      '### Not possible, and why',
      all.filter(({ support }) => support === 'none'),
    ),
    filters(all),
    writes(all),
    limits(connector),
    webhooks(connector),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function notes(title: string, capabilities_: readonly Capability[]): string {
  if (capabilities_.length === 0) return '';
  return [
    title,
    table(
      ['Operation', 'Note'],
      capabilities_.map(({ operation, note }) => [`\`${operation}\``, note ?? '']),
    ),
  ].join('\n\n');
}

function filters(all: readonly Capability[]): string {
  const lists = all.filter(({ support, filters: by }) => support !== 'none' && by !== undefined);
  const rows = lists.map(({ operation, filters: by = {}, sorts = [] }) => [
    `\`${operation}\``,
    Object.entries(by)
      .map(([name, values]) => (values === true ? name : `${name} (${values.join(', ')})`))
      .join('; '),
    sorts.join(', '),
  ]);
  return ['### Lists', table(['List', 'Filters', 'Sorts'], rows)].join('\n\n');
}

function writes(all: readonly Capability[]): string {
  const rows = all.flatMap(({ operation, repeat, losses = [] }) => {
    if (repeat === undefined) return [];
    const lost = losses.map(({ path, fate, why }) => `\`${path}\` ${fate}: ${why}`).join('; ');
    return [[`\`${operation}\``, `${REPEATS[repeat.kind] ?? repeat.kind}: ${repeat.why}`, lost]];
  });
  if (rows.length === 0) return '';
  return ['### Writes', table(['Write', 'Tried again?', 'Fields that are not stored as they are sent'], rows)].join(
    '\n\n',
  );
}

function limits({ limits: all }: Connector): string {
  const rows = all.map((limit) => [
    limit.kind === 'cost' ? `${limit.capacity} points, ${limit.perSecond} a second` : placesOf(limit),
    limit.why,
  ]);
  return ['### Limits', table(['Limit', 'Why'], rows)].join('\n\n');
}

function placesOf({ max, adaptive }: Extract<Connector['limits'][number], { kind: 'concurrency' }>): string {
  return adaptive === undefined ? `${max} calls at a time` : `${adaptive.start} to ${max} calls at a time`;
}

function webhooks({ webhooks: hooks, polling }: Connector): string {
  if (isUnsupported(hooks)) {
    const asked =
      polling === undefined
        ? []
        : [`Asked instead: ${polling.lists.map(({ operation }) => `\`${operation}\``).join(', ')}. ${polling.price}`];
    return ['### Webhooks', hooks.reason, ...asked].join('\n\n');
  }
  const rows = Object.entries(hooks.topics.byAccess).map(([scope, topics]) => [`\`${scope}\``, topics.join(', ')]);
  const always = hooks.topics.always.length === 0 ? [] : [['always', hooks.topics.always.join(', ')]];
  return ['### Webhooks', table(['Asked for', 'Topics'], [...always, ...rows])].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
