/**
 * On the last screen of a popup: tells the page that opened it, of the one origin that may know, and closes the window once
 * that page has said that it heard. Nothing in the message is a secret. Without an opener, or without an answer, the screen
 * stays as it is and says that it may be closed.
 */
export const OPENER_SCRIPT = `(function () {
  'use strict';
  var told = document.currentScript.dataset;
  var opener = window.opener;
  if (!opener) return;
  window.addEventListener('message', function (event) {
    var data = event.data;
    if (event.origin !== told.origin || event.source !== opener || !data) return;
    if (data.type !== 'shopspan.heard' || data.session !== told.session) return;
    if (told.status === 'connected') window.close();
  });
  opener.postMessage(
    { type: 'shopspan.connect', session: told.session, status: told.status, storeId: told.store || null },
    told.origin
  );
})();
`;
