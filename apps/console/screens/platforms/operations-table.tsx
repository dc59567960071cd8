import type { PlatformDetail } from '#operator-api';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { Support } from './support.js';

type OperationRow = PlatformDetail['operations'][number];

const COLUMNS: readonly Column<OperationRow>[] = [
  { key: 'operation', head: 'Operation', cell: ({ operation }) => <span className="mono">{operation}</span> },
  { key: 'support', head: 'Support', cell: ({ support }) => <Support support={support} /> },
  {
    key: 'note',
    head: 'How, or why not',
    wide: true,
    cell: ({ note }) => note ?? <span className="dim">as documented</span>,
  },
];

/** Every operation of the API on one platform. */
export function OperationsTable({ operations }: { readonly operations: readonly OperationRow[] }) {
  return (
    <Section title="Capabilities">
      <DataTable caption="Capabilities" columns={COLUMNS} rows={operations} rowKey={({ operation }) => operation} />
    </Section>
  );
}
