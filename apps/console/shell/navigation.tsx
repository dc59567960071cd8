import { Link, useLocation } from 'wouter';
import { Icon, type IconName } from '../parts/icon.js';

interface Entry {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
}

const GROUPS: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
  [
    'Now',
    [
      { to: '/', label: 'Attention', icon: 'bell' },
      { to: '/stores', label: 'Stores', icon: 'shop' },
    ],
  ],
  [
    'Health',
    [
      { to: '/platforms', label: 'Platforms', icon: 'pulse' },
      { to: '/tokens', label: 'Tokens', icon: 'key' },
      { to: '/queues', label: 'Queues', icon: 'list' },
      { to: '/webhooks', label: 'Webhooks', icon: 'plug' },
      { to: '/capabilities', label: 'Capabilities', icon: 'chart' },
    ],
  ],
  [
    'Control',
    [
      { to: '/apps', label: 'Apps', icon: 'link' },
      { to: '/stops', label: 'Stops', icon: 'stop' },
      { to: '/audit', label: 'Audit log', icon: 'info' },
    ],
  ],
  [
    'People',
    [
      { to: '/operators', label: 'Operators', icon: 'hand' },
      { to: '/sessions', label: 'Sessions', icon: 'clock' },
    ],
  ],
];

function isHere(to: string, location: string): boolean {
  return to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`);
}

/** Every screen, by what one wants to know. */
export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const [location] = useLocation();
  return GROUPS.map(([title, entries]) => (
    <div key={title}>
      <p className="nav-title" id={`nav-${title}`}>
        {title}
      </p>
      <ul className="nav-group" aria-labelledby={`nav-${title}`}>
        {entries.map(({ to, label, icon }) => (
          <li key={to}>
            <Link
              href={to}
              className="nav-link"
              onClick={onNavigate}
              {...(isHere(to, location) ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon name={icon} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}
