import { Group } from '@mantine/core';
import type { StoreDetail } from '#operator-api';
import { storeAct } from '../../api/store-acts.js';
import { ActionButton } from '../../parts/action-button.js';
import { ReconnectButton } from '../../parts/reconnect-link.js';
import { StopLink } from '../../parts/stop-link.js';
import { storeName } from '../../words/store-name.js';

/** What an operator can do about a store. */
export function StoreActions({ store }: { readonly store: StoreDetail }) {
  const { id, health, status } = store;
  const name = storeName(store);
  const gone = status === 'disconnected' ? 'The store was disconnected; its credential is destroyed.' : null;
  return (
    <Group gap="xs" role="group" aria-label="Actions">
      <ReconnectButton
        storeId={id}
        name={name}
        look={health.reconnectHelps ? 'main' : 'plain'}
        refusal={gone === null ? null : 'Only its app can connect a store again that was disconnected.'}
      />
      <ActionButton needs="operator" label="Retry now" icon="heal" refusal={gone} act={storeAct('retry', id, name)} />
      <PauseButton store={store} refusal={gone} />
      <ActionButton
        needs="operator"
        label="Subscribe again"
        icon="plug"
        refusal={gone}
        act={storeAct('resubscribe', id, name)}
      />
      <StopLink scope="store" target={id} />
    </Group>
  );
}

interface PauseProps {
  readonly store: StoreDetail;
  readonly refusal: string | null;
}

function PauseButton({ store, refusal }: PauseProps) {
  const name = storeName(store);
  if (store.status === 'paused') {
    return (
      <ActionButton needs="operator" label="Resume" icon="play" look="main" act={storeAct('resume', store.id, name)} />
    );
  }
  return (
    <ActionButton
      needs="operator"
      label="Pause"
      icon="pause"
      refusal={refusal}
      confirm={{
        title: `Pause ${name}?`,
        text: 'Nothing uses its credential until it is resumed: its app is refused, and nothing is renewed.',
      }}
      act={storeAct('pause', store.id, name)}
    />
  );
}
