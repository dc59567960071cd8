import type { ConsentQuestion } from '#auth';
import type { Scope } from '#contract';
import { html, type Html, page } from '../connect/html.js';

const RESOURCES: Readonly<Record<string, string>> = {
  orders: 'orders, with shipments and refunds',
  products: 'products and prices',
  inventory: 'stock and locations',
  customers: 'customers, without names and addresses',
  categories: 'categories',
  coupons: 'coupons',
  carts: 'abandoned carts',
  stores: 'the list of your stores and how they are connected',
  events: 'what has happened in your stores',
  webhooks: 'where news of your stores is sent',
};

/** A scope in plain words. */
export function scopeSentence(scope: Scope): string {
  if (scope === 'read:customers.pii') return 'See names, e-mail addresses, phone numbers and streets of customers';
  if (scope === 'passthrough') return 'Send any request to your stores’ own platforms';
  const [verb = '', resource = ''] = scope.split(':');
  return `${verb === 'write' ? 'Change' : 'See'} ${RESOURCES[resource] ?? resource}`;
}

/** Asks somebody whether a client may act in that person's name. A plain form: it works without a script. */
export function consentScreen(question: ConsentQuestion, action: string): string {
  const { clientName, appName, user, scopes, csrf } = question;
  const body = html`<h1>Let ${clientName} use ${appName} for you?</h1>
    <p>You are signed in at ${appName} as <strong>${user.name}</strong> <span class="soft">(${user.id})</span>.</p>
    <p><strong>${clientName}</strong> will be able to:</p>
    <ul>
      ${scopes.map((scope) => html`<li>${scopeSentence(scope)}</li>`)}
    </ul>
    ${storesConcerned(question)}
    <form method="post" action="${action}" class="answers">
      <input type="hidden" name="csrf" value="${csrf}" />
      <button type="submit" name="decision" value="allow">Allow</button>
      <button type="submit" name="decision" value="deny" class="quiet">Do not allow</button>
    </form>
    <p class="soft">${appName} can take this back at any time.</p>`;
  return page(`Let ${clientName} use ${appName} for you?`, body);
}

function storesConcerned({ stores, narrowed, more, appName }: ConsentQuestion): Html {
  const named = html`<ul>
    ${stores.map(({ name, domain }) => html`<li>${name} <span class="soft">${domain}</span></li>`)}
    ${more ? html`<li>and others</li>` : ''}
  </ul>`;
  if (narrowed)
    return html`<p>In this store, and in no other:</p>
      ${named}`;
  return html`<p>
      In all stores that are connected to
      ${appName}${stores.length === 0 ? '; there are none yet.' : ', now and later:'}
    </p>
    ${stores.length === 0 ? '' : named}`;
}

/** There is nobody to ask; all that can be done is to go back. */
export function staleScreen(csrf: string, action: string): string {
  const body = html`<h1 class="bad">This sign-in cannot be used</h1>
    <p>It was used before, is older than ten minutes, or is not for this app. Go back and sign in again.</p>
    <form method="post" action="${action}">
      <input type="hidden" name="csrf" value="${csrf}" />
      <button type="submit" name="decision" value="deny">Go back</button>
    </form>`;
  return page('This sign-in cannot be used', body);
}

/** For what cannot be sent back to any client: its request names none, or an address that is not its own. */
export function errorScreen({
  error,
  error_description: description,
}: {
  error: string;
  error_description?: string | undefined;
}): string {
  const body = html`<h1 class="bad">This did not work</h1>
    <p>${description ?? 'The request cannot be answered.'}</p>
    <p class="soft">${error}</p>`;
  return page('This did not work', body);
}
