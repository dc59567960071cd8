import { NativeSelect } from '@mantine/core';
import { type OperatorRow, operators, ROLES } from '#operator-api';
import { useActing } from '../../api/act.js';
import { send } from '../../api/client.js';
import { useLive } from '../../api/live.js';
import { useRefusal } from '../../api/session.js';
import { ActionButton } from '../../parts/action-button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Page } from '../../parts/page.js';
import { Answered, EmptyCard } from '../../parts/problem.js';
import { DisabledBadge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';

const COLUMNS: readonly Column<OperatorRow>[] = [
  {
    key: 'name',
    head: 'Operator',
    wide: true,
    cell: ({ name, email }) => (
      <>
        {name}
        <div className="attention-meta">{email ?? 'no e-mail address'}</div>
      </>
    ),
  },
  {
    key: 'state',
    head: 'State',
    cell: ({ disabledAt }) => <DisabledBadge disabledAt={disabledAt} holds="May sign in" />,
  },
  { key: 'issuer', head: 'Signs in with', wide: true, cell: ({ issuer }) => <span className="mono">{issuer}</span> },
  { key: 'signedIn', head: 'Last signed in', cell: ({ signedInAt }) => <When at={signedInAt} /> },
  { key: 'role', head: 'Role', cell: (row) => <RoleField row={row} /> },
  { key: 'disable', head: 'Action', cell: (row) => <Disable row={row} /> },
];

function RoleField({ row: { id, name, role } }: { readonly row: OperatorRow }) {
  const { run, pending } = useActing();
  const refusal = useRefusal('admin');
  return (
    <NativeSelect
      size="xs"
      aria-label={`Role of ${name}`}
      title={refusal ?? ''}
      value={role}
      data={[...ROLES]}
      disabled={refusal !== null || pending}
      onChange={(event) => {
        const wanted = event.currentTarget.value;
        void run({
          send: () => send(pathOf`/ops/operators/${id}`, { method: 'PATCH', body: { role: wanted } }),
          told: () => `${name} has the role ${wanted} from the next request on.`,
        });
      }}
    />
  );
}

function Disable({ row: { id, name, disabledAt } }: { readonly row: OperatorRow }) {
  const disabled = disabledAt === null;
  const change = {
    send: () => send(pathOf`/ops/operators/${id}`, { method: 'PATCH', body: { disabled } }),
    told: () => (disabled ? `${name} was disabled and signed out everywhere.` : `${name} may sign in again.`),
  };
  if (!disabled) return <ActionButton needs="admin" label="Enable" about={name} icon="check" act={change} />;
  return (
    <ActionButton
      needs="admin"
      label="Disable"
      about={name}
      look="danger"
      icon="ban"
      confirm={{
        title: `Disable ${name}?`,
        text: 'Every session ends with the next request. An administrator can undo it.',
      }}
      act={change}
    />
  );
}

/** Who operates the gateway, for administrators. */
export default function OperatorsScreen() {
  const asked = useLive(operators, '/ops/operators');
  return (
    <Page
      title="Operators"
      lead="Who operates this gateway. A role that is set here holds against what the provider says later."
    >
      <Answered asked={asked}>
        {({ data }) => (
          <DataTable
            caption="Operators"
            columns={COLUMNS}
            rows={data}
            rowKey={({ id }) => id}
            empty={<EmptyCard title="Nobody has signed in yet" />}
          />
        )}
      </Answered>
    </Page>
  );
}
