import { escapeHtml } from '../../escape-html.js';
import { htmlPage } from '../../html-page.js';
import { scopeInWords } from './scopes.js';

/** What the consent screen shows. */
export interface Consent {
  readonly shopName: string;
  readonly host: string;
  readonly appName: string;
  readonly scopes: readonly string[];
  /** Where the form is sent. */
  readonly action: string;
  readonly nonce: string;
}

/** The screen on which a merchant installs an app. It works without any script. */
export function consentPage({ shopName, host, appName, scopes, action, nonce }: Consent): string {
  const list = scopes.map((scope) => `<li>${escapeHtml(scopeInWords(scope))} <small>${escapeHtml(scope)}</small></li>`);
  return htmlPage(
    `Install ${appName}`,
    `<h1>Install ${escapeHtml(appName)}</h1>
<p>on <strong>${escapeHtml(shopName)}</strong> <small>${escapeHtml(host)}</small></p>
<p>This app will be able to:</p><ul>${list.join('') || '<li>See that the shop exists</li>'}</ul>
<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="nonce" value="${escapeHtml(nonce)}">
<button class="primary" name="decision" value="install">Install</button>
<button name="decision" value="cancel">Cancel</button></form>
<p><small>Simulated shop: no account is needed.</small></p>`,
  );
}

/** The merchant's own page: where a cancelled installation ends, and where an app is removed again. */
export function adminPage(
  shopName: string,
  apps: readonly { readonly clientId: string; readonly name: string }[],
  action: string,
): string {
  const rows = apps.map(
    ({ clientId, name }) => `<tr><td>${escapeHtml(name)}</td><td><form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="client_id" value="${escapeHtml(clientId)}"><button>Uninstall</button></form></td></tr>`,
  );
  const table = rows.length === 0 ? '<p>No apps are installed.</p>' : `<table>${rows.join('')}</table>`;
  return htmlPage(`${shopName} · Admin`, `<h1>${escapeHtml(shopName)}</h1><h2>Apps</h2>${table}`);
}
