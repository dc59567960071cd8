import { Anchor, Text } from '@mantine/core';
import { rememberHere } from '../words/return-path.js';

/** The way to prove once more who one is; it leads back here. */
export function SignInAgain() {
  return (
    <Anchor href="/ops/sign-in?again=1" onClick={rememberHere} inherit>
      Sign in again
    </Anchor>
  );
}

/** What is dangerous takes a sign-in of the last minutes. */
export function StepUp() {
  return (
    <Text size="sm">
      <SignInAgain />, then you come back here.
    </Text>
  );
}
