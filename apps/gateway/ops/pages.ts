import type { Operator } from '#auth';
import type { GatewayError } from '#contract';
import type { ListedSession } from '#persistence';
import { html, type Html, page } from '../connect/html.js';

export function instant(date: Date | null): Html {
  if (date === null) return html`<span class="soft">–</span>`;
  const text = date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return html`<time datetime="${date.toISOString()}">${text}</time>`;
}

/** Where operators are, and who. */
export function navigation({ name, role }: Operator): Html {
  const people = role === 'admin' ? html` · <a href="/ops/operators">Operators</a>` : '';
  return html`<p class="soft">
    <a href="/ops/stores">Stores</a> · <a href="/ops/account">${name}</a> (${role})${people}
  </p>`;
}

/** A button that sends a form; `fields` are hidden. */
export function button(
  action: string,
  csrf: string,
  label: string,
  fields: Readonly<Record<string, string>> = {},
): Html {
  const hidden = Object.entries({ csrf, ...fields }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="${action}">${hidden}<button type="submit">${label}</button></form>`;
}

/** A table on an operators' page. */
export function table(head: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
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

export function accountPage(operator: Operator, sessions: readonly ListedSession[], csrf: string): string {
  const { name, role, steppedUpAt } = operator;
  const others = sessions.some(({ isOwn }) => !isOwn);
  const row = (session: ListedSession): Html =>
    html`<tr>
      ${others ? html`<td>${session.name}</td>` : ''}
      <td>${session.agent === '' ? '–' : session.agent}</td>
      <td>${instant(session.createdAt)}</td>
      <td>${instant(session.lastSeenAt)}</td>
      <td>${instant(session.endsAt)}</td>
      <td>
        ${session.isThis ? html`<strong>this one</strong>` : button(`/ops/sessions/${session.id}/end`, csrf, 'End')}
      </td>
    </tr>`;
  const head = [...(others ? ['Who'] : []), 'Browser', 'Began', 'Last seen', 'Ends', ''];
  const body = html`${navigation(operator)}
    <h1>${name}</h1>
    <p>
      Role: <strong>${role}</strong>. Last proved who you are: ${instant(steppedUpAt)}.
      <a href="/ops/sign-in?again=1">Sign in again</a> before something dangerous.
    </p>
    ${button('/ops/sign-out', csrf, 'Sign out')}
    <h2>Sessions</h2>
    ${table(head, sessions.map(row))}`;
  return page(`${name} · Shopspan`, body, { wide: true });
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
