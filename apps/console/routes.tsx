import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Boundary } from './parts/boundary.js';
import { EmptyCard, Loading } from './parts/problem.js';
import { Page } from './parts/page.js';
import { Place } from './parts/place.js';
import { AttentionScreen } from './screens/attention/attention-screen.js';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;
const loads: (() => Promise<unknown>)[] = [];

function screen<P>(load: Load<P>) {
  loads.push(load);
  return lazy(load);
}

/** What is loaded before it is needed opens also while the gateway is away, which is when it is needed most. */
async function loadOtherScreens(): Promise<void> {
  for (const load of loads) await load().catch(() => undefined);
}

// Each screen is its own file; charts come with those that draw some.
const StoresScreen = screen(() => import('./screens/stores/stores-screen.js'));
const StoreScreen = screen(() => import('./screens/store/store-screen.js'));
const PlatformsScreen = screen(() => import('./screens/platforms/platforms-screen.js'));
const PlatformScreen = screen(() => import('./screens/platforms/platform-screen.js'));
const CapabilitiesScreen = screen(() => import('./screens/platforms/capabilities-screen.js'));
const TokensScreen = screen(() => import('./screens/tokens/tokens-screen.js'));
const QueuesScreen = screen(() => import('./screens/queues/queues-screen.js'));
const WebhooksScreen = screen(() => import('./screens/webhooks/webhooks-screen.js'));
const AppsScreen = screen(() => import('./screens/apps/apps-screen.js'));
const AppScreen = screen(() => import('./screens/apps/app-screen.js'));
const AuditScreen = screen(() => import('./screens/audit/audit-screen.js'));
const OperatorsScreen = screen(() => import('./screens/people/operators-screen.js'));
const SessionsScreen = screen(() => import('./screens/people/sessions-screen.js'));
const StopsScreen = screen(() => import('./screens/stops/stops-screen.js'));

/** The first screen has everything it needs by then. */
const BEFORE_OTHERS_MS = 2_000;

/** Which address shows which screen. */
export function Screens() {
  const [location] = useLocation();
  useEffect(() => {
    const timer = setTimeout(() => void loadOtherScreens(), BEFORE_OTHERS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Boundary key={location}>
      <Suspense fallback={<Loading lines={10} />}>
        <Switch>
          <Route path="/" component={AttentionScreen} />
          <Route path="/stores" component={StoresScreen} />
          <Route path="/stores/:id">{({ id }) => <StoreScreen key={id} id={id} />}</Route>
          <Route path="/platforms" component={PlatformsScreen} />
          <Route path="/platforms/:id">{({ id }) => <PlatformScreen key={id} id={id} />}</Route>
          <Route path="/capabilities" component={CapabilitiesScreen} />
          <Route path="/tokens" component={TokensScreen} />
          <Route path="/queues" component={QueuesScreen} />
          <Route path="/webhooks" component={WebhooksScreen} />
          <Route path="/apps" component={AppsScreen} />
          <Route path="/apps/:id">{({ id }) => <AppScreen key={id} id={id} />}</Route>
          <Route path="/audit" component={AuditScreen} />
          <Route path="/operators" component={OperatorsScreen} />
          <Route path="/sessions" component={SessionsScreen} />
          <Route path="/stops" component={StopsScreen} />
          <Route>
            <NothingHere />
          </Route>
        </Switch>
      </Suspense>
    </Boundary>
  );
}

function NothingHere() {
  return (
    <Page title="Nothing here">
      <EmptyCard title="The console has no such page.">
        <Place to="/">Back to what needs attention</Place>
      </EmptyCard>
    </Page>
  );
}
