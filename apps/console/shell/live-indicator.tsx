import { type Condition, useCondition } from '../api/condition.js';
import { Icon, type IconName } from '../parts/icon.js';
import { useSecond } from '../parts/now.js';
import { relativeTime } from '../words/relative-time.js';

function wordsOf(condition: Condition, now: number): { tone: string; icon: IconName; text: string } {
  if (condition.kind === 'unknown') return { tone: 'unknown', icon: 'question', text: 'Not known yet' };
  const age = condition.since === null ? null : relativeTime(new Date(condition.since).toISOString(), now);
  if (condition.kind === 'doubtful') {
    return { tone: 'bad', icon: 'warning', text: age === null ? 'No answer' : `Not current: ${age}` };
  }
  if (now > condition.overdueAt) return { tone: 'warn', icon: 'clock', text: `Not updated since ${age ?? ''}` };
  return { tone: 'plain', icon: 'dot', text: `Updated ${age ?? ''}` };
}

/** How old what is shown is. Not read aloud: it changes each second. */
export function LiveIndicator() {
  const condition = useCondition();
  const { tone, icon, text } = wordsOf(condition, useSecond());
  return (
    <span className={`live tone-${tone}`} data-condition={condition.kind}>
      <Icon name={icon} size={14} />
      {text}
    </span>
  );
}
