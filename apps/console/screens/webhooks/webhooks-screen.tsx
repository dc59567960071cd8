import { Stack } from '@mantine/core';
import { deliveriesPage, DELIVERY_STATUSES } from '#operator-api';
import { ChoiceField, type Filters, SearchField, useFilters } from '../../parts/filters.js';
import { Page, Section } from '../../parts/page.js';
import { PagedTable, useList } from '../../parts/paged-table.js';
import { Empty } from '../../parts/problem.js';
import { DELIVERY_WORDS } from '../../words/delivery.js';
import { DELIVERY_COLUMNS } from './delivery-columns.js';
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
  const list = useList(deliveriesPage, '/ops/deliveries', {
    store: filters.value('store'),
    platform: filters.value('platform'),
    status: filters.value('status'),
  });
  return (
    <PagedTable
      list={list}
      caption="Deliveries"
      noun="deliveries"
      columns={DELIVERY_COLUMNS}
      rowKey={({ id }) => id}
      empty={<Empty title="No delivery is like that" />}
    />
  );
}
