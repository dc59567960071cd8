import { NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { type Act, useActing } from '../../api/act.js';
import { send } from '../../api/client.js';
import { RoleButton } from '../../parts/action-button.js';
import { Confirm } from '../../parts/confirm.js';
import { Section } from '../../parts/page.js';
import { StepUp } from '../../parts/sign-in-again.js';
import { isStopScope, SCOPE_WORDS, STOP_SCOPES, type StopScope, TARGET_LABELS, typedName } from './stop-words.js';

interface Draft {
  readonly scope: StopScope;
  readonly target: string;
  readonly reason: string;
}

/** What is being filled in lives in the address: whoever must sign in again on the way finds it as it was. */
function useDraft(): readonly [Draft, (change: Partial<Draft>) => void] {
  const [params, setParams] = useSearchParams();
  const scope = params.get('scope') ?? '';
  const draft: Draft = {
    scope: isStopScope(scope) ? scope : 'store',
    target: params.get('target') ?? '',
    reason: params.get('reason') ?? '',
  };
  const change = (part: Partial<Draft>) => setParams({ ...draft, ...part }, { replace: true });
  return [draft, change];
}

/** Stops something: what is named must be typed before it is done. */
export function StopForm() {
  const [draft, change] = useDraft();
  const { run, pending, trouble } = useActing();
  const [asks, setAsks] = useState(false);
  const { scope, reason } = draft;
  const word = typedName(scope, draft.target);
  const stop = () => {
    void run(stopOf(draft)).then((done) => {
      setAsks(false);
      if (done) change({ target: '', reason: '' });
    });
  };
  return (
    <Section title="Stop something" lead="For the minute in which you do not know yet what is wrong.">
      <Stack gap="sm" maw={560}>
        <DraftFields draft={draft} change={change} />
        <StepUpBanner code={trouble?.facts.code} />
        <div>
          <RoleButton
            needs="operator"
            label="Stop …"
            icon="stop"
            look="danger"
            pending={pending}
            refusal={refusalOf(word, reason)}
            onPress={() => setAsks(true)}
          />
        </div>
      </Stack>
      <Confirm
        opened={asks}
        close={() => setAsks(false)}
        title={`Stop ${nameOf(draft)}?`}
        label="Stop it"
        pending={pending}
        onConfirm={stop}
        word={word ?? ''}
      >
        {SCOPE_WORDS[scope]} Why: {reason}
      </Confirm>
    </Section>
  );
}

function nameOf({ scope, target }: Pick<Draft, 'scope' | 'target'>): string {
  return scope === 'everything' ? scope : `${scope} ${target.trim()}`;
}

/** What is sent to the gateway. */
function stopOf({ scope, target, reason }: Draft): Act {
  const body = { scope, reason: reason.trim(), ...(scope === 'everything' ? {} : { target: target.trim() }) };
  return {
    send: () => send('/ops/stops', { method: 'POST', body }),
    told: () => `Stopped: ${nameOf({ scope, target })}.`,
  };
}

function StepUpBanner({ code }: { readonly code: string | undefined }) {
  if (code !== 'step_up_required') return null;
  return (
    <div className="banner tone-warn">
      <div>
        This takes a sign-in of the last five minutes.
        <StepUp />
      </div>
    </div>
  );
}

function refusalOf(word: string | undefined, reason: string): string | null {
  if (word === undefined) return 'Name what to stop first.';
  return reason.trim() === '' ? 'Say why first: whoever finds it stopped wants to know.' : null;
}

interface DraftFieldsProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

function DraftFields({ draft: { scope, target, reason }, change }: DraftFieldsProps) {
  return (
    <>
      <NativeSelect
        label="What"
        value={scope}
        data={[...STOP_SCOPES]}
        onChange={(event) => {
          const wanted = event.currentTarget.value;
          if (isStopScope(wanted)) change({ scope: wanted, target: '' });
        }}
      />
      <Text size="sm" c="dimmed">
        {SCOPE_WORDS[scope]}
      </Text>
      {scope === 'everything' ? null : (
        <TextInput
          label={TARGET_LABELS[scope]}
          value={target}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ target: event.currentTarget.value })}
        />
      )}
      <Textarea
        label="Why"
        value={reason}
        maxLength={500}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
    </>
  );
}
