import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import icon from '../assets/icon.svg';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { OperatorSession } from '#operator-api';
import { DisplayMenu } from './display-menu.js';
import { DoubtBanner } from './doubt-banner.js';
import { LiveIndicator } from './live-indicator.js';
import { Navigation } from './navigation.js';

interface ShellProps {
  readonly session: OperatorSession | undefined;
  readonly children: ReactNode;
}

/** What surrounds every screen. */
export function Shell({ session, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !opened } }}
        padding={{ base: 'sm', sm: 'lg' }}
        transitionDuration={0}
      >
        <AppShell.Header>
          <Header session={session} opened={opened} toggle={toggle} />
        </AppShell.Header>
        <AppShell.Navbar p="sm" className="shell-nav" aria-label="Screens">
          <Navigation onNavigate={close} />
        </AppShell.Navbar>
        <AppShell.Main>
          <div id="main" className="content" tabIndex={-1}>
            <DoubtBanner />
            {children}
          </div>
        </AppShell.Main>
      </AppShell>
    </>
  );
}

interface HeaderProps {
  readonly session: OperatorSession | undefined;
  readonly opened: boolean;
  readonly toggle: () => void;
}

function Header({ session, opened, toggle }: HeaderProps) {
  return (
    <div className="shell-header">
      <Burger opened={opened} onClick={toggle} hiddenFrom="md" size="sm" aria-label="Menu" aria-expanded={opened} />
      <Link href="/" className="brand" aria-label="Shopspan console: attention">
        <img src={icon} alt="" width={26} height={26} />
        <span className="wide-only">Shopspan</span>
      </Link>
      <div className="grow" />
      <LiveIndicator />
      {session === undefined ? null : (
        <span className="who-am-i wide-only">
          {session.name} <span className="dim">({session.role})</span>
        </span>
      )}
      <DisplayMenu />
    </div>
  );
}
