import type { ReactNode } from 'react';
import type { Tone } from '../words/health.js';
import { Icon, type IconName } from './icon.js';

interface CalloutProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  /** Whether it is read aloud at once. */
  readonly urgent?: boolean;
  readonly children: ReactNode;
}

/** Something to know before going on: a shape, a heading and a colour. */
export function Callout({ tone, icon, title, urgent = false, children }: CalloutProps) {
  return (
    <div className={`callout callout-${tone}`} {...(urgent ? { role: 'alert' } : {})}>
      <span className="callout-title">
        <Icon name={icon} size={18} />
        <strong>{title}</strong>
      </span>
      {children}
    </div>
  );
}
