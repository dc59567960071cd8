import type { WhoActs } from '#operator-api';
import { stateWords, WHO, type Words } from '../words/health.js';
import { Icon } from './icon.js';

/** A state: a shape, a word and a colour. */
export function Badge({ words, title }: { readonly words: Words; readonly title?: string }) {
  return (
    <span className={`badge tone-${words.tone}`} {...(title === undefined ? {} : { title })}>
      <Icon name={words.icon} size={14} />
      {words.word}
    </span>
  );
}

export function StateBadge({ state }: { readonly state: string }) {
  return <Badge words={stateWords(state)} />;
}

/** Whether something holds or was disabled. @param holds what is said while it holds */
export function DisabledBadge({ disabledAt, holds }: { readonly disabledAt: string | null; readonly holds: string }) {
  if (disabledAt !== null) return <Badge words={{ word: 'Disabled', tone: 'still', icon: 'ban' }} />;
  return <Badge words={{ word: holds, tone: 'good', icon: 'check' }} />;
}

/** Who must act. */
export function WhoBadge({ who }: { readonly who: WhoActs }) {
  return <Badge words={WHO[who]} />;
}
