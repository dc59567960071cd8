import type { Operator } from '#auth';
import { OPERATOR_ROLES, type OperatorRow } from '#persistence';
import { html, type Html, page } from '../connect/html.js';
import { button, instant, navigation, table } from './pages.js';

/** Everybody who ever signed in, for administrators. */
export function operatorsPage(operator: Operator, operators: readonly OperatorRow[], csrf: string): string {
  const head = ['Operator', 'Signs in with', 'Role', 'Last sign-in', 'Change'];
  const body = html`${navigation(operator)}
    <h1>Operators</h1>
    <p class="soft">
      A change holds on the operator's next request. It takes a sign-in of the last five minutes:
      <a href="/ops/sign-in?again=1">sign in again</a>.
    </p>
    ${table(
      head,
      operators.map((one) => row(one, csrf)),
    )}`;
  return page('Operators · Shopspan', body, { wide: true });
}

function row({ id, issuer, name, email, role, signedInAt, disabledAt }: OperatorRow, csrf: string): Html {
  const action = `/ops/operators/${id}`;
  const roles = OPERATOR_ROLES.filter((one) => one !== role).map((one) =>
    button(action, csrf, `Make ${one}`, { role: one }),
  );
  const other =
    disabledAt === null
      ? button(action, csrf, 'Disable', { disabled: 'yes' })
      : button(action, csrf, 'Enable', { disabled: 'no' });
  return html`<tr>
    <td><strong>${name}</strong><br /><span class="soft">${email ?? '–'}</span></td>
    <td>${issuer === 'link' ? 'one-time links' : issuer}</td>
    <td class="${disabledAt === null ? 'good' : 'bad'}">${role}${disabledAt === null ? '' : ' (disabled)'}</td>
    <td>${instant(signedInAt)}</td>
    <td>${[...roles, other]}</td>
  </tr>`;
}
