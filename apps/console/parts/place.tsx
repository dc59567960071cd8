import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ownPlace, safeHref } from '../words/safe-url.js';

/** A link to a place in the console; text where the data lead elsewhere. */
export function Place({ to, children }: { readonly to: string | null; readonly children: ReactNode }) {
  const place = to === null ? null : ownPlace(to);
  if (place === null) return <span>{children}</span>;
  return (
    <Anchor component={Link} href={place} inherit className="link">
      {children}
    </Anchor>
  );
}

/** An address out of data: a link where it is a web address, otherwise the text alone. */
export function Outside({ url }: { readonly url: string }) {
  const href = safeHref(url);
  if (href === null) return <span className="mono">{url}</span>;
  return (
    <Anchor href={href} target="_blank" rel="noopener noreferrer" className="link mono" inherit>
      {url}
    </Anchor>
  );
}
