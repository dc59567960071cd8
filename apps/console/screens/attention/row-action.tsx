import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { z } from 'zod';
import type { AttentionRow } from '#operator-api';
import type { Act } from '../../api/act.js';
import { post } from '../../api/client.js';
import { storeAct } from '../../api/store-acts.js';
import { ActionButton } from '../../parts/action-button.js';
import { LimitButton } from '../../parts/limit-button.js';
import { ReconnectButton } from '../../parts/reconnect-link.js';
import { counted } from '../../words/numbers.js';
import { ownPlace, pathOf } from '../../words/safe-url.js';
import { storeName } from '../../words/store-name.js';

/** The one button of a row. */
export function RowAction({ row }: { readonly row: AttentionRow }) {
  const { action, store } = row;
  if (action === null) return null;
  const { kind, label, target } = action;
  const about = store === null ? row.sentence : storeName(store);
  const looks = { needs: 'operator', label, about, look: row.who === 'you' ? 'main' : 'plain' } as const;
  switch (kind) {
    case 'reconnectLink':
      return <ReconnectButton storeId={target} name={about} label={label} look="main" />;
    case 'raiseLimit':
      return <LimitButton appId={target} label={label} about={about} perMinute={null} look="main" />;
    case 'open':
      return <OpenButton label={label} about={about} to={row.href ?? target} />;
    case 'retry':
    case 'resume':
      return <ActionButton {...looks} icon={kind === 'resume' ? 'play' : 'heal'} act={storeAct(kind, target, about)} />;
    case 'replay':
      return <ActionButton {...looks} icon="heal" act={replayAct(target)} />;
  }
}

/** All failed ones of a platform are worked through again at once: the answer says how many. */
const replayed = z.object({ replayed: z.number().int() });

function replayAct(deliveryId: string): Act {
  return {
    send: () => post(pathOf`/ops/deliveries/${deliveryId}/replay`),
    told({ body }) {
      const read = replayed.safeParse(body);
      if (!read.success) return 'They are being worked through again.';
      return `${counted(read.data.replayed, 'delivery is', 'deliveries are')} being worked through again.`;
    },
  };
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
