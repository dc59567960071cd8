import '@mantine/charts/styles.css';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type Column, DataTable } from './data-table.js';
import { Icon } from './icon.js';
import { Section } from './page.js';
import { Empty } from './problem.js';

interface ChartCardProps<T> {
  readonly title: string;
  /** What the chart says, in a sentence: for whoever cannot see it, and for whoever need not look. */
  readonly summary: string;
  readonly chart: ReactNode;
  readonly legend?: ReactNode;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
}

/** A chart with what it says as text, and the same figures as a table for whoever prefers those. */
export function ChartCard<T>({ title, summary, chart, legend, columns, rows, rowKey }: ChartCardProps<T>) {
  const [asTable, setAsTable] = useState(false);
  const toggle = (
    <Button
      size="xs"
      variant="default"
      aria-pressed={asTable}
      aria-label={`${title}: show as a table`}
      leftSection={<Icon name="list" size={14} />}
      onClick={() => setAsTable(!asTable)}
    >
      Table
    </Button>
  );
  if (rows.length === 0) {
    return (
      <Section title={title}>
        <Empty title="Nothing to draw yet">No figures are known for this span of time.</Empty>
      </Section>
    );
  }
  return (
    <Section title={title} lead={summary} aside={toggle}>
      {asTable ? (
        <div className="chart-table" tabIndex={0} role="group" aria-label={`${title}, table`}>
          <DataTable caption={title} columns={columns} rows={rows} rowKey={rowKey} />
        </div>
      ) : (
        <figure className="chart-figure">
          {legend}
          <div className="chart-box" role="img" aria-label={`${title}. ${summary}`}>
            {chart}
          </div>
        </figure>
      )}
    </Section>
  );
}
