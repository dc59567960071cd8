import { Button, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Callout } from './callout.js';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** Keeps the rest of the console when a screen breaks, or its file cannot be loaded: React knows classes only for this. */
export class Boundary extends Component<BoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  return (
    <Callout tone="bad" icon="warning" title="This screen broke" urgent>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          A part of the console could not be loaded or met something it did not expect; a newer version may have been
          installed.
        </Text>
        <Button size="xs" variant="default" onClick={() => globalThis.location.reload()}>
          Load the console again
        </Button>
      </Stack>
    </Callout>
  );
}
