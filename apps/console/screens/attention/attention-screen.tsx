import { Stack } from '@mantine/core';
import { attention, type Attention, WHO_ACTS } from '#operator-api';
import { useCondition } from '../../api/condition.js';
import { useLive } from '../../api/live.js';
import { Figure } from '../../parts/facts.js';
import { Page } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { UNKNOWN, type Words } from '../../words/health.js';
import { count, counted } from '../../words/numbers.js';
import { AttentionGroup } from './attention-group.js';

/** What is not as it should be, sorted by who must act. */
export function AttentionScreen() {
  const asked = useLive(attention, '/ops/attention');
  const condition = useCondition();
  return (
    <Page
      title="Attention"
      lead="What is not as it should be, sorted by who must act."
      aside={<Badge words={verdict(asked.data, condition.kind === 'doubtful')} />}
    >
      <Answered asked={asked}>{(data) => <Everything data={data} />}</Answered>
    </Page>
  );
}

/** All in one word. Green only while an answer that is current says so. */
function verdict(data: Attention | undefined, doubtful: boolean): Words {
  if (data === undefined || doubtful) return { ...UNKNOWN, word: 'How it is now is not known' };
  const totals = new Map(data.groups.map(({ who, total }) => [who, total]));
  const waits = totals.get('you') ?? 0;
  if (waits > 0) return { word: `${counted(waits, 'thing waits', 'things wait')} for you`, tone: 'bad', icon: 'hand' };
  if ((totals.get('merchant') ?? 0) > 0) return { word: 'Merchants must act', tone: 'warn', icon: 'shop' };
  if ((totals.get('nobody') ?? 0) > 0) return { word: 'It heals by itself', tone: 'wait', icon: 'heal' };
  // Nothing connected is nothing known to be well.
  if (data.stores.total === 0) return { word: 'No store is connected', tone: 'still', icon: 'minus' };
  return { word: 'Nothing needs anybody', tone: 'good', icon: 'check' };
}

function Everything({ data }: { readonly data: Attention }) {
  const { stores } = data;
  return (
    <Stack gap="md">
      <div className="figures">
        <Figure value={count(stores.total)} label="Stores" note={<Place to="/stores">All stores</Place>} />
        <Figure value={count(stores.healthy)} label="Nothing wrong" note={shareOf(stores.healthy, stores.total)} />
        <Figure
          value={count(stores.dying)}
          label="Die within 14 days"
          note={<Place to="/stores?dying=true&sort=diesAt">Which</Place>}
        />
      </div>
      {WHO_ACTS.map((who) => (
        <AttentionGroup
          key={who}
          group={data.groups.find((group) => group.who === who) ?? { who, total: 0, rows: [] }}
        />
      ))}
    </Stack>
  );
}

function shareOf(part: number, all: number): string {
  return all === 0 ? 'no store is connected' : `${String(Math.floor((100 * part) / all))} % of all`;
}
