import type { GatewayError } from '#contract';
import { html, type Html, page } from '../connect/html.js';

/** A button that sends a form; `fields` are hidden. */
function button(action: string, csrf: string, label: string, fields: Readonly<Record<string, string>> = {}): Html {
  const hidden = Object.entries({ csrf, ...fields }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="${action}">${hidden}<button type="submit">${label}</button></form>`;
}

export interface SignInFacts {
  /** Host of the provider; null where none is set. */
  readonly provider: string | null;
  readonly linksAllowed: boolean;
  /** Whether somebody who is signed in is to prove who they are once more. */
  readonly again: boolean;
  readonly csrf: string;
}

export function signInPage({ provider, linksAllowed, again, csrf }: SignInFacts): string {
  const begin =
    provider === null ? '' : button('/ops/sign-in', csrf, `Sign in with ${provider}`, { again: again ? '1' : '' });
  const why = again
    ? html`<p class="notice">What you want takes a sign-in of the last five minutes: sign in once more.</p>`
    : '';
  const link = linksAllowed
    ? html`<p class="help">
        Whoever runs this gateway can make a link that signs in once: <code>npm run admin -- operator:link</code>.
      </p>`
    : '';
  const none =
    provider === null && !linksAllowed
      ? html`<p>Nobody can sign in yet: set <code>SHOPSPAN_OPERATORS_ISSUER</code>.</p>`
      : '';
  return page(
    'Operators · Shopspan',
    html`<h1>Operators</h1>
      ${why} ${begin} ${link} ${none}`,
  );
}

/** What a one-time link opens: looking at it, as programs do that show what is behind links, does not use it. */
export function linkPage(action: string, name: string, role: string, csrf: string): string {
  const body = html`<h1>Sign in once</h1>
    <p>This link signs you in as <strong>${name}</strong> with the role ${role}. It works once.</p>
    ${button(action, csrf, 'Sign in')}`;
  return page('Sign in · Shopspan', body);
}

/** What went wrong, who can act and what to do, on a page instead of as JSON. */
export function problemPage({ message, traits, code }: GatewayError, requestId: string): string {
  const body = html`<h1>${traits.http === 401 ? 'Not signed in' : 'That did not work'}</h1>
    <p class="notice bad" role="alert">${message}</p>
    <p>${traits.advice.replaceAll('`', '')}</p>
    <p><a href="/ops/sign-in">Sign in</a></p>
    <p class="soft">${code} · ${requestId}</p>`;
  return page('Operators · Shopspan', body);
}
