import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Trouble } from '../api/problem.js';
import { Callout } from './callout.js';
import { Icon } from './icon.js';
import { SignInAgain } from './sign-in-again.js';

function titleOf({ facts }: Trouble): string {
  if (facts.code === 'role_missing') return 'Your role is not enough';
  if (facts.kind === 'unreachable') return 'No answer';
  if (facts.status === 404) return 'Not there';
  return facts.kind === 'refused' ? 'Refused' : 'This could not be loaded';
}

/** Why there is nothing to see: the gateway's sentence, its code, and the number to ask about. */
export function Problem({ trouble, retry }: { readonly trouble: Trouble; readonly retry?: () => void }) {
  const { sentence, advice, code, requestId } = trouble.facts;
  return (
    <Callout tone="bad" icon="warning" title={titleOf(trouble)} urgent>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{sentence}</Text>
        {advice === undefined ? null : (
          <Text size="sm" c="dimmed">
            {advice}
          </Text>
        )}
        <Group gap="xs">
          {code === undefined ? null : <Code>{code}</Code>}
          {requestId === undefined ? null : (
            <Text size="xs" c="dimmed">
              request <Code>{requestId}</Code>
            </Text>
          )}
        </Group>
        {code === 'step_up_required' ? <SignInAgain /> : null}
        {retry === undefined ? null : (
          <Button size="xs" variant="default" leftSection={<Icon name="heal" size={14} />} onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Callout>
  );
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Trouble | null;
  readonly refetch: () => unknown;
}

interface AnsweredProps<T> {
  readonly asked: Asked<T>;
  /** What stands there until the answer is here. */
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** An answer, or why there is none. What was known stays when a later round fails; the banner above tells. */
export function Answered<T>({ asked, skeleton, children }: AnsweredProps<T>) {
  if (asked.data !== undefined) return children(asked.data);
  if (asked.error !== null) return <Problem trouble={asked.error} retry={() => void asked.refetch()} />;
  return skeleton ?? <Loading />;
}

/** Grey lines where rows will be. */
export function Loading({ lines = 6 }: { readonly lines?: number }) {
  return (
    <div className="card" aria-busy="true">
      <span className="sr-only" role="status">
        Loading
      </span>
      <Stack gap="sm">
        {Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} height={22} radius="sm" width={`${String(96 - ((index * 17) % 40))}%`} />
        ))}
      </Stack>
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** The same where no section is around it. */
export function EmptyCard(props: EmptyProps) {
  return (
    <div className="card">
      <Empty {...props} />
    </div>
  );
}

/** Nothing there, and that is an answer. */
export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name="list" size={22} />
      <Text fw={600}>{title}</Text>
      {children === undefined ? null : (
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      )}
    </div>
  );
}
