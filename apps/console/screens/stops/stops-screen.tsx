import { Stack } from '@mantine/core';
import { type StopRow, stops } from '#operator-api';
import { useLive } from '../../api/live.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Page, Section } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered, Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';
import { StopForm } from './stop-form.js';
import { LiftButton } from './lift-button.js';

function Target({ row: { scope, target } }: { readonly row: StopRow }) {
  const places = { store: '/stores', app: '/apps', platform: '/platforms' } as const;
  if (target === null) return <strong>everything</strong>;
  const place = scope === 'store' || scope === 'app' || scope === 'platform' ? places[scope] : null;
  return (
    <>
      {scope} <Place to={place === null ? null : `${place}${pathOf`/${target}`}`}>{target}</Place>
    </>
  );
}

const SHARED: readonly Column<StopRow>[] = [
  { key: 'target', head: 'Stopped', wide: true, cell: (row) => <Target row={row} /> },
  { key: 'reason', head: 'Why', wide: true, cell: ({ reason }) => reason },
  {
    key: 'set',
    head: 'Set',
    cell: ({ setBy, setAt }) => (
      <>
        {setBy}, <When at={setAt} />
      </>
    ),
  },
];

const IN_FORCE: readonly Column<StopRow>[] = [
  ...SHARED,
  { key: 'state', head: 'State', cell: (row) => <StopState row={row} /> },
  { key: 'lift', head: 'Action', cell: (row) => <LiftButton row={row} /> },
];

const LIFTED: readonly Column<StopRow>[] = [
  ...SHARED,
  {
    key: 'lifted',
    head: 'Lifted',
    cell: ({ liftedBy, liftedAt }) => (
      <>
        {liftedBy ?? 'somebody'}, <When at={liftedAt} />
      </>
    ),
  },
];

function StopState({ row: { liftAskedBy, liftAskedAt } }: { readonly row: StopRow }) {
  if (liftAskedBy === null) return <Badge words={{ word: 'In force', tone: 'bad', icon: 'stop' }} />;
  return (
    <>
      <Badge words={{ word: 'Waits for a second person', tone: 'warn', icon: 'hand' }} />
      <div className="attention-meta">
        {liftAskedBy} wants it lifted, <When at={liftAskedAt} />
      </div>
    </>
  );
}

/** The kill switches. */
export default function StopsScreen() {
  const asked = useLive(stops, '/ops/stops');
  return (
    <Page
      title="Stops"
      lead="What is stopped here uses no token within a second, in every process, until it is lifted."
    >
      <Stack gap="md">
        <Answered asked={asked}>{({ data }) => <Lists rows={data} />}</Answered>
        <StopForm />
      </Stack>
    </Page>
  );
}

function Lists({ rows }: { readonly rows: readonly StopRow[] }) {
  const inForce = rows.filter(({ liftedAt }) => liftedAt === null);
  const lifted = rows.filter(({ liftedAt }) => liftedAt !== null);
  return (
    <Stack gap="md">
      <Section title="In force">
        <DataTable
          caption="Stops in force"
          columns={IN_FORCE}
          rows={inForce}
          rowKey={({ id }) => id}
          empty={<Empty title="Nothing is stopped" />}
        />
      </Section>
      {lifted.length === 0 ? null : (
        <Section title="Lifted">
          <DataTable caption="Lifted stops" columns={LIFTED} rows={lifted} rowKey={({ id }) => id} />
        </Section>
      )}
    </Stack>
  );
}
