import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { limitChange } from '#operator-api';
import { useActing } from '../api/act.js';
import { send } from '../api/client.js';
import { count } from '../words/numbers.js';
import { pathOf } from '../words/safe-url.js';
import { RoleButton } from './action-button.js';
import { Dialog } from './dialog.js';

interface LimitButtonProps {
  readonly appId: string;
  readonly label: string;
  readonly about: string;
  /** What holds now; null where it is not known here. */
  readonly perMinute: number | null;
  readonly look?: 'main' | 'plain';
}

/** Changes how many requests a minute an app may make, or gives it back the gateway's own limit. */
export function LimitButton({ appId, label, about, perMinute, look = 'plain' }: LimitButtonProps) {
  const { run, pending } = useActing();
  const [opened, setOpened] = useState(false);
  const change = (wanted: number | null) => {
    const act = {
      send: () => send(pathOf`/ops/apps/${appId}/limit`, { method: 'PUT', body: { perMinute: wanted } }),
      told: () =>
        wanted === null
          ? 'The limit of the gateway holds again, within seconds.'
          : `${count(wanted)} requests a minute are allowed, within seconds.`,
    };
    void run(act).then((done) => {
      if (done) setOpened(false);
    });
  };
  return (
    <>
      <RoleButton
        needs="operator"
        label={label}
        about={about}
        icon="plus"
        look={look}
        pending={pending}
        onPress={() => setOpened(true)}
      />
      <Dialog opened={opened} close={() => setOpened(false)} title="Requests a minute">
        <LimitForm perMinute={perMinute} pending={pending} change={change} />
      </Dialog>
    </>
  );
}

interface LimitFormProps {
  readonly perMinute: number | null;
  readonly pending: boolean;
  readonly change: (wanted: number | null) => void;
}

function LimitForm({ perMinute, pending, change }: LimitFormProps) {
  const [text, setText] = useState(perMinute === null ? '' : String(perMinute * 2));
  const wanted = /^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN;
  const isValid = limitChange.safeParse({ perMinute: wanted }).success;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid && !pending) change(wanted);
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Each process of the gateway lets an app make this many requests a minute.
          {perMinute === null ? '' : ` Now: ${count(perMinute)}.`}
        </Text>
        <TextInput
          label="Requests a minute"
          inputMode="numeric"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={text !== '' && !isValid ? 'A whole number from 1 to 1,000,000.' : null}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" size="sm" onClick={() => change(null)} disabled={pending}>
            Use the gateway's own
          </Button>
          <Button type="submit" size="sm" loading={pending} disabled={!isValid}>
            Change limit
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
