import { Group, Stack } from '@mantine/core';
import { storeDetail, type StoreDetail } from '#operator-api';
import { useLive } from '../../api/live.js';
import { Page } from '../../parts/page.js';
import { Place } from '../../parts/place.js';
import { Answered } from '../../parts/problem.js';
import { StateBadge, WhoBadge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { pathOf } from '../../words/safe-url.js';
import { storeName } from '../../words/store-name.js';
import { CredentialSection } from './credential-section.js';
import { PaceSection } from './pace-section.js';
import { ProbeSection } from './probe-section.js';
import { ScopesSection } from './scopes-section.js';
import { StoreActions } from './store-actions.js';
import { StoreFacts } from './store-facts.js';
import { TimelineSection } from './timeline-section.js';
import { PollsSection, WebhooksSection } from './webhooks-section.js';

/** Everything about one connection. */
export default function StoreScreen({ id }: { readonly id: string }) {
  const asked = useLive(storeDetail, pathOf`/ops/stores/${id}`);
  const store = asked.data;
  return (
    <Page
      title={store === undefined ? 'Store' : storeName(store)}
      lead={store === undefined ? id : <Lead store={store} />}
    >
      <Answered asked={asked}>{(data) => <Everything store={data} />}</Answered>
    </Page>
  );
}

function Lead({ store }: { readonly store: StoreDetail }) {
  return (
    <Group gap="xs" className="break">
      <span>{store.domain}</span>·<span>{store.platform}</span>·
      <Place to={pathOf`/apps/${store.appId}`}>{store.appName}</Place>·<span>{store.tenantName}</span>
      {store.mode === 'test' ? <span>· test</span> : null}
    </Group>
  );
}

function Everything({ store }: { readonly store: StoreDetail }) {
  return (
    <Stack gap="md">
      <Verdict store={store} />
      <StoreActions store={store} />
      <div className="columns">
        <StoreFacts store={store} />
        <CredentialSection credential={store.credential} />
        <ScopesSection store={store} />
        <PaceSection store={store} />
        <WebhooksSection store={store} />
        <PollsSection polls={store.polls} />
      </div>
      <ProbeSection store={store} />
      <TimelineSection storeId={store.id} />
    </Stack>
  );
}

/** How it is, why, who acts and until when: the answer to why somebody came. */
function Verdict({ store: { health, stop } }: { readonly store: StoreDetail }) {
  return (
    <section className="card" aria-label="How it is">
      <Group gap="sm">
        <StateBadge state={health.state} />
        <span className="dim">Who acts:</span>
        <WhoBadge who={health.who} />
        <span className="dim">
          since <When at={health.since} exact />
        </span>
      </Group>
      <p className="verdict">{health.sentence}</p>
      {health.diesAt === null ? null : (
        <p className={health.dying ? 'dying' : 'dim'}>
          {health.dying ? 'Dying: the connection ends ' : 'Known to end, unless it is renewed before: '}
          <When at={health.diesAt} exact />.
        </p>
      )}
      {stop === null ? null : (
        <p className="break">
          Stopped ({stop.scope}) by {stop.setBy}, <When at={stop.setAt} />: {stop.reason}
        </p>
      )}
    </section>
  );
}
