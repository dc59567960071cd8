/**
 * The script of the screens, as browsers get it. Everything works without: it spares a round trip, waits without flicker
 * and keeps a second click from being sent. All its words stand in the page.
 */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  const plain = (text) => text.normalize('NFKD').toLowerCase().replace(/[^\\p{L}\\p{N}]/gu, '');
  for (const form of all('form[data-filter]')) {
    const list = document.querySelector(form.dataset.filter);
    const none = document.getElementById('none');
    const filter = () => {
      const wanted = plain(form.search.value);
      let found = 0;
      for (const item of list.children) {
        item.hidden = !plain(item.textContent).includes(wanted);
        if (!item.hidden) found += 1;
      }
      none.hidden = found > 0;
    };
    form.search.addEventListener('input', filter);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const shown = all('li:not([hidden]) a', list);
      if (shown.length === 1) shown[0].click();
    });
    form.querySelector('button').hidden = true;
    filter();
  }

  const complaintAbout = (input) => {
    const value = input.value.trim();
    if (value === '') return input.required ? input.dataset.missing : '';
    const { pattern, flags } = input.dataset;
    const wrong = pattern ? !new RegExp(pattern, flags).test(value) : input.validity.patternMismatch;
    return wrong ? input.dataset.mismatch : '';
  };
  const show = (input, complaint) => {
    const id = input.id + '-error';
    let place = document.getElementById(id);
    if (complaint === '') {
      if (place) place.remove();
      input.setAttribute('aria-invalid', 'false');
      input.setAttribute('aria-describedby', input.id + '-help');
      return;
    }
    if (!place) {
      place = make('p', { id, className: 'error' });
      input.closest('.entry').after(place);
    }
    place.textContent = complaint;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', id + ' ' + input.id + '-help');
  };
  const summarize = (form, wrong) => {
    for (const old of all('[role=alert]', form)) old.remove();
    const summary = make('div', { className: 'notice bad' });
    summary.setAttribute('role', 'alert');
    const list = make('ul', {});
    for (const [input, complaint] of wrong) {
      const item = make('li', {});
      const label = document.getElementById(input.id + '-label').firstChild.textContent;
      item.append(make('a', { href: '#' + input.id, textContent: label }), ': ' + complaint);
      list.append(item);
    }
    summary.append(make('p', { textContent: form.dataset.summary }), list);
    form.prepend(summary);
  };
  for (const form of all('form.ask')) {
    form.noValidate = true;
    const inputs = all('input:not([type=hidden])', form);
    // A message that pushes the button away under the pointer would swallow the click.
    let pressing = false;
    form.addEventListener('pointerdown', (event) => { pressing = event.target.closest('button') !== null; });
    for (const input of inputs) {
      input.addEventListener('blur', () => {
        if (pressing) return;
        if (input.value !== '' || input.getAttribute('aria-invalid') === 'true') show(input, complaintAbout(input));
      });
      if (input.dataset.show) reveal(input);
    }
    form.addEventListener('submit', (event) => {
      pressing = false;
      const wrong = inputs.map((input) => [input, complaintAbout(input)]);
      for (const [input, complaint] of wrong) show(input, complaint);
      const left = wrong.filter(([, complaint]) => complaint !== '');
      if (left.length > 0) {
        event.preventDefault();
        summarize(form, left);
        left[0][0].focus();
        return;
      }
      form.querySelector('[type=submit]').disabled = true;
      form.setAttribute('aria-busy', 'true');
    });
  }
  // A page that the back button brings back is to be usable again.
  addEventListener('pageshow', () => {
    for (const form of all('form.ask')) {
      form.querySelector('[type=submit]').disabled = false;
      form.removeAttribute('aria-busy');
    }
  });
  function reveal(input) {
    const button = make('button', { type: 'button', className: 'quiet', textContent: input.dataset.show });
    button.setAttribute('aria-describedby', input.id + '-label');
    button.addEventListener('click', () => {
      const hidden = input.type === 'password';
      input.type = hidden ? 'text' : 'password';
      button.textContent = hidden ? input.dataset.hide : input.dataset.show;
    });
    input.after(button);
    input.form.addEventListener('submit', () => { input.type = 'password'; });
  }

  for (const input of all('input[data-copy]')) {
    if (!navigator.clipboard) continue;
    const button = make('button', { type: 'button', className: 'quiet', textContent: input.dataset.copy });
    button.setAttribute('aria-describedby', input.id);
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(input.value).then(() => { button.textContent = input.dataset.copied; }, () => input.select());
    });
    input.after(button);
  }

  const main = document.querySelector('main[data-poll]');
  if (!main) return;
  const began = Date.now();
  const { poll, most, late, screen } = main.dataset;
  const again = () => setTimeout(look, Number(poll) * 1000);
  async function look() {
    if (most && Date.now() - began >= Number(most) * 1000) return location.replace(late);
    try {
      const answer = await fetch(location.href, { redirect: 'manual', cache: 'no-store', headers: { accept: 'text/html' } });
      if (answer.type === 'opaqueredirect') return location.replace(location.href);
      if (answer.status !== 429 && answer.status < 500) {
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        if (page.querySelector('main').dataset.screen !== screen) return location.replace(location.href);
      }
    } catch {
      // The network is away for a moment: the next look tells.
    }
    again();
  }
  again();
})();
`;
