import { escapeHtml } from '../escape-html.js';
import { htmlPage } from '../html-page.js';
import { RESOURCES } from './acl.js';
import type { Integration } from './integrations.js';
import type { MagentoShop } from './shop.js';

/** What every form of the back office carries. */
export interface AdminPage {
  readonly shop: MagentoShop;
  /** Where the pages lie for a browser, without a trailing slash. */
  readonly url: string;
  readonly formKey: string;
}

const NOTE = '<p><small>A simulated shop of the sandbox: no log-in is asked for on these pages.</small></p>';

/** System > Extensions > Integrations. @param message what just happened */
export function listPage(page: AdminPage, integrations: readonly Integration[], message = ''): string {
  const rows = integrations.map(
    (one) => `<tr><td><a href="${page.url}/${one.id}">${escapeHtml(one.name)}</a></td><td>${one.status}</td>
<td>${button(page, `${one.id}/activate`, one.status === 'inactive' ? 'Activate' : 'Reauthorize')}
${button(page, `${one.id}/delete`, 'Delete')}</td></tr>`,
  );
  return frame(
    page,
    'Integrations',
    `${notice(message)}<table><tr><th>Name</th><th>Status</th><th></th></tr>${rows.join('')}</table>${newForm(page)}`,
  );
}

/** One integration; its four credentials once it is active and nobody was told them (fact sheet, section 2.1). */
export function detailPage(page: AdminPage, integration: Integration, message = ''): string {
  const { id, token } = integration;
  const shown: readonly (readonly [string, string, string])[] = [
    ['Consumer key', 'consumer_key', integration.consumerKey],
    ['Consumer secret', 'consumer_secret', integration.consumerSecret],
    ['Access token', 'access_token', token?.type === 'access' ? token.token : ''],
    ['Access token secret', 'access_token_secret', token?.type === 'access' ? token.secret : ''],
  ];
  const rows = shown.map(([label, name, value]) => `<p>${label}<br><code id="${name}">${value}</code></p>`);
  const buttons = [
    button(page, `${id}/activate`, integration.status === 'inactive' ? 'Activate' : 'Reauthorize'),
    ...(integration.status === 'active' ? [button(page, `${id}/deactivate`, 'Deactivate')] : []),
    button(page, `${id}/delete`, 'Delete'),
  ];
  return frame(
    page,
    integration.name,
    `${notice(message)}<p>Status: <strong>${integration.status}</strong></p>${rows.join('')}<p>${buttons.join(' ')}</p>
<p><a href="${page.url}">All integrations</a></p>`,
  );
}

/** The dialog between Activate and the post of the keys. */
export function allowPage(page: AdminPage, integration: Integration): string {
  const { id, name, resources, callbackUrl } = integration;
  const rights = resources === 'all' ? ['All'] : resources;
  const where = callbackUrl === '' ? 'They are shown to you.' : `They are sent to ${escapeHtml(callbackUrl)}.`;
  return frame(
    page,
    `Approve access for ${name}`,
    `<p>The integration you selected asks you to approve access to the following resources:</p>
<ul>${rights.map((right) => `<li>${escapeHtml(right)}</li>`).join('')}</ul><p>New keys are made. ${where}</p>
<p>${button(page, `${id}/allow`, 'Allow', true)} <a href="${page.url}">Cancel</a></p>`,
  );
}

/** What the application sends the window back to. */
export function successPage(page: AdminPage): string {
  return frame(page, 'Done', `<p>The integration is set up. <a href="${page.url}">Back to all integrations</a></p>`);
}

function newForm(page: AdminPage): string {
  const resources = RESOURCES.map((name) => `<option>${name}</option>`).join('');
  return `<h2>New integration</h2><form method="post" action="${page.url}">
<input type="hidden" name="form_key" value="${page.formKey}">
<p><label>Name <input name="name" maxlength="255" required></label></p>
<p><label>Callback URL <input name="endpoint" size="60"></label></p>
<p><label>Identity link URL <input name="identity_link_url" size="60"></label></p>
<p><small>Without the two addresses the keys are shown here, to be copied.</small></p>
<p><label>Resource access <select name="all_resources"><option value="1">All</option><option value="0">Custom</option></select></label></p>
<p><label>Resources<br><select name="resource" multiple size="6">${resources}</select></label></p>
<button type="submit" class="primary">Save</button></form>`;
}

function button(page: AdminPage, action: string, label: string, isPrimary = false): string {
  return `<form method="post" action="${page.url}/${action}"><input type="hidden" name="form_key" value="${page.formKey}">
<button type="submit"${isPrimary ? ' class="primary"' : ''}>${label}</button></form>`;
}

function notice(message: string): string {
  return message === '' ? '' : `<p role="status">${escapeHtml(message)}</p>`;
}

function frame(page: AdminPage, title: string, body: string): string {
  return htmlPage(title, `<p>${escapeHtml(page.shop.name)}</p><h1>${escapeHtml(title)}</h1>${body}${NOTE}`);
}
