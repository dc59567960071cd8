import type { DeliveryRow } from '#operator-api';
import { post } from '../../api/client.js';
import { ActionButton } from '../../parts/action-button.js';
import type { Column } from '../../parts/data-table.js';
import { Place } from '../../parts/place.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { DELIVERY_WORDS } from '../../words/delivery.js';
import { count } from '../../words/numbers.js';
import { pathOf } from '../../words/safe-url.js';
import { storeName } from '../../words/store-name.js';

/** Of a delivery. */
export const DELIVERY_COLUMNS: readonly Column<DeliveryRow>[] = [
  { key: 'topic', head: 'Topic', cell: ({ topic }) => <span className="mono">{topic}</span> },
  {
    key: 'store',
    head: 'Store',
    wide: true,
    cell: ({ store, platform }) => (
      <>
        {store === null ? (
          <span className="dim">no store</span>
        ) : (
          <Place to={pathOf`/stores/${store.id}`}>{storeName(store)}</Place>
        )}
        <div className="attention-meta">{platform}</div>
      </>
    ),
  },
  {
    key: 'status',
    head: 'Became',
    wide: true,
    cell: ({ status, reason }) => (
      <>
        <Badge words={DELIVERY_WORDS[status]} />
        {reason === null ? null : <div className="attention-meta">{reason}</div>}
      </>
    ),
  },
  { key: 'attempt', head: 'Tries', numeric: true, cell: ({ attempt }) => count(attempt) },
  { key: 'received', head: 'Received', cell: ({ receivedAt }) => <When at={receivedAt} /> },
  { key: 'processed', head: 'Worked through', cell: ({ processedAt }) => <When at={processedAt} /> },
  { key: 'replay', head: 'Action', cell: (row) => <Replay row={row} /> },
];

function Replay({ row: { id, topic, store, replayable } }: { readonly row: DeliveryRow }) {
  return (
    <ActionButton
      needs="operator"
      label="Replay"
      about={`${topic} of ${store === null ? 'no store' : storeName(store)}`}
      icon="heal"
      refusal={replayable ? null : 'What it held is no longer kept.'}
      act={{
        send: () => post(pathOf`/ops/deliveries/${id}/replay`),
        told: () => `${topic} is being worked through again.`,
      }}
    />
  );
}
