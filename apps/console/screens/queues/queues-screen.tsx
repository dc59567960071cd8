import { Button, Stack } from '@mantine/core';
import { type Queues, queues } from '#operator-api';
import { useLive } from '../../api/live.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Figure } from '../../parts/facts.js';
import { Page, Section } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered, Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import type { Words } from '../../words/health.js';
import { count } from '../../words/numbers.js';
import { shortSpan, span } from '../../words/relative-time.js';
import { queryOf } from '../../words/safe-url.js';

const QUEUE_WORDS: Readonly<Record<Queues['queue']['state'], Words>> = {
  well: { word: 'Well', tone: 'good', icon: 'check' },
  away: { word: 'Away', tone: 'warn', icon: 'warning' },
  unfit: { word: 'Loses jobs', tone: 'bad', icon: 'cross' },
};

/** What waits, and whether somebody works. */
export default function QueuesScreen() {
  const asked = useLive(queues, '/ops/queues');
  return (
    <Page
      title="Queues"
      lead="The queue only wakes workers; what is late is done from the database all the same."
      aside={
        <Button component="a" href="/ops/queues/board" size="xs" variant="default">
          Jobs one by one
        </Button>
      }
    >
      <Answered asked={asked}>{(data) => <Everything data={data} />}</Answered>
    </Page>
  );
}

function Everything({ data }: { readonly data: Queues }) {
  const { inbox } = data;
  return (
    <Stack gap="md">
      <JobsSection data={data} />
      <Section title="Inbox" lead="Deliveries that came in and are not worked through.">
        <div className="figures">
          <Figure value={count(inbox.waiting)} label="Waiting" />
          <Figure value={inbox.waiting === 0 ? '–' : span(inbox.oldestSeconds)} label="The oldest has waited" />
          <Figure
            value={count(inbox.failed)}
            label="Failed"
            note={inbox.failed === 0 ? undefined : <Place to="/webhooks?status=failed">Look at them</Place>}
          />
        </div>
      </Section>
      <div className="columns">
        <RecurringSection recurring={data.recurring} />
        <ReceivedSection received={data.received} />
      </div>
    </Stack>
  );
}

function JobsSection({ data: { jobs, queue } }: { readonly data: Queues }) {
  return (
    <Section title="Jobs" lead={queue.words} aside={<Badge words={QUEUE_WORDS[queue.state]} />}>
      {jobs === null ? (
        <Empty title="How many jobs there are is not known">The queue does not answer; workers work without it.</Empty>
      ) : (
        <div className="figures">
          <Figure value={count(jobs.waiting)} label="Waiting" />
          <Figure value={count(jobs.active)} label="Under way" />
          <Figure value={count(jobs.delayed)} label="For later" />
          <Figure value={count(jobs.failed)} label="Failed" />
          <Figure value={count(jobs.completed)} label="Done" />
        </div>
      )}
    </Section>
  );
}

type Recurring = Queues['recurring'][number];

const RECURRING: readonly Column<Recurring>[] = [
  { key: 'name', head: 'Work', cell: ({ name }) => <span className="mono">{name}</span> },
  { key: 'every', head: 'Every', numeric: true, cell: ({ everySeconds }) => span(everySeconds) },
  { key: 'age', head: 'Last', numeric: true, cell: ({ ageSeconds }) => `${shortSpan(ageSeconds)} ago` },
  {
    key: 'late',
    head: 'State',
    cell: ({ late }) => (
      <Badge
        words={late ? { word: 'Late', tone: 'bad', icon: 'warning' } : { word: 'Runs', tone: 'good', icon: 'check' }}
      />
    ),
  },
];

function RecurringSection({ recurring }: { readonly recurring: readonly Recurring[] }) {
  return (
    <Section title="Recurring work">
      <DataTable
        caption="Recurring work"
        columns={RECURRING}
        rows={recurring}
        rowKey={({ name }) => name}
        empty={<Empty title="Nothing has ever run">Start a worker.</Empty>}
      />
    </Section>
  );
}

type Received = Queues['received'][number];

const RECEIVED: readonly Column<Received>[] = [
  { key: 'platform', head: 'Platform', cell: ({ platform }) => platform },
  {
    key: 'status',
    head: 'Became',
    cell: ({ platform, status }) => <Place to={`/webhooks${queryOf({ platform, status })}`}>{status}</Place>,
  },
  { key: 'count', head: 'Deliveries', numeric: true, cell: ({ count: amount }) => count(amount) },
];

function ReceivedSection({ received }: { readonly received: readonly Received[] }) {
  return (
    <Section title="Received, last 24 h">
      <DataTable
        caption="Deliveries by platform and what became of them"
        columns={RECEIVED}
        rows={received}
        rowKey={({ platform, status }) => `${platform} ${status}`}
        empty={<Empty title="Nothing came in" />}
      />
    </Section>
  );
}
