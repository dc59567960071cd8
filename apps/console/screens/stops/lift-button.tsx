import { useState } from 'react';
import type { StopRow } from '#operator-api';
import { useActing } from '../../api/act.js';
import { send } from '../../api/client.js';
import { RoleButton } from '../../parts/action-button.js';
import { Confirm } from '../../parts/confirm.js';
import { pathOf } from '../../words/safe-url.js';
import { typedName } from './stop-words.js';

/** Lifts a stop; a stop of everything only when a second administrator wants it too. */
export function LiftButton({ row }: { readonly row: StopRow }) {
  const { id, scope, target, reason } = row;
  const { run, pending } = useActing();
  const [asks, setAsks] = useState(false);
  const word = typedName(scope, target);
  const name = target === null ? 'everything' : `${scope} ${target}`;
  const lift = () => {
    const act = {
      send: () => send(pathOf`/ops/stops/${id}`, { method: 'DELETE' }),
      told: ({ status }: { readonly status: number }) =>
        status === 202
          ? 'It still holds: another administrator must confirm within the hour that it is lifted.'
          : `The stop of ${name} was lifted; calls go on.`,
    };
    void run(act).then(() => setAsks(false));
  };
  return (
    <>
      <RoleButton
        needs={scope === 'everything' ? 'admin' : 'operator'}
        label={row.liftAskedBy === null ? 'Lift …' : 'Confirm lifting …'}
        about={name}
        icon="play"
        pending={pending}
        onPress={() => setAsks(true)}
      />
      <Confirm
        opened={asks}
        close={() => setAsks(false)}
        title={`Lift the stop of ${name}?`}
        label="Lift it"
        pending={pending}
        onConfirm={lift}
        word={word ?? ''}
      >
        Calls go on at once. It was stopped because: {reason}
      </Confirm>
    </>
  );
}
