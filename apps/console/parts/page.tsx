import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Where a browser opens the console it puts the focus itself. */
let isFirst = true;

/** A screen: its one h1, which has the focus after a navigation, and the title of the document. */
export function Page({ title, lead, aside, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Shopspan console`;
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1} ref={heading} tabIndex={-1} className="page-title">
            {title}
          </Title>
          <Lead mt={4}>{lead}</Lead>
        </div>
        {aside}
      </Group>
      {children}
    </Stack>
  );
}

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen, with a heading of its own. */
export function Section({ title, lead, aside, children }: SectionProps) {
  return (
    <section className="card" aria-label={title}>
      <Group justify="space-between" align="flex-start" mb="sm" gap="sm" wrap="nowrap">
        <div className="grow">
          <Title order={2} size="h4">
            {title}
          </Title>
          <Lead>{lead}</Lead>
        </div>
        {aside}
      </Group>
      {children}
    </section>
  );
}

function Lead({ children, mt = 0 }: { readonly children: ReactNode; readonly mt?: number }) {
  if (children === undefined) return null;
  return (
    <Text component="div" size="sm" c="dimmed" mt={mt}>
      {children}
    </Text>
  );
}
