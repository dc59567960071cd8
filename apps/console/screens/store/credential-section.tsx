import type { StoreDetail } from '#operator-api';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/page.js';
import { Empty } from '../../parts/problem.js';
import { When } from '../../parts/when.js';
import { count } from '../../words/numbers.js';

/** What is known of a credential without the credential. */
export function CredentialSection({ credential }: { readonly credential: StoreDetail['credential'] }) {
  if (credential === null) {
    return (
      <Section title="Credential">
        <Empty title="There is none">It was destroyed, or the store was never connected to the end.</Empty>
      </Section>
    );
  }
  const { lastError } = credential;
  return (
    <Section title="Credential" lead="Nobody sees the credential itself, here or elsewhere.">
      <Facts
        facts={[
          ['Kind', credential.strategyTitle],
          ['State', `${credential.state}, version ${count(credential.version)}`],
          ['Access ends', <When at={credential.accessExpiresAt} never="never" exact />],
          ['Renewal possible until', <When at={credential.refreshExpiresAt} never="no end known" exact />],
          ['Next renewal', <When at={credential.nextRefreshAt} never="none: it does not renew" exact />],
          ['Last renewal', <When at={credential.lastRefreshedAt} never="never" exact />],
          ['Failed renewals in a row', count(credential.attempt)],
          [
            'Last error of a renewal',
            lastError === null ? (
              'none'
            ) : (
              <>
                <span className="mono">{lastError.code}</span> <When at={lastError.at} />
                <div>{lastError.message}</div>
              </>
            ),
          ],
        ]}
      />
    </Section>
  );
}
