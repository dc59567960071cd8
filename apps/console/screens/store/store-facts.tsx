import type { StoreDetail } from '#operator-api';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/page.js';
import { When } from '../../parts/when.js';

/** Who it is. */
export function StoreFacts({ store }: { readonly store: StoreDetail }) {
  return (
    <Section title="Store">
      <Facts
        facts={[
          ['Id', <span className="mono">{store.id}</span>],
          ['Account at the platform', <span className="mono">{store.account}</span>],
          ['Status', store.status],
          ['Currency', store.currency],
          ['Time zone', store.timezone ?? 'not told'],
          ["The app's own id", store.externalId === null ? 'none' : <span className="mono">{store.externalId}</span>],
          ['Connected', <When at={store.createdAt} exact />],
          ['Last success', <When at={store.lastSuccessAt} never="never" exact />],
          [
            'Last error',
            store.lastError === null ? (
              'none'
            ) : (
              <>
                <span className="mono">{store.lastError.code}</span> <When at={store.lastError.at} />
                <div>{store.lastError.message}</div>
              </>
            ),
          ],
        ]}
      />
    </Section>
  );
}
