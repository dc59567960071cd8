import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type OperatorSession, type SessionRow, sessions } from '#operator-api';
import { send } from '../../api/client.js';
import { SESSION_PATH, useLive } from '../../api/live.js';
import { useSession } from '../../api/session.js';
import { ActionButton } from '../../parts/action-button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Facts } from '../../parts/facts.js';
import { Page, Section } from '../../parts/page.js';
import { Answered, EmptyCard } from '../../parts/problem.js';
import { SignInAgain } from '../../parts/sign-in-again.js';
import { Badge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';

const COLUMNS: readonly Column<SessionRow>[] = [
  {
    key: 'browser',
    head: 'Browser',
    wide: true,
    cell: ({ browser, isThis }) => (
      <>
        {browser === '' ? 'not told' : browser}{' '}
        {isThis ? <Badge words={{ word: 'this one', tone: 'wait', icon: 'dot' }} /> : null}
      </>
    ),
  },
  { key: 'name', head: 'Who', cell: ({ name }) => name },
  { key: 'began', head: 'Began', cell: ({ createdAt }) => <When at={createdAt} /> },
  { key: 'seen', head: 'Last seen', cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
  { key: 'ends', head: 'Ends', cell: ({ endsAt }) => <When at={endsAt} /> },
  {
    key: 'end',
    head: 'Action',
    cell: ({ id, name, browser, isThis, isOwn }) =>
      isThis ? null : (
        <ActionButton
          needs={isOwn ? 'viewer' : 'admin'}
          label="End"
          about={`session of ${name}, ${browser}`}
          icon="cross"
          act={{
            send: () => send(pathOf`/ops/sessions/${id}`, { method: 'DELETE' }),
            told: () => `The session of ${name} was ended.`,
          }}
        />
      ),
  },
];

/** Where one is signed in. */
export default function SessionsScreen() {
  const session = useSession();
  const asked = useLive(sessions, '/ops/sessions');
  return (
    <Page
      title="Sessions"
      lead="Where you are signed in. A session ends after 30 minutes without a request, and after 12 hours."
    >
      <Stack gap="md">
        <Answered asked={session}>{(data) => <You session={data} />}</Answered>
        <Answered asked={asked}>
          {({ data }) => (
            <DataTable
              caption="Sessions"
              columns={COLUMNS}
              rows={data}
              rowKey={({ id }) => id}
              empty={<EmptyCard title="No session">A token for scripts has none.</EmptyCard>}
            />
          )}
        </Answered>
      </Stack>
    </Page>
  );
}

function You({ session }: { readonly session: OperatorSession }) {
  const client = useQueryClient();
  const { name, role, kind, steppedUpAt, steppedUpUntil } = session;
  return (
    <Section
      title="You"
      aside={
        <ActionButton
          needs="viewer"
          label="Sign out"
          icon="ban"
          refusal={kind === 'token' ? 'A token has no session to end.' : null}
          act={{
            send: async () => {
              const answer = await send(SESSION_PATH, { method: 'DELETE' });
              // What was seen is forgotten with the session.
              client.clear();
              globalThis.location.assign('/ops/sign-in');
              return answer;
            },
            told: () => 'You are signed out.',
          }}
        />
      }
    >
      <Facts
        facts={[
          ['Name', name],
          ['Role', role],
          ['Proved who you are', <When at={steppedUpAt} never="never" exact />],
          ['May do what is dangerous until', <When at={steppedUpUntil} never="not without signing in again" exact />],
          ['Again', <SignInAgain />],
        ]}
      />
    </Section>
  );
}
