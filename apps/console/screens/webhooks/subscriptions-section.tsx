import { type SubscriptionRow, subscriptionsPage } from '#operator-api';
import { storeAct } from '../../api/store-acts.js';
import { ActionButton } from '../../parts/action-button.js';
import type { Column } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { PagedTable, useList } from '../../parts/paged-table.js';
import { Place } from '../../parts/place.js';
import { Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import type { Words } from '../../words/health.js';
import { count, counted } from '../../words/numbers.js';
import { pathOf } from '../../words/safe-url.js';
import { storeName } from '../../words/store-name.js';

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
        <Place to={pathOf`/stores/${store.id}`}>{storeName(store)}</Place>
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
        about={storeName(store)}
        icon="plug"
        act={storeAct('resubscribe', store.id, storeName(store))}
      />
    ),
  },
];

/** Whether platforms still tell us. */
export function SubscriptionsSection() {
  const list = useList(subscriptionsPage, '/ops/subscriptions');
  return (
    <Section title="Subscriptions" lead="Stores whose platform tells us of changes, the worst first.">
      <PagedTable
        list={list}
        caption="Subscriptions"
        noun="subscriptions"
        columns={COLUMNS}
        rowKey={({ store }) => store.id}
        empty={<Empty title="No platform tells us anything yet" />}
      />
    </Section>
  );
}
