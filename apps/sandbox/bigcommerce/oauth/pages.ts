import { escapeHtml } from '../../escape-html.js';
import { htmlPage } from '../../html-page.js';
import { hostOf, type Store } from '../stores.js';
import { scopeInWords } from './scopes.js';

/** What the install page shows. */
export interface InstallPage {
  readonly appName: string;
  readonly scopes: readonly string[];
  /** Stores to choose from; one when the merchant is in a store's control panel already. */
  readonly stores: readonly Store[];
  /** Where the form is sent. */
  readonly action: string;
  readonly nonce: string;
}

/** The page on which a merchant chooses the store and confirms what the app may do. It works without any script. */
export function installPage({ appName, scopes, stores, action, nonce }: InstallPage): string {
  const list = scopes.map((scope) => `<li>${escapeHtml(scopeInWords(scope))} <small>${escapeHtml(scope)}</small></li>`);
  const choice = stores.map(
    ({ hash, name }, index) =>
      `<p><label><input type="radio" name="store" value="${hash}"${index === 0 ? ' checked' : ''}> ${escapeHtml(name)}
<small>${escapeHtml(hash)}</small></label></p>`,
  );
  return htmlPage(
    `Install ${appName}`,
    `<h1>Install ${escapeHtml(appName)}</h1>
<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="nonce" value="${escapeHtml(nonce)}">
<p>Store:</p>${choice.join('')}
<p>This app will be able to:</p><ul>${list.join('')}</ul>
<button class="primary" name="decision" value="confirm">Confirm</button>
<button name="decision" value="cancel">Cancel</button></form>
<p><small>Simulated store: no account is needed.</small></p>`,
  );
}

/** The control panel's list of apps. */
export function appsPage(
  store: Store,
  apps: readonly { readonly clientId: string; readonly name: string; readonly open: string | undefined }[],
  action: string,
): string {
  const rows = apps.map(
    ({ clientId, name, open }) => `<tr><td>${escapeHtml(name)}</td>
<td>${open === undefined ? '' : `<a href="${escapeHtml(open)}">Open</a>`}</td>
<td><form method="post" action="${escapeHtml(action)}"><input type="hidden" name="client_id" value="${escapeHtml(clientId)}">
<button>Uninstall</button></form></td></tr>`,
  );
  const table = rows.length === 0 ? '<p>No apps are installed.</p>' : `<table>${rows.join('')}</table>`;
  return htmlPage(
    `${store.name} · Apps`,
    `<h1>${escapeHtml(store.name)}</h1><p><small>${escapeHtml(hostOf(store))}</small></p><h2>My apps</h2>${table}`,
  );
}

/** A page with one sentence. */
export function notePage(title: string, text: string): string {
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>`);
}
