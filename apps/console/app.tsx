import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Router, useLocation } from 'wouter';
import { makeQueryClient } from './api/live.js';
import { useSession } from './api/session.js';
import { NoticesProvider } from './parts/notices.js';
import { PreferencesProvider } from './parts/preferences.js';
import { Screens } from './routes.js';
import { Shell } from './shell/shell.js';
import { SignedOut } from './shell/signed-out.js';
import { readStyleNonce, spreadStyleNonce } from './style-nonce.js';
import { readableVariables, theme } from './theme.js';
import { takePlace } from './words/return-path.js';

spreadStyleNonce();

const PROVIDER = {
  theme,
  cssVariablesResolver: readableVariables,
  defaultColorScheme: 'auto',
  getStyleNonce: () => readStyleNonce() ?? '',
} as const;

/** The operator console. */
export function App() {
  const [client] = useState(makeQueryClient);
  return (
    <MantineProvider {...PROVIDER}>
      <QueryClientProvider client={client}>
        <PreferencesProvider>
          <NoticesProvider>
            <Router base="/console">
              <Doors />
            </Router>
          </NoticesProvider>
        </PreferencesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Whoever is not signed in sees the way to do so, and nothing else. */
function Doors() {
  const session = useSession();
  const [, navigate] = useLocation();
  useEffect(() => {
    const place = takePlace(sessionStorage, Date.now());
    if (place !== null) navigate(place, { replace: true });
  }, [navigate]);
  if (session.error?.facts.status === 401) return <SignedOut />;
  return (
    <Shell session={session.data}>
      <Screens />
    </Shell>
  );
}
