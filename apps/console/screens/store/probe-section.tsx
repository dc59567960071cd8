import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { probeResult, type ProbeResult, type StoreDetail } from '#operator-api';
import { useActing } from '../../api/act.js';
import { post, read } from '../../api/client.js';
import { RoleButton } from '../../parts/action-button.js';
import { Facts } from '../../parts/facts.js';
import { Section } from '../../parts/page.js';
import { Badge, StateBadge } from '../../parts/state-badge.js';
import { When } from '../../parts/when.js';
import { milliseconds } from '../../words/numbers.js';
import { pathOf } from '../../words/safe-url.js';

/** One call to the shop, now, as raw as an operator may see it. */
export function ProbeSection({ store }: { readonly store: StoreDetail }) {
  const { run, pending } = useActing();
  const [result, setResult] = useState<ProbeResult>();
  const path = pathOf`/ops/stores/${store.id}/probe`;
  const probe = () =>
    void run({
      send: async () => {
        const answer = await post(path);
        setResult(read(probeResult, path, answer.body));
        return answer;
      },
      told: () => 'The shop was asked; its answer is below.',
    });
  return (
    <Section
      title="Health probe"
      lead="Asks the shop who it is, once, by the way of every call."
      aside={
        <RoleButton
          needs="operator"
          label="Ask the shop now"
          icon="pulse"
          pending={pending}
          onPress={probe}
          refusal={store.status === 'disconnected' ? 'The store was disconnected; there is nothing to ask with.' : null}
        />
      }
    >
      {result === undefined ? (
        <Text size="sm" c="dimmed">
          Not asked yet.
        </Text>
      ) : (
        <Result result={result} />
      )}
    </Section>
  );
}

function Result({ result }: { readonly result: ProbeResult }) {
  const { ok, shop, error, health } = result;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Badge
          words={
            ok ? { word: 'Answered', tone: 'good', icon: 'check' } : { word: 'Failed', tone: 'bad', icon: 'cross' }
          }
        />
        <span>in {milliseconds(result.milliseconds)}</span>
        <When at={result.at} exact />
        <StateBadge state={health.state} />
      </Group>
      <Facts
        facts={[
          ...(shop === null ? [] : [['Shop', `${shop.name} · ${shop.domain} · ${shop.currency}`] as const]),
          ...(error === null
            ? []
            : ([
                ['Error', <span className="mono">{error.code}</span>],
                ['Meaning', error.message],
                ['Status of the platform', error.platformStatus === null ? 'none' : String(error.platformStatus)],
                ['What the platform said', <span className="mono">{error.platformMessage ?? 'nothing'}</span>],
              ] as const)),
          ['What that means for the store', health.sentence],
        ]}
      />
    </Stack>
  );
}
