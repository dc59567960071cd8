import { type Connector, translated } from '#contract';
import type { ActivationStep, OpenSession, Returned } from '#connections';
import { ending } from './ending-screens.js';
import { explain } from './explain.js';
import { draw, type Frame, withOurs } from './frame.js';
import { html } from './html.js';

const LOOK_SECONDS = 2;
/** A shop that has not handed over its keys by then will hardly do it. */
const PATIENCE_SECONDS = 60;
const STEPS_SECONDS = 5;

/** Goes on by itself; after a minute it says so and leaves it to the merchant. */
export function waitingScreen(frame: Frame, shop: string | undefined, startAgain: string | undefined): string {
  const { words, address, waited } = frame;
  if (waited >= PATIENCE_SECONDS) {
    return ending(frame, {
      ...{ title: words.text('slowTitle'), text: words.say('slowText'), good: false },
      links: [
        { label: words.text('lookAgain'), href: address },
        ...(startAgain === undefined ? [] : [{ label: words.text('startAgain'), href: startAgain }]),
      ],
    });
  }
  const body = html`<h1>${words.say('waitingTitle')}</h1>
    <p role="status" class="busy">${words.say('waitingText', { shop: shop ?? words.text('yourShop') })}</p>`;
  return draw(frame, {
    ...{ title: words.text('waitingTitle'), name: 'waiting', step: 3, body },
    refresh: { seconds: LOOK_SECONDS, address: withOurs(address, 'waited', String(waited + LOOK_SECONDS)) },
    poll: {
      ...{ seconds: LOOK_SECONDS, most: PATIENCE_SECONDS - waited },
      late: withOurs(address, 'waited', String(PATIENCE_SECONDS)),
    },
  });
}

export interface Steps {
  readonly opened: OpenSession;
  readonly connector: Connector;
  readonly steps: readonly ActivationStep[];
}

/** What the merchant does in the shop; the page looks by itself whether it was done. */
export function stepsScreen(frame: Frame, { opened: { app }, connector, steps }: Steps): string {
  const { words, address } = frame;
  const items = steps.map(({ text, copy }, index) => {
    const own = translated(connector.translations, text, words.language);
    const said = (own ?? text).replace(/\s*\{\w+\}/, '');
    const label = own === undefined ? html`<span lang="en">${said}</span>` : html`${said}`;
    if (copy === undefined) return html`<li>${label}</li>`;
    return html`<li>
      <label for="copy-${index}">${label}</label>
      <div class="entry">
        <input
          id="copy-${index}"
          readonly
          dir="ltr"
          value="${copy}"
          data-copy="${words.text('copy')}"
          data-copied="${words.text('copied')}"
        />
      </div>
    </li>`;
  });
  const body = html`<h1>${words.say('stepsTitle', { app: app.name })}</h1>
    <p>${words.say('stepsLead')}</p>
    <ol class="instructions">
      ${items}
    </ol>
    <p role="status" class="busy">${words.say('stepsWaiting')}</p>`;
  return draw(frame, {
    ...{ title: words.text('stepsTitle', { app: app.name }), name: 'steps', step: 3, app: app.name, body },
    refresh: { seconds: STEPS_SECONDS, address },
    poll: { seconds: LOOK_SECONDS },
  });
}

/** The window that a shop opened at our address, when it is not told where to go on. */
export function windowScreen(frame: Frame, returned: Returned): string {
  const { words } = frame;
  const close = words.say('closeWindow');
  switch (returned.kind) {
    case 'pending':
      return waitingScreen(frame, undefined, undefined);
    case 'connected':
      return ending(frame, { title: words.text('doneTitle'), text: close, good: true });
    case 'declined':
    case 'failed': {
      const text = returned.kind === 'failed' ? explain(words, returned, returned.opened) : close;
      return ending(frame, { title: words.text('failedTitle'), text, good: false });
    }
  }
}

/** Shown within a page of the platform, where a browser keeps no cookies for us. */
export function outsideScreen(frame: Frame, platform: string, href: string): string {
  const { words } = frame;
  const body = html`<h1>${words.say('outsideTitle')}</h1>
    <p>${words.say('outsideText', { platform })}</p>
    <p><a class="button" href="${href}" target="_blank" rel="noopener">${words.say('outsideButton')}</a></p>`;
  return draw(frame, { title: words.text('outsideTitle'), name: 'ending', step: 3, body });
}
