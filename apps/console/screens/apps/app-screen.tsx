import { Group, Stack } from '@mantine/core';
import { type AppDetail, appDetail } from '#operator-api';
import { useLive } from '../../api/live.js';
import { Facts } from '../../parts/facts.js';
import { LimitButton } from '../../parts/limit-button.js';
import { Page, Section } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered } from '../../parts/problem.js';
import { StopLink } from '../../parts/stop-link.js';
import { When } from '../../parts/when.js';
import { count, counted } from '../../words/numbers.js';
import { pathOf, queryOf } from '../../words/safe-url.js';
import { AppState } from './apps-screen.js';
import { KeysSection } from './keys-section.js';
import { OAuthClientsSection } from './oauth-clients-section.js';
import { PlatformClientsSection } from './platform-clients-section.js';

/** One app: what it may do, and by which credentials. */
export default function AppScreen({ id }: { readonly id: string }) {
  const asked = useLive(appDetail, pathOf`/ops/apps/${id}`);
  const app = asked.data;
  return (
    <Page title={app?.name ?? 'App'} lead={app === undefined ? id : `${app.tenantName} · ${app.mode}`}>
      <Answered asked={asked}>{(data) => <Everything app={data} />}</Answered>
    </Page>
  );
}

function Everything({ app }: { readonly app: AppDetail }) {
  const { id, name, limit } = app;
  return (
    <Stack gap="md">
      <Group gap="xs" role="group" aria-label="Actions">
        <LimitButton appId={id} label="Change limit" about={name} perMinute={limit.perMinute} />
        <StopLink scope="app" target={id} />
      </Group>
      <AppFacts app={app} />
      <KeysSection keys={app.keyList} />
      <OAuthClientsSection clients={app.clientList} />
      <PlatformClientsSection clients={app.platformClients} />
    </Stack>
  );
}

function AppFacts({ app }: { readonly app: AppDetail }) {
  const { id, limit, refusedLastHour } = app;
  return (
    <Section title="App" aside={<AppState suspendedAt={app.suspendedAt} />}>
      <Facts
        facts={[
          ['Id', <span className="mono">{id}</span>],
          [
            'Tenant',
            <>
              {app.tenantName} <span className="mono">{app.tenantId}</span>
            </>,
          ],
          ['Stores', <Place to={`/stores${queryOf({ app: id })}`}>{counted(app.stores, 'store')}</Place>],
          ['Created', <When at={app.createdAt} exact />],
          ['Suspended', <When at={app.suspendedAt} never="no" exact />],
          ['Requests a minute', `${count(limit.perMinute)}, ${limit.own ? 'set by an operator' : "the gateway's own"}`],
          ['Refused in the last hour', count(refusedLastHour)],
          [
            'May send merchants back to',
            app.returnOrigins.length === 0 ? 'nowhere' : <span className="mono">{app.returnOrigins.join(', ')}</span>,
          ],
        ]}
      />
    </Section>
  );
}
