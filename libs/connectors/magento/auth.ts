import type { FormField, PastedOAuth1Strategy, PastedTokenStrategy } from '#contract';
import { pastedSecret, withHeader } from '#kit';
import { locate, storeUrl, storeView } from './address.js';
import { withOAuth1 } from './oauth1.js';
import { integrationRevocation } from './revocation.js';

// Made by the shop, of 32 letters and digits (fact sheet, 2.1); made no narrower than needed to be harmless in a header.
export const KEY = /^[\w-]{16,255}$/;

const ALLOW_BEARER =
  'Since 2.4.4 a shop takes it only when Stores, Configuration, Services, OAuth, Consumer Settings, "Allow OAuth Access Tokens to be used as standalone Bearer tokens" is set to Yes.';

function keyField(label: string, help: string): FormField {
  return { label, kind: 'secret', help, example: '0'.repeat(32), pattern: KEY };
}

const SHOWN = 'Shown under System, Extensions, Integrations once the integration is active.';

/** All four keys of an integration that was activated without addresses of ours. Works with every version. */
export const integrationKeys: PastedOAuth1Strategy = {
  id: 'integrationKeys',
  kind: 'pastedOAuth1',
  revocation: integrationRevocation,
  title: 'Paste the keys of an integration',
  form: {
    storeUrl,
    consumerKey: keyField('Consumer key', SHOWN),
    consumerSecret: keyField('Consumer secret', SHOWN),
    accessToken: keyField('Access token', SHOWN),
    accessTokenSecret: keyField('Access token secret', SHOWN),
    storeView,
  },
  locate,
  sign: withOAuth1,
  credentials: (answers) => ({
    kind: 'oauth1',
    consumerKey: pastedSecret(answers, 'consumerKey'),
    consumerSecret: pastedSecret(answers, 'consumerSecret'),
    token: pastedSecret(answers, 'accessToken'),
    tokenSecret: pastedSecret(answers, 'accessTokenSecret'),
  }),
};

/** The access token of an integration, alone. It never expires. */
export const accessToken: PastedTokenStrategy = {
  id: 'accessToken',
  kind: 'pastedToken',
  revocation: integrationRevocation,
  title: 'Paste an access token only',
  form: { storeUrl, accessToken: keyField('Access token', `${SHOWN} ${ALLOW_BEARER}`), storeView },
  locate,
  sign: (request, { accessToken: token }) => withHeader(request, 'authorization', `Bearer ${token.expose()}`),
  credentials: (answers) => ({
    kind: 'token',
    accessToken: pastedSecret(answers, 'accessToken'),
    webhookSecret: null,
  }),
};
