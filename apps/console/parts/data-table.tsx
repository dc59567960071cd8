import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';

export interface Column<T> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  readonly numeric?: boolean;
  /** Whether text wraps here; names and sentences do. */
  readonly wide?: boolean;
}

interface DataTableProps<T> {
  /** What the table holds, for whoever hears it. */
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** Whether newer rows are on their way. */
  readonly busy?: boolean;
  /** What stands there instead while there are no rows. */
  readonly empty?: ReactNode;
}

function classOf<T>({ numeric, wide }: Column<T>): string {
  return [numeric === true ? 'numeric' : '', wide === true ? 'wide' : ''].filter(Boolean).join(' ');
}

/**
 * A table; on a narrow screen every row becomes a card. The roles are said once more because a browser forgets them where a
 * table is not drawn as one.
 */
export function DataTable<T>({ empty, ...table }: DataTableProps<T>) {
  return table.rows.length === 0 && empty !== undefined ? empty : <Frame {...table} />;
}

function Frame<T>({ caption, columns, rows, rowKey, busy = false }: Omit<DataTableProps<T>, 'empty'>) {
  const frame = useRef<HTMLDivElement>(null);
  const scrolls = useOverflows(frame);
  // What can be moved aside must be reached by the keyboard, also where no cell can be.
  const reach = scrolls ? { tabIndex: 0, role: 'group', 'aria-label': `${caption}, wider than the screen` } : {};
  return (
    <div className="table-frame" ref={frame} data-busy={busy} aria-busy={busy} {...reach}>
      <table className="data" role="table">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} scope="col" role="columnheader" className={classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <Row key={rowKey(row)} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether an element holds more than it is wide. */
function useOverflows(element: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => setOverflows(current.scrollWidth > current.clientWidth));
    observer.observe(current);
    if (current.firstElementChild !== null) observer.observe(current.firstElementChild);
    return () => observer.disconnect();
  }, [element]);
  return overflows;
}

function Row<T>({ row, columns }: { readonly row: T; readonly columns: readonly Column<T>[] }) {
  return (
    <tr role="row">
      {columns.map((column, index) =>
        index === 0 ? (
          <th key={column.key} scope="row" role="rowheader" data-head={column.head} className={classOf(column)}>
            <div className="cell">{column.cell(row)}</div>
          </th>
        ) : (
          <td key={column.key} role="cell" data-head={column.head} className={classOf(column)}>
            <div className="cell">{column.cell(row)}</div>
          </td>
        ),
      )}
    </tr>
  );
}
