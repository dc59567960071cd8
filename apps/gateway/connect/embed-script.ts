/**
 * What an app's page loads to open a connect link as a popup (docs/connect.md). The result comes as a message of the last
 * screen; where a platform's page has cut the windows off from each other, by asking for the link's status. A window that
 * was cut off looks like one that was closed, so that the page goes on asking either way, until the link has expired.
 */
export const EMBED_SCRIPT = `(function () {
  'use strict';
  var SECOND = 1000;
  // A link lives an hour; clocks may differ.
  var LONGEST = 65 * 60 * SECOND;
  // So many questions in a row that nobody answered.
  var MOST_FAILURES = 20;

  function resultOf(data) {
    return {
      session: String(data.session),
      status: String(data.status),
      storeId: data.storeId ? String(data.storeId) : null,
      reason: data.reason ? String(data.reason) : null
    };
  }

  function connect(link, options) {
    options = options || {};
    // At once, within the click: browsers block what opens later.
    var popup = window.open('about:blank', '_blank', 'popup,width=560,height=760');
    var blocked = !popup || popup.closed;
    var session = options.session || null;
    var began = Date.now();
    var gateway, statusUrl, timer, held, lastFailure;
    var failures = 0;
    var closedSeen = false;
    var over = false;

    function stop() {
      over = true;
      clearTimeout(timer);
      window.removeEventListener('message', hear);
    }
    function finish(result) {
      if (over) return;
      stop();
      if (popup && result.status === 'connected') popup.close();
      if (options.onDone) options.onDone(result);
    }
    function lose() {
      if (closedSeen || over) return;
      closedSeen = true;
      if (options.onClose) options.onClose();
    }
    function report(result) {
      lastFailure = result.status === 'failed' ? result : null;
      if (result.status === 'connected' || result.status === 'expired') finish(result);
      // As long as the merchant sees the screen that says why, there may be another try.
      else if (lastFailure && popup.closed) finish(lastFailure);
    }
    function hear(event) {
      var data = event.data;
      if (over || event.origin !== gateway || event.source !== popup) return;
      if (!data || data.type !== 'shopspan.connect') return;
      if (!session) {
        held = event;
        return ask();
      }
      if (data.session !== session) return;
      popup.postMessage({ type: 'shopspan.heard', session: session }, gateway);
      report(resultOf(data));
    }
    function learn(answer) {
      failures = 0;
      if (!session) session = String(answer.session);
      if (answer.session !== session || over) return;
      if (held) {
        var event = held;
        held = null;
        hear(event);
      }
      if (!over) report(resultOf(answer));
    }
    function ask() {
      clearTimeout(timer);
      var closed = popup.closed;
      fetch(statusUrl, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' })
        .then(function (response) {
          if (!response.ok) throw new Error(String(response.status));
          return response.json();
        })
        .then(learn, function () {
          failures += 1;
        })
        .then(function () {
          if (over) return;
          if (closed) lose();
          if (failures >= MOST_FAILURES || Date.now() - began > LONGEST) {
            lose();
            stop();
          } else wait(Date.now() + (closed ? 5 : 2) * SECOND);
        });
    }
    function wait(until) {
      // A window that goes is looked after at once.
      if (Date.now() >= until || (popup.closed && !closedSeen)) ask();
      else timer = setTimeout(wait, SECOND / 4, until);
    }
    function start(text) {
      if (over) return;
      var url = new URL(text);
      if (!/^https?:$/.test(url.protocol)) throw new TypeError('not a connect link');
      if (blocked) {
        location.assign(url.href);
        return;
      }
      gateway = url.origin;
      statusUrl = url.origin + url.pathname + '/status';
      url.searchParams.set('display', 'popup');
      window.addEventListener('message', hear);
      popup.location.replace(url.href);
      ask();
    }

    Promise.resolve(link).then(start).catch(function (error) {
      stop();
      if (popup) popup.close();
      if (options.onError) options.onError(error);
      else throw error;
    });
    return {
      close: function () {
        stop();
        if (popup) popup.close();
      }
    };
  }

  window.Shopspan = window.Shopspan || {};
  window.Shopspan.connect = connect;
})();
`;
