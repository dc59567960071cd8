import type { Answers, AuthStrategy, Connector, GatewayError, Scope } from '#contract';
import type { OpenSession } from '#connections';
import { accessLists } from './access-lists.js';
import { explain, supportDetails } from './explain.js';
import { connectorText, fieldMarkup, type ShownField } from './field.js';
import { draw, type Frame } from './frame.js';
import { html, type Html } from './html.js';
import { knownAddress } from './known-shop.js';
import type { Words } from './languages/words.js';

/** Where the screens of one session live, and what proves that a form came from one of them. */
export interface ScreenPlace {
  /** `/connect/<token>` */
  readonly base: string;
  readonly csrf: string;
  readonly requestId: string;
}

export interface FormState {
  /** A shop in which the app is installed, and that waits for the merchant's yes. */
  readonly parked?: string | undefined;
  readonly strategyId?: string;
  readonly answers: Answers;
  readonly error?: GatewayError;
  readonly notice?: Html | undefined;
  /** Ways that cannot be gone as things are. */
  readonly blocked?: ReadonlySet<string>;
}

interface Drawing {
  readonly frame: Frame;
  readonly opened: OpenSession;
  readonly connector: Connector;
  readonly place: ScreenPlace;
  readonly state: FormState;
  /** Where the gateway is, for who must know it. */
  readonly gateway: string;
}

/** What is asked, who asks it and what for; one form for each way of connecting. */
export function formScreen(drawing: Drawing, access: readonly Scope[]): string {
  const { frame, opened, connector, place, state } = drawing;
  const { words } = frame;
  const { app, connectors } = opened;
  const [first, ...others] = connector.auth;
  const names = { platform: connector.name, app: app.name };
  const body = html`<h1>${words.say('formTitle', names)}</h1>
    ${notices(words, drawing)} ${accessLists(words, access)} ${strategyForm(drawing, first)}
    ${others.map(
      (strategy) =>
        html`<details class="way" ${state.strategyId === strategy.id ? html`open` : ''}>
          <summary>${connectorText(words, connector.translations, strategy.title)}</summary>
          ${strategyForm(drawing, strategy)}
        </details>`,
    )}
    ${connectors.length > 1 ? html`<p><a href="${place.base}">${words.say('otherPlatform')}</a></p>` : ''}`;
  const title = words.text('formShortTitle', { platform: connector.name });
  return draw(frame, { title, name: 'form', step: 2, app: app.name, body, isFailure: state.error !== undefined });
}

function notices(words: Words, { opened: { app, store }, connector, state }: Drawing): Html {
  const again =
    store === undefined
      ? ''
      : html`<p class="notice">${words.say('again', { shop: store.name, account: store.account })}</p>`;
  const parked =
    state.parked === undefined
      ? ''
      : html`<p class="notice">
          ${words.say('parked', { platform: connector.name, app: app.name, shop: state.parked })}
        </p>`;
  return html`${state.notice} ${again} ${parked}`;
}

function strategyForm(drawing: Drawing, strategy: AuthStrategy): Html {
  const { frame, connector, place, state, gateway } = drawing;
  const { words } = frame;
  const fields = shownFields(drawing, strategy);
  const blocked =
    state.blocked?.has(strategy.id) === true
      ? html`<p class="notice bad">${words.say('noHttps', { platform: connector.name, address: gateway })}</p>`
      : '';
  return html`<form
    method="post"
    action="${place.base}/${connector.id}"
    data-summary="${words.text('summary')}"
    class="ask"
  >
    <input type="hidden" name="csrf" value="${place.csrf}" />
    <input type="hidden" name="strategy" value="${strategy.id}" />
    ${summary(drawing, strategy, fields)} ${blocked}
    ${fields.map((field) => fieldMarkup(words, connector.translations, field))}
    <button type="submit">${buttonText(words, connector, strategy, state.parked)}</button>
    <p class="soft next">${nextText(words, connector, strategy, state.parked)}</p>
  </form>`;
}

function shownFields({ frame, opened, connector, state }: Drawing, strategy: AuthStrategy): readonly ShownField[] {
  const error = state.strategyId === strategy.id ? state.error : undefined;
  const wrong = new Map(error?.context.fields?.map(({ path, message }) => [path, message]));
  const [first] = Object.keys(strategy.form).filter((name) => wrong.has(name));
  return Object.entries(strategy.form).map(([name, field]) => {
    const message = wrong.get(name);
    const value = state.answers[name] ?? knownAddress(strategy, [name, field], opened.store);
    return {
      ...{ id: `${strategy.id}-${name}`, name, field, value, isFirst: name === first },
      complaint: message === undefined ? undefined : connectorText(frame.words, connector.translations, message),
    };
  });
}

/** All that is wrong, on top, each with a way to its field. */
function summary(
  { frame, opened, connector, place, state }: Drawing,
  strategy: AuthStrategy,
  fields: readonly ShownField[],
) {
  const { words } = frame;
  if (state.error === undefined || state.strategyId !== strategy.id) return '';
  const wrong = fields.filter(({ complaint }) => complaint !== undefined);
  if (wrong.length === 0) {
    return html`<div class="notice bad" role="alert"><p>${explain(words, state.error, opened)}</p></div>
      ${supportDetails(frame, state.error, place.requestId)}`;
  }
  return html`<div class="notice bad" role="alert">
    <p>${words.say('summary')}</p>
    <ul>
      ${wrong.map(
        ({ id, field, complaint }) =>
          html`<li>
            <a href="#${id}">${connectorText(words, connector.translations, field.label)}</a>: ${complaint}
          </li>`,
      )}
    </ul>
  </div>`;
}

const LEADS_AWAY: ReadonlySet<AuthStrategy['kind']> = new Set(['oauth2Code', 'keyExchange', 'installedApp']);

function buttonText(words: Words, { name }: Connector, { kind }: AuthStrategy, parked: string | undefined): Html {
  if (kind === 'installedApp' && parked !== undefined) return words.say('buttonConnectShop', { shop: parked });
  if (kind === 'storeActivation') return words.say('buttonSteps');
  return LEADS_AWAY.has(kind) ? words.say('buttonContinue', { platform: name }) : words.say('buttonConnect');
}

/** What happens when the button is pressed. */
function nextText(
  words: Words,
  { name }: Connector,
  { kind }: AuthStrategy,
  parked: string | undefined,
): Html | string {
  if (kind === 'installedApp' && parked !== undefined) return '';
  if (kind === 'storeActivation') return words.say('nextSteps');
  return LEADS_AWAY.has(kind) ? words.say('nextConsent', { platform: name }) : words.say('nextKeys');
}
