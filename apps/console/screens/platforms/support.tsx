import type { CapabilityMatrix } from '#operator-api';
import { Icon, type IconName } from '../../parts/icon.js';

type SupportKind = CapabilityMatrix['operations'][number]['support'][string];

const WORDS: Readonly<Record<SupportKind, readonly [word: string, icon: IconName]>> = {
  native: ['native', 'check'],
  emulated: ['emulated', 'heal'],
  none: ['none', 'minus'],
};

/** Whether a platform has an operation; undefined where nothing is said of it. */
export function Support({ support }: { readonly support: SupportKind | undefined }) {
  if (support === undefined) return <span className="dim">not told</span>;
  const [word, icon] = WORDS[support];
  return (
    <span className={`support support-${support}`}>
      <Icon name={icon} size={13} />
      {word}
    </span>
  );
}
