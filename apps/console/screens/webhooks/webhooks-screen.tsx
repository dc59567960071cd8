import { Stack } from '@mantine/core';
import { deliveriesPage, DELIVERY_STATUSES } from '#operator-api';
import { useLive } from '../../api/live.js';
import { ChoiceField, type Filters, SearchField, useFilters } from '../../parts/filters.js';
import { Page, Section } from '../../parts/page.js';
import { PAGE_SIZE, Pages, usePaging } from '../../parts/pages.js';
import { Answered, Empty } from '../../parts/problem.js';
import { DELIVERY_WORDS } from '../../words/delivery.js';
import { queryOf } from '../../words/safe-url.js';
import { DeliveriesTable } from './deliveries-table.js';
import { SubscriptionsSection } from './subscriptions-section.js';

/** What platforms told us, and whether they still do. */
export default function WebhooksScreen() {
  const filters = useFilters();
  return (
    <Page title="Webhooks" lead="What platforms told us, and whether they will tell us again.">
      <Section title="Deliveries">
        <Stack gap="sm">
          <DeliveryFilters filters={filters} />
          <Deliveries filters={filters} />
        </Stack>
      </Section>
      <SubscriptionsSection />
    </Page>
  );
}

const STATUSES = DELIVERY_STATUSES.map((status) => ({ value: status, label: DELIVERY_WORDS[status].word }));

function DeliveryFilters({ filters }: { readonly filters: Filters }) {
  return (
    <div className="filters" role="search">
      <SearchField filters={filters} name="store" label="Store id" placeholder="sto_…" />
      <SearchField filters={filters} name="platform" label="Platform" />
      <ChoiceField filters={filters} name="status" label="What became of it" options={STATUSES} />
    </div>
  );
}

function Deliveries({ filters }: { readonly filters: Filters }) {
  const query = {
    store: filters.value('store'),
    platform: filters.value('platform'),
    status: filters.value('status'),
  };
  const paging = usePaging(queryOf(query));
  const path = `/ops/deliveries${queryOf({ ...query, limit: String(PAGE_SIZE), cursor: paging.cursor })}`;
  const asked = useLive(deliveriesPage, path, { keep: true });
  return (
    <Answered asked={asked}>
      {({ data, total, nextCursor }) => (
        <>
          {data.length === 0 ? (
            <Empty title="No delivery is like that" />
          ) : (
            <DeliveriesTable rows={data} busy={asked.isPlaceholderData} />
          )}
          <Pages paging={paging} shown={data.length} total={total} nextCursor={nextCursor} noun="deliveries" />
        </>
      )}
    </Answered>
  );
}
