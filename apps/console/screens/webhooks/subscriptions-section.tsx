import { Stack } from '@mantine/core';
import { type SubscriptionRow, subscriptionsPage } from '#operator-api';
import { send } from '../../api/client.js';
import { useLive } from '../../api/live.js';
import { ActionButton } from '../../parts/action-button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { PAGE_SIZE, Pages, usePaging } from '../../parts/pages.js';
import { Place } from '../../parts/place.js';
import { Answered, Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import type { Words } from '../../words/health.js';
import { count, counted } from '../../words/numbers.js';
import { pathOf, queryOf } from '../../words/safe-url.js';

function wordsOf({ lastError, checkedAt }: SubscriptionRow): Words {
  if (lastError !== null) return { word: 'Fails', tone: 'bad', icon: 'cross' };
  if (checkedAt === null) return { word: 'Not checked yet', tone: 'unknown', icon: 'question' };
  return { word: 'In place', tone: 'good', icon: 'check' };
}

const COLUMNS: readonly Column<SubscriptionRow>[] = [
  {
    key: 'store',
    head: 'Store',
    wide: true,
    cell: ({ store }) => (
      <>
        <Place to={pathOf`/stores/${store.id}`}>{store.name || store.domain}</Place>
        <div className="attention-meta">{store.platform}</div>
      </>
    ),
  },
  {
    key: 'state',
    head: 'State',
    wide: true,
    cell: (row) => (
      <>
        <Badge words={wordsOf(row)} />
        {row.lastError === null ? null : (
          <div className="attention-meta">
            <span className="mono">{row.lastError.code}</span> {row.lastError.message}
            {row.attempt > 1 ? ` (${counted(row.attempt, 'try', 'tries')})` : ''}
          </div>
        )}
      </>
    ),
  },
  { key: 'topics', head: 'Topics', numeric: true, cell: ({ topics }) => count(topics) },
  { key: 'checked', head: 'Checked', cell: ({ checkedAt }) => <When at={checkedAt} never="never" /> },
  { key: 'next', head: 'Next check', cell: ({ nextCheckAt }) => <When at={nextCheckAt} never="none" /> },
  {
    key: 'again',
    head: 'Action',
    cell: ({ store }) => (
      <ActionButton
        needs="operator"
        label="Subscribe again"
        about={store.name}
        icon="plug"
        act={{
          send: () => send(pathOf`/ops/stores/${store.id}/resubscribe`, { method: 'POST', body: {} }),
          told: () => `${store.name}: its subscriptions are being checked and made again.`,
        }}
      />
    ),
  },
];

/** Whether platforms still tell us. */
export function SubscriptionsSection() {
  const paging = usePaging('subscriptions');
  const path = `/ops/subscriptions${queryOf({ limit: String(PAGE_SIZE), cursor: paging.cursor })}`;
  const asked = useLive(subscriptionsPage, path, { keep: true });
  return (
    <Section title="Subscriptions" lead="Stores whose platform tells us of changes, the worst first.">
      <Answered asked={asked}>
        {({ data, total, nextCursor }) => (
          <Stack gap="sm">
            {data.length === 0 ? (
              <Empty title="No platform tells us anything yet" />
            ) : (
              <DataTable
                caption="Subscriptions"
                columns={COLUMNS}
                rows={data}
                rowKey={({ store }) => store.id}
                busy={asked.isPlaceholderData}
              />
            )}
            <Pages paging={paging} shown={data.length} total={total} nextCursor={nextCursor} noun="subscriptions" />
          </Stack>
        )}
      </Answered>
    </Section>
  );
}
