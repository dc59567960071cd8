import type { StoreDetail } from '#operator-api';
import { Section } from '../../parts/page.js';
import { Empty } from '../../parts/problem.js';
import { Badge } from '../../parts/state-badge.js';
import type { Words } from '../../words/health.js';
import { scopeRows, type ScopeState } from '../../words/scope-diff.js';

const WORDS: Readonly<Record<ScopeState, Words>> = {
  granted: { word: 'Granted', tone: 'good', icon: 'check' },
  missing: { word: 'Wanted, not granted', tone: 'warn', icon: 'minus' },
  lost: { word: 'Lost', tone: 'bad', icon: 'cross' },
  extra: { word: 'Granted, not wanted', tone: 'still', icon: 'plus' },
};

/** Wanted against granted. */
export function ScopesSection({ store }: { readonly store: StoreDetail }) {
  const { scopesWanted: wanted, scopesGranted: granted, scopesLost: lost, access } = store;
  const rows = scopeRows({ wanted, granted, lost, access });
  return (
    <Section title="Scopes" lead={`For the access: ${access.length === 0 ? 'none named' : access.join(', ')}`}>
      {rows.length === 0 ? (
        <Empty title="This kind of credential has no scopes" />
      ) : (
        <ul className="scopes">
          {rows.map(({ scope, state }) => (
            <li key={scope}>
              <Badge words={WORDS[state]} />
              <span className="mono">{scope}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
