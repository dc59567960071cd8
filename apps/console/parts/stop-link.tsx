import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { StopRow } from '#operator-api';
import { queryOf } from '../words/safe-url.js';

interface StopLinkProps {
  readonly scope: StopRow['scope'];
  readonly target: string;
}

/** Leads to the form that stops something, with its name filled in. */
export function StopLink({ scope, target }: StopLinkProps) {
  return (
    <Button component={Link} href={`/stops${queryOf({ scope, target })}`} size="xs" variant="outline" color="red">
      Stop …
    </Button>
  );
}
