declare global {
  // The name that packages which write style elements look for (https://webpack.js.org/guides/csp/).
  var __webpack_nonce__: string | undefined;
}

/** What the gateway put into the page, so that styles made by scripts are let through; undefined where it put none. */
export function readStyleNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
  return nonce === undefined || nonce === '' || nonce === '__NONCE__' ? undefined : nonce;
}

/** Tells the scroll lock of dialogs, which knows Mantine's way of asking for a nonce as little as ours. */
export function spreadStyleNonce(): void {
  globalThis.__webpack_nonce__ = readStyleNonce();
}
