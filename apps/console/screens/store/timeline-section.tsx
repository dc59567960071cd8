import { Stack } from '@mantine/core';
import { useState } from 'react';
import { TIMELINE_KINDS, type TimelineEntry, timelinePage } from '#operator-api';
import { useLive } from '../../api/live.js';
import { Icon, type IconName } from '../../parts/icon.js';
import { Section } from '../../parts/page.js';
import { Pages, usePaging } from '../../parts/pages.js';
import { Answered, Empty } from '../../parts/problem.js';
import { When } from '../../parts/when.js';
import { count } from '../../words/numbers.js';
import { pathOf, queryOf } from '../../words/safe-url.js';

type Kind = TimelineEntry['kind'];

const KINDS: Readonly<Record<Kind, readonly [word: string, icon: IconName]>> = {
  connect: ['Connect', 'plug'],
  refresh: ['Renewal', 'key'],
  webhook: ['Webhooks', 'bell'],
  health: ['Health', 'pulse'],
  error: ['Error', 'warning'],
  operator: ['Operator', 'hand'],
};
const TONES = { good: 'good', bad: 'bad', neutral: 'still' } as const;
const TONE_WORDS = { good: 'good: ', bad: 'bad: ', neutral: '' } as const;

/** What happened to a store, newest first. */
export function TimelineSection({ storeId }: { readonly storeId: string }) {
  const [kind, setKind] = useState<Kind | null>(null);
  const paging = usePaging(storeId);
  const asked = useLive(
    timelinePage,
    `${pathOf`/ops/stores/${storeId}/timeline`}${queryOf({ limit: '25', cursor: paging.cursor })}`,
    {
      keep: true,
    },
  );
  return (
    <Section title="Timeline" lead="What happened, newest first.">
      <Stack gap="sm">
        <KindChips kind={kind} choose={setKind} />
        <Answered asked={asked}>
          {({ data, nextCursor }) => (
            <>
              <Entries entries={data.filter((entry) => kind === null || entry.kind === kind)} />
              {nextCursor === null && paging.before === 0 ? null : (
                <Pages
                  paging={paging}
                  shown={data.length}
                  total={undefined}
                  nextCursor={nextCursor}
                  noun="of the timeline"
                />
              )}
            </>
          )}
        </Answered>
      </Stack>
    </Section>
  );
}

interface KindChipsProps {
  readonly kind: Kind | null;
  readonly choose: (kind: Kind | null) => void;
}

function KindChips({ kind, choose }: KindChipsProps) {
  return (
    <div className="chips" role="group" aria-label="Kinds of entries on this page">
      {[null, ...TIMELINE_KINDS].map((each) => (
        <button
          key={each ?? 'all'}
          type="button"
          className="chip"
          aria-pressed={kind === each}
          onClick={() => choose(each)}
        >
          {each === null ? null : <Icon name={KINDS[each][1]} size={13} />}
          {each === null ? 'All' : KINDS[each][0]}
        </button>
      ))}
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  if (entries.length === 0) return <Empty title="Nothing of that kind on this page" />;
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <span className={`dot tone-${TONES[entry.tone]}`}>
            <Icon name={KINDS[entry.kind][1]} size={13} />
          </span>
          <span className="break">
            <span className="sr-only">
              {TONE_WORDS[entry.tone]}
              {KINDS[entry.kind][0]}:{' '}
            </span>
            {entry.tone === 'bad' ? <strong>{entry.text}</strong> : entry.text}
            {entry.count > 1 ? <span className="dim"> × {count(entry.count)}</span> : null}
          </span>
          <span className="dim">
            <When at={entry.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
