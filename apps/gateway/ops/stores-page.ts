import { HEALTH_REASONS, type HealthActor, isHealthReason } from '#contract';
import type { OperatorStoreRow } from '#persistence';
import type { Operator } from '#auth';
import { html, type Html, page } from '../connect/html.js';
import { instant, navigation, table } from './pages.js';

/** What an operator does about it, at a glance. */
const WHAT_TO_DO: Readonly<Record<HealthActor, string>> = {
  nobody: 'nothing to do',
  us: 'wait: the gateway is at it',
  platform: 'wait for the platform',
  operator: 'act',
  merchant: 'write to the merchant',
};

function healthCell({ healthState, healthReason, healthSince, diesAt }: OperatorStoreRow): Html {
  const known = isHealthReason(healthReason) ? HEALTH_REASONS[healthReason] : undefined;
  return html`<td class="${healthState === 'healthy' ? 'good' : 'bad'}">
    ${healthState}<br />
    <strong>${known === undefined ? healthReason : WHAT_TO_DO[known.actor]}</strong><br />
    <span class="soft">${known?.sentence} Since ${instant(healthSince)}</span>
    ${diesAt !== null ? html`<br /><span class="bad">dies ${instant(diesAt)}</span>` : ''}
  </td>`;
}

function row(store: OperatorStoreRow): Html {
  const good = store.status === 'active';
  return html`<tr>
    <td>
      <strong>${store.name}</strong><br /><span class="soft"
        >${store.account}<br />${store.tenantName} · ${store.appName} (${store.mode})</span
      >
    </td>
    <td>${store.platform}</td>
    <td class="${good ? 'good' : 'bad'}">
      ${store.status}<br /><span class="soft">since ${instant(store.statusSince)}</span>
    </td>
    ${healthCell(store)}
    <td>${store.statusReason ?? html`<span class="soft">–</span>`}</td>
    <td>${store.accessExpiresAt === null ? html`<span class="soft">never</span>` : instant(store.accessExpiresAt)}</td>
    <td>${instant(store.lastRefreshedAt)}<br /><span class="soft">version ${store.credentialVersion ?? '–'}</span></td>
    <td>
      ${instant(store.dueAt)}${(store.attempt ?? 0) > 0 ? html`<br /><span class="bad">attempt ${store.attempt}</span>` : ''}
    </td>
    <td>
      ${store.lastErrorCode === null ? html`<span class="soft">none</span>` : html`<span class="bad">${store.lastErrorCode}</span><br />${store.lastErrorMessage}<br />${instant(store.lastErrorAt)}`}
    </td>
    <td>${instant(store.lastSuccessAt)}</td>
  </tr>`;
}

/** Stores, their state and their credentials' times, for operators. Plain: it must be readable on the worst day. */
export function storesPage(
  stores: readonly OperatorStoreRow[],
  nextAfter: string | null,
  { now, operator }: { readonly now: Date; readonly operator: Operator },
): string {
  const head = [
    'Store',
    'Platform',
    'State',
    'Health',
    'Reason',
    'Token expires',
    'Last refresh',
    'Next refresh',
    'Last error',
    'Last success',
  ];
  const more = nextAfter === null ? '' : html`<p><a href="/ops/stores?after=${nextAfter}">Next page</a></p>`;
  const body = html`${navigation(operator)}
    <h1>Stores</h1>
    <p class="soft">As of ${instant(now)}. This page loads again every 10 seconds.</p>
    ${stores.length === 0 ? html`<p>No store is connected yet.</p>` : table(head, stores.map(row))} ${more}`;
  return page('Stores · Shopspan', body, { refreshSeconds: 10, wide: true });
}
