import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import { reconnectLink, type ReconnectLink } from '#operator-api';
import { useActing } from '../api/act.js';
import { post, read } from '../api/client.js';
import { pathOf } from '../words/safe-url.js';
import { RoleButton } from './action-button.js';
import { Callout } from './callout.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';
import { When } from './when.js';

interface ReconnectButtonProps {
  readonly storeId: string;
  readonly name: string;
  readonly label?: string;
  readonly look?: 'main' | 'plain';
  readonly refusal?: string | null;
}

/** Makes a link for the merchant. It is a secret that works once: it is shown once, and kept nowhere. */
export function ReconnectButton(props: ReconnectButtonProps) {
  const { storeId, name, label = 'Make reconnect link', look = 'plain', refusal = null } = props;
  const { run, pending } = useActing();
  const [link, setLink] = useState<ReconnectLink>();
  const path = pathOf`/ops/stores/${storeId}/reconnect-link`;
  const make = () =>
    void run({
      send: async () => {
        const answer = await post(path);
        setLink(read(reconnectLink, path, answer.body));
        return answer;
      },
      told: () => `A link for ${name} was made. Send it to the merchant.`,
    });
  return (
    <>
      <RoleButton
        needs="operator"
        label={label}
        about={name}
        icon="link"
        look={look}
        pending={pending}
        refusal={refusal}
        onPress={make}
      />
      <Dialog
        opened={link !== undefined}
        close={() => setLink(undefined)}
        title={`Reconnect link for ${name}`}
        wide
        closesBeside={false}
      >
        {link === undefined ? null : <LinkOnce link={link} close={() => setLink(undefined)} />}
      </Dialog>
    </>
  );
}

function LinkOnce({ link, close }: { readonly link: ReconnectLink; readonly close: () => void }) {
  const clipboard = useClipboard({ timeout: 4_000 });
  return (
    <Stack gap="md">
      <Callout tone="warn" icon="key" title="Shown once">
        Whoever has this link can connect the shop. It works once; send it to the merchant alone. It is not kept here:
        close this and it is gone.
      </Callout>
      <TextInput
        label="Link"
        value={link.url}
        readOnly
        className="mono"
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <Text size="sm">
        It ends <When at={link.expiresAt} exact />.
      </Text>
      <Group justify="flex-end">
        <span role="status" className="dim">
          {clipboard.copied
            ? 'Copied.'
            : clipboard.error === null
              ? ''
              : 'Copying is not allowed here: select the link and copy it.'}
        </span>
        <Button
          size="sm"
          leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} size={14} />}
          onClick={() => clipboard.copy(link.url)}
        >
          Copy link
        </Button>
        <Button size="sm" variant="default" onClick={close}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
