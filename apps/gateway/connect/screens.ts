import type { Answers, AuthStrategy, Connector, FormField, GatewayError, Scope } from '#contract';
import type { ActivationStep, OpenSession, Returned } from '#connections';
import { html, type Html, page, type PageOptions } from './html.js';

/** Where the screens of one session live, and what proves that a form came from one of them. */
export interface ScreenPlace {
  /** `/connect/<token>` */
  readonly base: string;
  readonly csrf: string;
  readonly options?: PageOptions;
}

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  orders: 'orders, with shipments and refunds',
  products: 'products and prices',
  inventory: 'stock and locations',
  customers: 'customers',
  categories: 'categories',
  coupons: 'coupons',
  carts: 'abandoned carts',
};

/** What the app may do, in words for a merchant. */
function accessList(access: readonly Scope[]): Html {
  const lines = access.flatMap((scope) => {
    const [verb = '', resource = ''] = scope.split(':');
    const words = SCOPE_WORDS[resource];
    return words === undefined ? [] : [`${verb === 'write' ? 'Change' : 'Read'} ${words}`];
  });
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

export function choosePlatform({ app, connectors }: OpenSession, { base, options }: ScreenPlace): string {
  const choices = connectors.map(({ id, name }) => html`<li><a href="${base}/${id}">${name}</a></li>`);
  const body = html`<h1>Connect your shop to ${app.name}</h1>
    <p>Where is your shop?</p>
    <ul class="choices">
      ${choices}
    </ul>`;
  return page(`Connect your shop to ${app.name}`, body, options);
}

export interface FormState {
  /** A shop in which the app is installed, and that waits for the merchant's yes. */
  readonly parked?: string | undefined;
  readonly strategyId?: string;
  readonly answers: Answers;
  readonly error?: GatewayError;
}

export function connectForm(
  opened: OpenSession,
  connector: Connector,
  access: readonly Scope[],
  place: ScreenPlace,
  state: FormState,
  warnings: ReadonlyMap<string, string>,
): string {
  const { app, store, connectors } = opened;
  const [first, ...others] = connector.auth;
  const section = (strategy: AuthStrategy) =>
    strategyForm(connector, strategy, place, state, warnings.get(strategy.id));
  const again =
    store === undefined
      ? ''
      : html`<p class="notice">This connects <strong>${store.name}</strong> (${store.account}) again.</p>`;
  const body = html`<h1>Connect your ${connector.name} shop to ${app.name}</h1>
    ${again}
    ${state.parked === undefined ? '' : html`<p class="notice">${connector.name} installed ${app.name} in your shop <strong>${state.parked}</strong>. It is connected when you say so here.</p>`}
    <p><strong>${app.name}</strong> will be able to:</p>
    ${accessList(access)} ${section(first)}
    ${others.map(
      (strategy) =>
        html`<details ${state.strategyId === strategy.id ? html`open` : ''}>
          <summary>${strategy.title}</summary>
          ${section(strategy)}
        </details>`,
    )}
    ${connectors.length > 1 ? html`<p><a href="${place.base}">Another platform</a></p>` : ''}`;
  return page(`Connect your ${connector.name} shop`, body, { ...place.options, isFailure: state.error !== undefined });
}

function strategyForm(
  connector: Connector,
  strategy: AuthStrategy,
  { base, csrf }: ScreenPlace,
  { strategyId, answers, error, parked }: FormState,
  warning: string | undefined,
): Html {
  const shown = strategyId === strategy.id ? error : undefined;
  const wrong = new Set(shown?.context.fields?.map(({ path }) => path));
  const fields = Object.entries(strategy.form).map(([name, field]) =>
    input(`${strategy.id}-${name}`, name, field, answers[name], wrong.has(name)),
  );
  return html`<form method="post" action="${base}/${connector.id}">
    <input type="hidden" name="csrf" value="${csrf}" />
    <input type="hidden" name="strategy" value="${strategy.id}" />
    ${shown === undefined ? '' : html`<p class="notice bad" role="alert">${shown.message}</p>`}
    ${warning === undefined ? '' : html`<p class="notice bad">${warning}</p>`} ${fields}
    <button type="submit">${buttonText(connector, strategy, parked)}</button>
  </form>`;
}

function buttonText({ name }: Connector, { kind }: AuthStrategy, parked: string | undefined): string {
  if (kind === 'installedApp' && parked !== undefined) return `Connect ${parked}`;
  if (kind === 'storeActivation') return 'Show me what to do';
  return kind === 'oauth2Code' || kind === 'keyExchange' || kind === 'installedApp' ? `Continue to ${name}` : 'Connect';
}

function input(id: string, name: string, field: FormField, value: string | undefined, invalid: boolean): Html {
  const secret = field.kind === 'secret';
  return html`<label for="${id}">${field.label}${field.optional === true ? ' (optional)' : ''}</label>
    <input
      id="${id}"
      name="${name}"
      type="${secret ? 'password' : 'text'}"
      ${field.optional === true ? '' : html`required`}
      maxlength="500"
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      placeholder="${secret ? '' : field.example}"
      value="${secret ? '' : value}"
      aria-describedby="${id}-help"
      aria-invalid="${invalid ? 'true' : 'false'}"
    />
    <span class="help" id="${id}-help">${field.help}</span>`;
}

export interface Ending {
  readonly title: string;
  readonly text: string;
  readonly good: boolean;
  /** Where the merchant can go from here. */
  readonly links: readonly { readonly label: string; readonly href: string }[];
  readonly options?: PageOptions;
}

export function ending({ title, text, good, links, options }: Ending): string {
  const body = html`<h1 class="${good ? 'good' : 'bad'}">${title}</h1>
    <p>${text}</p>
    ${links.map(({ label, href }, index) => html`<p><a ${index === 0 ? html`class="button"` : ''} href="${href}">${label}</a></p>`)}`;
  return page(title, body, { ...options, isFailure: !good });
}

/** What the merchant does in the shop; the page looks by itself whether it was done. */
export function activationSteps(app: string, steps: readonly ActivationStep[], options: PageOptions = {}): string {
  const body = html`<h1>Activate ${app} in your shop</h1>
    <p>Keep this page open: it goes on by itself when your shop has answered.</p>
    <ol>
      ${steps.map(
        ({ text, copy }, index) =>
          html`<li>
            ${
              copy === undefined
                ? text
                : html`<label for="copy-${index}">${text}</label><input id="copy-${index}" readonly value="${copy}" />`
            }
          </li>`,
      )}
    </ol>
    <p role="status" class="soft">Waiting for your shop.</p>`;
  return page(`Activate ${app} in your shop`, body, { ...options, refreshSeconds: 5 });
}

/** The window that a shop opened at our address, when it is not told where to go on. */
export function windowScreen(returned: Returned): string {
  switch (returned.kind) {
    case 'pending':
      return waiting('Your shop');
    case 'connected':
      return ending({ title: 'Your shop is connected', text: 'You can close this window.', good: true, links: [] });
    case 'declined':
    case 'failed': {
      const text = returned.kind === 'failed' ? returned.message : 'You can close this window.';
      return ending({ title: 'Your shop could not be connected', text, good: false, links: [] });
    }
  }
}

/** Shown within a page of the platform, where a browser keeps no cookies for us. */
export function continueOutside(connector: string, href: string): string {
  const body = html`<h1>One more step</h1>
    <p>The app is installed at ${connector}. Say in a page of its own what it is to be connected to.</p>
    <p><a class="button" href="${href}" target="_blank" rel="noopener">Continue</a></p>`;
  return page('One more step', body);
}

export function waiting(shop: string, options: PageOptions = {}): string {
  const body = html`<h1>Almost done</h1>
    <p role="status">${shop} is handing over its keys. This page goes on by itself.</p>`;
  return page('Almost done', body, { ...options, refreshSeconds: 2 });
}
