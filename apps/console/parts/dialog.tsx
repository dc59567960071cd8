import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly wide?: boolean;
  /** Whether a press beside it closes it; not where what it shows is gone then. */
  readonly closesBeside?: boolean;
  readonly children: ReactNode;
}

/** A dialog over the screen. Its head is no landmark: the page has its own. */
export function Dialog({ opened, close, title, wide = false, closesBeside = true, children }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      centered
      size={wide ? 'lg' : 'md'}
      closeOnClickOutside={closesBeside}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'none' } }}
      transitionProps={{ duration: 120 }}
    >
      {children}
    </Modal>
  );
}
