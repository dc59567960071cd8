import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Attention, AttentionRow } from '#operator-api';
import { Icon } from '../../parts/icon.js';
import { Place } from '../../parts/place.js';
import { When } from '../../parts/when.js';
import { WHO } from '../../words/health.js';
import { count, counted } from '../../words/numbers.js';
import { storeName } from '../../words/store-name.js';
import { RowAction } from './row-action.js';

type GroupFacts = Attention['groups'][number];

/** More at once would hide the other groups. */
const AT_FIRST = 10;

/** Everything that waits for the same somebody. */
export function AttentionGroup({ group }: { readonly group: GroupFacts }) {
  const [all, setAll] = useState(false);
  const { who, total, rows } = group;
  const words = WHO[who];
  const shown = all ? rows : rows.slice(0, AT_FIRST);
  return (
    <section className="card" aria-labelledby={`group-${who}`}>
      <div className="group-title">
        <span className={`group-mark tone-${total === 0 ? 'still' : words.tone}`}>
          <Icon name={words.icon} size={18} />
        </span>
        <div className="grow">
          <Title order={2} size="h4" id={`group-${who}`}>
            {words.heading} <span className="dim">{count(total)}</span>
          </Title>
          <Text size="sm" c="dimmed">
            {total === 0 ? words.none : words.lead}
          </Text>
        </div>
      </div>
      {rows.length === 0 ? null : (
        <ul className="attention">
          {shown.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      <More group={group} shown={shown.length} all={all} toggle={() => setAll(!all)} />
    </section>
  );
}

interface MoreProps {
  readonly group: GroupFacts;
  readonly shown: number;
  readonly all: boolean;
  readonly toggle: () => void;
}

function More({ group: { who, total, rows }, shown, all, toggle }: MoreProps) {
  if (rows.length <= AT_FIRST && total <= rows.length) return null;
  return (
    <Group justify="space-between" gap="xs" className="more">
      <Text size="sm" c="dimmed">
        The {counted(shown, 'most urgent', 'most urgent')} of {count(total)}.{' '}
        {total > rows.length ? <Place to={`/stores?who=${who}`}>Find the others among the stores</Place> : null}
      </Text>
      {rows.length <= AT_FIRST ? null : (
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={all}>
          {all ? 'Show fewer' : `Show ${count(rows.length)}`}
        </Button>
      )}
    </Group>
  );
}

function Row({ row }: { readonly row: AttentionRow }) {
  const { store } = row;
  return (
    <li>
      <div className="attention-text">
        <Place to={row.href}>{store === null ? subjectWords(row) : storeName(store)}</Place>
        <div>{sentenceBelow(row)}</div>
        <div className="attention-meta">
          since <When at={row.since} />
          {row.count > 1 ? ` · ${counted(row.count, unitOf(row), `${unitOf(row)}s`)}` : ''}
          {store === null ? '' : ` · ${store.platform} · ${store.domain} · ${store.appName}`}
          {store?.mode === 'test' ? ' · test' : ''}
        </div>
      </div>
      <RowAction row={row} />
    </li>
  );
}

/** The name stands above already; alone, as in an alert, the sentence says it. */
function sentenceBelow({ sentence, store }: AttentionRow): string {
  const name = store === null ? '' : `${store.name}: `;
  return sentence.startsWith(name) ? sentence.slice(name.length) : sentence;
}

const SUBJECTS: Readonly<Record<AttentionRow['subject'], readonly [title: string, unit: string]>> = {
  store: ['Store', 'store'],
  platform: ['Platform', 'store'],
  app: ['App', 'request'],
  deliveries: ['Deliveries', 'time'],
  recurringWork: ['Recurring work', 'time'],
  queue: ['Queue', 'job'],
  stop: ['Stop in force', 'store'],
};

const subjectWords = ({ subject }: AttentionRow): string => SUBJECTS[subject][0];
const unitOf = ({ subject }: AttentionRow): string => SUBJECTS[subject][1];
