import { Button, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { StoreDetail } from '#operator-api';
import { type Answer, send } from '../../api/client.js';
import { ActionButton } from '../../parts/action-button.js';
import { ReconnectButton } from '../../parts/reconnect-link.js';
import { pathOf, queryOf } from '../../words/safe-url.js';

/** What an operator can do about a store. */
export function StoreActions({ store }: { readonly store: StoreDetail }) {
  const { id, health, status } = store;
  const name = store.name || store.domain;
  const post = (path: string) => (): Promise<Answer> => send(path, { method: 'POST', body: {} });
  const gone = status === 'disconnected' ? 'The store was disconnected; its credential is destroyed.' : null;
  return (
    <Group gap="xs" role="group" aria-label="Actions">
      <ReconnectButton
        storeId={id}
        name={name}
        look={health.reconnectHelps ? 'main' : 'plain'}
        refusal={gone === null ? null : 'Only its app can connect a store again that was disconnected.'}
      />
      <ActionButton
        needs="operator"
        label="Retry now"
        icon="heal"
        refusal={gone}
        act={{ send: post(pathOf`/ops/stores/${id}/retry`), told: () => `${name}: it is being tried again.` }}
      />
      <PauseButton store={store} post={post} refusal={gone} />
      <ActionButton
        needs="operator"
        label="Subscribe again"
        icon="plug"
        refusal={gone}
        act={{
          send: post(pathOf`/ops/stores/${id}/resubscribe`),
          told: () => `${name}: its subscriptions are being checked and made again.`,
        }}
      />
      <Button
        component={Link}
        href={`/stops${queryOf({ scope: 'store', target: id })}`}
        size="xs"
        variant="outline"
        color="red"
      >
        Stop …
      </Button>
    </Group>
  );
}

interface PauseProps {
  readonly store: StoreDetail;
  readonly post: (path: string) => () => Promise<Answer>;
  readonly refusal: string | null;
}

function PauseButton({ store, post, refusal }: PauseProps) {
  const { id } = store;
  const name = store.name || store.domain;
  if (store.status === 'paused') {
    return (
      <ActionButton
        needs="operator"
        label="Resume"
        icon="play"
        look="main"
        act={{ send: post(pathOf`/ops/stores/${id}/resume`), told: () => `${name}: calls go on.` }}
      />
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
      act={{ send: post(pathOf`/ops/stores/${id}/pause`), told: () => `${name}: all calls are held.` }}
    />
  );
}
