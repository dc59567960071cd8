import { useQuery } from '@tanstack/react-query';
import { askReadiness, type Condition, downSentence, READY_PATH, useCondition } from '../api/condition.js';
import { EVERY_MS } from '../api/live.js';
import { Icon } from '../parts/icon.js';
import { clockTime } from '../parts/when.js';

/** Says that what is shown may not be so, since when, and which part is down; the gateway itself is asked that. */
export function DoubtBanner() {
  const condition = useCondition();
  return condition.kind === 'doubtful' ? <Doubt condition={condition} /> : null;
}

function Doubt({ condition }: { readonly condition: Extract<Condition, { kind: 'doubtful' }> }) {
  const ready = useQuery({
    queryKey: [READY_PATH],
    queryFn: ({ signal }) => askReadiness(signal),
    refetchInterval: EVERY_MS,
    gcTime: 0,
  });
  const { facts } = condition.trouble;
  const known =
    condition.since === null ? 'Nothing is known' : `Showing what was known at ${clockTime(condition.since)}`;
  const why = facts.kind === 'unreadable' ? facts.sentence : 'the gateway does not answer';
  return (
    <div className="banner tone-bad" role="alert">
      <Icon name="warning" size={22} />
      <div>
        <p>
          <strong>
            {known}; {facts.kind === 'failed' ? 'the gateway cannot answer' : why}
            {why.endsWith('.') ? '' : '.'}
          </strong>
        </p>
        <p>
          {ready.isError
            ? 'Whether its parts are up cannot be told: /readyz does not answer either.'
            : readyText(ready.data)}
        </p>
        {facts.kind === 'failed' ? (
          <p className="break">
            {ready.data !== undefined && readyText(ready.data) === facts.sentence ? '' : facts.sentence}{' '}
            {[facts.code, facts.requestId].filter(Boolean).join(' · ')}
          </p>
        ) : null}
        <p>
          {condition.since === null ? '' : 'What is below may no longer be so. '}It is asked again every five seconds.
        </p>
      </div>
    </div>
  );
}

function readyText(ready: Parameters<typeof downSentence>[0] | undefined): string {
  if (ready === undefined) return 'Asking /readyz which part is down …';
  return downSentence(ready) ?? `It says of itself that it is ${ready.status}.`;
}
