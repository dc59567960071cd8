import type { Answers, AuthStrategy, Hosting } from '#contract';

/** The answers a form gives as its own examples. */
export function examplesOf({ form }: AuthStrategy): Answers {
  return Object.fromEntries(Object.entries(form).map(([name, { example }]) => [name, example]));
}

/** Whether an address is one that a credential of this platform may be sent to. */
export function isHosted(hosting: Hosting, { protocol, hostname }: URL): boolean {
  switch (hosting.kind) {
    case 'merchant':
      return /^https?:$/.test(protocol);
    case 'fixed':
      return protocol === 'https:' && hosting.hosts.includes(hostname);
    case 'suffix':
      return protocol === 'https:' && hostname.endsWith(hosting.suffix);
  }
}
