import { escapeHtml } from '../escape-html.js';
import { htmlPage } from '../html-page.js';
import type { KeyPermissions } from './api-keys.js';
import { type ConsentRequest, redirectTarget, returnAddress } from './consent-request.js';
import type { WooShop } from './shop.js';

const SCOPE_NAMES: Readonly<Record<KeyPermissions, string>> = {
  read: 'Read',
  write: 'Write',
  read_write: 'Read/Write',
};

const ABILITIES: Readonly<Record<KeyPermissions, readonly string[]>> = {
  read: ['See coupons', 'See customers', 'See orders and reports', 'See products'],
  write: ['Set up webhooks', 'Add coupons', 'Add customers', 'Add orders', 'Add products'],
  read_write: [
    'Set up webhooks',
    'See and change coupons',
    'See and change customers',
    'See and change orders',
    'See and change products',
  ],
};

const SANDBOX_NOTE = '<p><small>This is a simulated shop of the sandbox. Nothing here is real.</small></p>';

/** @param nonce goes back as `woocommerce-login-nonce` */
export function loginPage(shop: WooShop, request: ConsentRequest, nonce: string): string {
  const app = escapeHtml(request.appName);
  return htmlPage(
    `Log in to ${shop.name}`,
    `<p>${escapeHtml(shop.name)}</p><h1>${app} wants to connect to this shop</h1>
<p>Log in to the shop first, or <a href="${denyLink(request)}" class="wc-auth-cancel">go back to ${app}</a>.</p>
<form method="post" class="wc-auth-login">
<p><label for="username">User name</label><br><input id="username" name="username" value="merchant" required></p>
<p><label for="password">Password</label><br>
<input id="password" name="password" type="password" value="sandbox" autocomplete="off"></p>
<input type="hidden" name="woocommerce-login-nonce" value="${escapeHtml(nonce)}">
<p><button type="submit" class="primary wc-auth-login-button" name="login" value="Login">Log in</button></p>
</form>${SANDBOX_NOTE}<p><small>Any user name and any password will do.</small></p>`,
  );
}

/** @param approveUrl carries the nonce */
export function grantPage(shop: WooShop, request: ConsentRequest, user: string, approveUrl: string): string {
  const app = escapeHtml(request.appName);
  const abilities = ABILITIES[request.scope].map((ability) => `<li>${ability}</li>`).join('');
  return htmlPage(
    `Connect ${request.appName}`,
    `<p>${escapeHtml(shop.name)}</p><h1>${app} wants to connect to this shop</h1>
<p><strong>${app}</strong> asks for <strong>${SCOPE_NAMES[request.scope]}</strong> access. It could then:</p>
<ul class="wc-auth-permissions">${abilities}</ul>
<p>The keys are sent to <strong>${escapeHtml(new URL(request.callbackUrl).hostname)}</strong>.</p>
<p>Logged in as ${escapeHtml(user)}</p>
<p class="wc-auth-actions"><a href="${escapeHtml(approveUrl)}" class="wc-auth-approve">Approve</a> &nbsp;
<a href="${denyLink(request)}" class="wc-auth-deny">Deny</a></p>${SANDBOX_NOTE}`,
  );
}

/** The one error page there is (recorded: captures/woocommerce/consent-err-*.json). @param reason without a full stop */
export function deniedPage(reason: string): string {
  return htmlPage('Access denied', `<div class="wp-die-message">Error: ${escapeHtml(reason)}.</div>`);
}

function denyLink(request: ConsentRequest): string {
  return escapeHtml(linkTarget(redirectTarget(returnAddress(request, 0))));
}

/** A return address may be any URL; one that would run as script is not put into a page. */
function linkTarget(url: string): string {
  return /^(javascript|data|vbscript):/i.test(url) ? '#' : url;
}
