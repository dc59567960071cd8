import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from './dialog.js';

interface ConfirmProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly title: string;
  /** Of the button that does it. */
  readonly label: string;
  readonly pending: boolean;
  readonly onConfirm: () => void;
  /** Must be typed, letter by letter, before anything happens. */
  readonly word?: string;
  readonly children: ReactNode;
}

/** Asks once more before something is done. */
export function Confirm({ opened, close, title, ...rest }: ConfirmProps) {
  return (
    <Dialog opened={opened} close={close} title={title}>
      <ConfirmForm close={close} {...rest} />
    </Dialog>
  );
}

type ConfirmFormProps = Omit<ConfirmProps, 'opened' | 'title'>;

function ConfirmForm({ close, label, pending, onConfirm, word, children }: ConfirmFormProps) {
  const [typed, setTyped] = useState('');
  const isTyped = word === undefined || typed === word;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isTyped && !pending) onConfirm();
      }}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {word === undefined ? null : (
          <TextInput
            label={`Type ${word} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" size="sm" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" size="sm" color="red" loading={pending} disabled={!isTyped}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
