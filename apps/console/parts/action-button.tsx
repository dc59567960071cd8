import { Button, Tooltip } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { type Act, useActing } from '../api/act.js';
import { type Role, useRefusal } from '../api/session.js';
import { Confirm } from './confirm.js';
import { Icon, type IconName } from './icon.js';

interface ButtonLooks {
  readonly label: string;
  readonly icon?: IconName;
  /** Dangerous ones stand out; of several, the one to press is filled. */
  readonly look?: 'main' | 'plain' | 'danger';
  /** What the button is about, for whoever hears it among fifty others. */
  readonly about?: string;
}

interface RoleButtonProps extends ButtonLooks {
  readonly needs: Role;
  readonly pending?: boolean;
  readonly onPress: () => void;
  /** Why it cannot be pressed, apart from roles. */
  readonly refusal?: string | null;
}

/** Where whoever moves from landmark to landmark finds it. */
const IN_MAIN = { target: '#main' };
const VARIANTS = { main: 'filled', plain: 'default', danger: 'outline' } as const;

/** A button that says why it cannot be pressed; the keyboard reaches it all the same, to hear that. */
export function RoleButton(props: RoleButtonProps) {
  const { label, icon, look = 'plain', about, needs, pending = false, onPress } = props;
  const reasonId = useId();
  const roleReason = useRefusal(needs);
  const reason = roleReason ?? props.refusal ?? null;
  const button = (
    <Button
      size="xs"
      variant={VARIANTS[look]}
      {...(look === 'danger' ? { color: 'red' } : {})}
      leftSection={icon === undefined ? undefined : <Icon name={icon} size={14} />}
      aria-label={about === undefined ? undefined : `${label}: ${about}`}
      aria-disabled={reason !== null || pending}
      aria-describedby={reason === null ? undefined : reasonId}
      {...(reason === null ? {} : { 'data-disabled': true })}
      loading={pending}
      onClick={() => {
        if (reason === null && !pending) onPress();
      }}
    >
      {label}
    </Button>
  );
  if (reason === null) return button;
  return (
    <>
      <Tooltip label={reason} portalProps={IN_MAIN} events={{ hover: true, focus: true, touch: true }}>
        {button}
      </Tooltip>
      <span id={reasonId} hidden>
        {reason}
      </span>
    </>
  );
}

interface ActionButtonProps extends ButtonLooks {
  readonly needs: Role;
  readonly act: Act;
  readonly refusal?: string | null;
  /** Asked before it is done. */
  readonly confirm?: { readonly title: string; readonly text: ReactNode };
}

/** A button that does something at the gateway and says how it went. */
export function ActionButton({ act, confirm, ...looks }: ActionButtonProps) {
  const { run, pending } = useActing();
  const [asks, setAsks] = useState(false);
  const press = () => {
    if (confirm === undefined) void run(act);
    else setAsks(true);
  };
  return (
    <>
      <RoleButton {...looks} pending={pending} onPress={press} />
      {confirm === undefined ? null : (
        <Confirm
          opened={asks}
          close={() => setAsks(false)}
          title={confirm.title}
          label={looks.label}
          pending={pending}
          onConfirm={() => {
            void run(act).then(() => setAsks(false));
          }}
        >
          {confirm.text}
        </Confirm>
      )}
    </>
  );
}
