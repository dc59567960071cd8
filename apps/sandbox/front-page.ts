import { escapeHtml } from './escape-html.js';
import { htmlPage } from './html-page.js';
import type { SandboxPlatform, ShopSummary } from './platform.js';

function shopRow(shop: ShopSummary): string {
  const contents = Object.entries(shop.contents)
    .map(([what, count]) => `${escapeHtml(what)}: ${count}`)
    .join('<br>');
  const links = (shop.links ?? [])
    .map(({ label, url }) => `<br><a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`)
    .join('');
  return `<tr><td><strong>${escapeHtml(shop.name)}</strong><br><code>${escapeHtml(shop.host + (shop.path ?? ''))}</code></td>
<td>${escapeHtml(shop.currency)}</td><td>${contents}</td><td>${escapeHtml(shop.connectHint)}${links}</td></tr>`;
}

function platformSection(platform: SandboxPlatform): string {
  return `<h2>${escapeHtml(platform.name)}</h2>
<table><thead><tr><th>Shop</th><th>Currency</th><th>Holds</th><th>How to connect</th></tr></thead>
<tbody>${platform.shops().map(shopRow).join('')}</tbody></table>`;
}

/** The sandbox's own first page: which shops there are and how to connect each. */
export function frontPage(platforms: readonly SandboxPlatform[]): string {
  return htmlPage(
    'Sandbox shops',
    `<h1>Sandbox shops</h1><p>Simulated stores with made-up data. Nothing here leaves this machine.</p>
${platforms.map(platformSection).join('')}
<p><a href="/ledger">Ledger of redeemed credentials</a> (<a href="/ledger/summary">summary</a>) ·
<a href="/shops">This page as JSON</a></p>`,
  );
}
