import { type CapabilityMatrix, capabilityMatrix } from '#operator-api';
import { useLive } from '../../api/live.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Page } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered, EmptyCard } from '../../parts/problem.js';
import { pathOf } from '../../words/safe-url.js';
import { Support } from './support.js';

type OperationRow = CapabilityMatrix['operations'][number];

function columnsOf(matrix: CapabilityMatrix): readonly Column<OperationRow>[] {
  return [
    { key: 'operation', head: 'Operation', cell: ({ operation }) => <span className="mono">{operation}</span> },
    ...matrix.platforms.map(({ id, name }) => ({
      key: `platform ${id}`,
      head: name,
      cell: ({ support }: OperationRow) => <Support support={Object.hasOwn(support, id) ? support[id] : undefined} />,
    })),
  ];
}

/** Which platform can do what. */
export default function CapabilitiesScreen() {
  // What a release can do does not change while it runs.
  const asked = useLive(capabilityMatrix, '/ops/capabilities', { every: 60_000 });
  return (
    <Page
      title="Capabilities"
      lead="Native: the platform has it. Emulated: made of other calls, at a price. None: it cannot be done."
    >
      <Answered asked={asked}>
        {(matrix) => (
          <>
            <nav aria-label="Platforms" className="chips">
              {matrix.platforms.map(({ id, name }) => (
                <Place key={id} to={pathOf`/platforms/${id}`}>
                  {name}: details
                </Place>
              ))}
            </nav>
            <DataTable
              caption="Operations by platform"
              columns={columnsOf(matrix)}
              rows={matrix.operations}
              rowKey={({ operation }) => operation}
              empty={<EmptyCard title="No operation is known" />}
            />
          </>
        )}
      </Answered>
    </Page>
  );
}
