import { Button, Stack, Text, Title } from '@mantine/core';
import icon from '../assets/icon.svg';
import { useEffect } from 'react';
import { rememberHere } from '../words/return-path.js';

/** The door. Where somebody wanted to go is remembered for when they are back. */
export function SignedOut() {
  useEffect(() => {
    document.title = 'Sign in · Shopspan console';
  }, []);
  return (
    <main className="door">
      <Stack gap="md" className="card">
        <span className="brand">
          <img src={icon} alt="" width={28} height={28} />
          Shopspan console
        </span>
        <Title order={1} size="h2">
          You are not signed in
        </Title>
        <Text size="sm">
          Operators sign in with their provider or a one-time link. A session ends after 30 minutes without a request.
        </Text>
        <Button component="a" href="/ops/sign-in" onClick={rememberHere}>
          Sign in
        </Button>
      </Stack>
    </main>
  );
}
