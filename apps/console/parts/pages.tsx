import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { range } from '../words/numbers.js';
import { Icon } from './icon.js';

export const PAGE_SIZE = 50;

export interface Paging {
  /** Of the page that is shown; undefined for the first. */
  readonly cursor: string | undefined;
  /** How many pages were left behind. */
  readonly before: number;
  readonly next: (cursor: string) => void;
  readonly back: () => void;
}

/**
 * Where somebody is in a list. A page at a time: asking every page anew each five seconds would be dear, and a longer list no
 * easier to read.
 * @param list what the list is; another one begins at its first page
 */
export function usePaging(list: string): Paging {
  const [place, setPlace] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] });
  const cursors = place.list === list ? place.cursors : [];
  return {
    cursor: cursors.at(-1),
    before: cursors.length,
    next: (cursor) => setPlace({ list, cursors: [...cursors, cursor] }),
    back: () => setPlace({ list, cursors: cursors.slice(0, -1) }),
  };
}

interface PagesProps {
  readonly paging: Paging;
  readonly shown: number;
  readonly total: number | undefined;
  readonly nextCursor: string | null;
  /** What is counted, for whoever hears the list. */
  readonly noun: string;
}

/** Which rows are shown, and the way to the others. */
export function Pages({ paging, shown, total, nextCursor, noun }: PagesProps) {
  const first = paging.before * PAGE_SIZE + 1;
  const words = total === undefined ? `page ${String(paging.before + 1)}` : range(first, shown, total);
  return (
    <Group justify="space-between" gap="xs" component="nav" aria-label={`Pages of ${noun}`}>
      <Text size="sm" c="dimmed">
        <span role="status">
          {words} {noun}
        </span>
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={paging.before === 0} onClick={paging.back}>
          Previous page
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={nextCursor === null}
          rightSection={<Icon name="play" size={12} />}
          onClick={() => {
            if (nextCursor !== null) paging.next(nextCursor);
          }}
        >
          Next page
        </Button>
      </Group>
    </Group>
  );
}
