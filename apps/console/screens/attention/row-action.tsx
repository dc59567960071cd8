import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { z } from 'zod';
import type { AttentionRow } from '#operator-api';
import { send } from '../../api/client.js';
import { ActionButton } from '../../parts/action-button.js';
import { LimitButton } from '../../parts/limit-button.js';
import { ReconnectButton } from '../../parts/reconnect-link.js';
import { counted } from '../../words/numbers.js';
import { ownPlace, pathOf } from '../../words/safe-url.js';

/** The one button of a row. */
export function RowAction({ row }: { readonly row: AttentionRow }) {
  const { action, store } = row;
  if (action === null) return null;
  const { kind, label, target } = action;
  const about = store?.name ?? row.sentence;
  switch (kind) {
    case 'reconnectLink':
      return <ReconnectButton storeId={target} name={about} label={label} look="main" />;
    case 'raiseLimit':
      return <LimitButton appId={target} label={label} about={about} perMinute={null} look="main" />;
    case 'open':
      return <OpenButton label={label} about={about} to={row.href ?? target} />;
    case 'retry':
    case 'resume':
    case 'replay':
      return <Press row={row} kind={kind} label={label} target={target} about={about} />;
  }
}

type Pressed = 'retry' | 'resume' | 'replay';

/** All failed ones of a platform are worked through again at once: the answer says how many. */
const replayed = z.object({ replayed: z.number().int() });

const DONE: Readonly<Record<Pressed, (about: string, body: unknown) => string>> = {
  retry: (about) => `${about}: it is being tried again.`,
  resume: (about) => `${about}: calls go on.`,
  replay(_about, body) {
    const read = replayed.safeParse(body);
    if (!read.success) return 'They are being worked through again.';
    return `${counted(read.data.replayed, 'delivery is', 'deliveries are')} being worked through again.`;
  },
};

function pathFor(kind: Pressed, target: string): string {
  if (kind === 'replay') return pathOf`/ops/deliveries/${target}/replay`;
  return kind === 'retry' ? pathOf`/ops/stores/${target}/retry` : pathOf`/ops/stores/${target}/resume`;
}

interface PressProps {
  readonly row: AttentionRow;
  readonly kind: Pressed;
  readonly label: string;
  readonly target: string;
  readonly about: string;
}

function Press({ row, kind, label, target, about }: PressProps) {
  return (
    <ActionButton
      needs="operator"
      label={label}
      about={about}
      icon={kind === 'resume' ? 'play' : 'heal'}
      look={row.who === 'you' ? 'main' : 'plain'}
      act={{
        send: () => send(pathFor(kind, target), { method: 'POST', body: {} }),
        told: ({ body }) => DONE[kind](about, body),
      }}
    />
  );
}

function OpenButton({ label, about, to }: { readonly label: string; readonly about: string; readonly to: string }) {
  const place = ownPlace(to);
  if (place === null) return null;
  return (
    <Button component={Link} href={place} size="xs" variant="default" aria-label={`${label}: ${about}`}>
      {label}
    </Button>
  );
}
