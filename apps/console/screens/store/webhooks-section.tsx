import { Stack, Text } from '@mantine/core';
import type { StoreDetail } from '#operator-api';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Empty } from '../../parts/problem.js';
import { When } from '../../parts/when.js';
import { count } from '../../words/numbers.js';
import { queryOf } from '../../words/safe-url.js';

type Poll = StoreDetail['polls'][number];
type Failure = Poll['lastError'];

function FailureText({ error }: { readonly error: Failure }) {
  if (error === null) return <span className="dim">none</span>;
  return (
    <>
      <span className="mono">{error.code}</span> <span>{error.message}</span>
    </>
  );
}

/** What the platform tells us by itself. */
export function WebhooksSection({ store: { id, webhooks } }: { readonly store: StoreDetail }) {
  const { subscriptions, deliveries, checkedAt, lastError } = webhooks;
  const became = Object.entries(deliveries).map(([status, amount]) => `${count(amount)} ${status}`);
  return (
    <Section title="Webhooks" aside={<Place to={`/webhooks${queryOf({ store: id })}`}>Deliveries</Place>}>
      <Stack gap="sm">
        <Facts
          facts={[
            ['Deliveries of the last 24 h', became.length === 0 ? 'none' : became.join(', ')],
            ['Subscriptions checked', <When at={checkedAt} never="never" />],
            ['Last error', <FailureText error={lastError} />],
          ]}
        />
        {subscriptions.length === 0 ? (
          <Text size="sm" c="dimmed">
            No subscription.
          </Text>
        ) : (
          <ul className="scopes">
            {subscriptions.map(({ topic, checkedAt: at }) => (
              <li key={topic}>
                <span className="mono grow">{topic}</span>
                <span className="dim">
                  <When at={at} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Section>
  );
}

const POLLS: readonly Column<Poll>[] = [
  { key: 'operation', head: 'Operation', cell: ({ operation }) => <span className="mono">{operation}</span> },
  { key: 'checked', head: 'Last', cell: ({ checkedAt }) => <When at={checkedAt} never="never" /> },
  { key: 'next', head: 'Next', cell: ({ nextAt }) => <When at={nextAt} /> },
  { key: 'error', head: 'Last error', wide: true, cell: ({ lastError }) => <FailureText error={lastError} /> },
];

/** What we look for ourselves because the platform does not tell. */
export function PollsSection({ polls }: { readonly polls: readonly Poll[] }) {
  return (
    <Section title="Polls" lead="What is asked for because the platform does not tell it.">
      <DataTable
        caption="Polls"
        columns={POLLS}
        rows={polls}
        rowKey={({ operation }) => operation}
        empty={<Empty title="Nothing is polled" />}
      />
    </Section>
  );
}
