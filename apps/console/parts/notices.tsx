import { CloseButton, Group, Text } from '@mantine/core';
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import type { Trouble } from '../api/problem.js';
import { Icon } from './icon.js';
import { StepUp } from './sign-in-again.js';

interface Notice {
  readonly id: number;
  readonly tone: 'good' | 'wait' | 'bad';
  readonly text: string;
  readonly trouble?: Trouble;
}

interface Notices {
  /** Says how something went. */
  readonly tell: (tone: 'good' | 'wait', text: string) => void;
  readonly tellTrouble: (trouble: Trouble) => void;
}

const NoticesContext = createContext<Notices>({ tell: () => undefined, tellTrouble: () => undefined });
export const useNotices = (): Notices => use(NoticesContext);

/** More would cover the screen that they speak of. */
const MOST = 4;
/** Long enough to be read twice; what failed stays until it is closed. */
const SHOWN_MS = 12_000;

/** What became of what somebody did, in words, in a corner that is read aloud. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const next = useRef(1);
  const close = useCallback((id: number) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const add = useCallback(
    (notice: Omit<Notice, 'id'>) => {
      const id = next.current;
      next.current += 1;
      setNotices((all) => [...all.slice(1 - MOST), { ...notice, id }]);
      if (notice.tone !== 'bad') setTimeout(() => close(id), SHOWN_MS);
    },
    [close],
  );
  const value = useMemo<Notices>(
    () => ({
      tell: (tone, text) => add({ tone, text }),
      tellTrouble: (trouble) => add({ tone: 'bad', text: trouble.message, trouble }),
    }),
    [add],
  );
  return (
    <NoticesContext value={value}>
      {children}
      <div className="notices" role="region" aria-label="Notices">
        <div role="status">{notices.filter(({ tone }) => tone !== 'bad').map(render)}</div>
        <div role="alert">{notices.filter(({ tone }) => tone === 'bad').map(render)}</div>
      </div>
    </NoticesContext>
  );

  function render(notice: Notice) {
    return <NoticeCard key={notice.id} notice={notice} close={() => close(notice.id)} />;
  }
}

const ICONS = { good: 'check', wait: 'clock', bad: 'warning' } as const;

function NoticeCard({ notice, close }: { readonly notice: Notice; readonly close: () => void }) {
  const facts = notice.trouble?.facts;
  return (
    <div className={`notice tone-${notice.tone}`}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Icon name={ICONS[notice.tone]} size={18} />
        <div className="grow">
          <Text size="sm" fw={600}>
            {notice.text}
          </Text>
          {facts?.code === 'step_up_required' ? <StepUp /> : null}
          {facts === undefined ? null : (
            <Text size="xs" className="mono">
              {[facts.code, facts.requestId].filter(Boolean).join(' · ')}
            </Text>
          )}
        </div>
        <CloseButton size="sm" aria-label="Close this notice" onClick={close} />
      </Group>
    </div>
  );
}
