import { type OutgoingRequest, type PastedTokenStrategy, Secret, type TokenCredentials } from '#contract';
import { invalidField, withHeader } from '#kit';
import { locate, storeUrl } from './address.js';

// Made by the shop, of 32 letters and digits (fact sheet, 2.1); made no narrower than needed to be harmless in a header.
const KEY = /^[\w-]{16,255}$/;

const ALLOW_BEARER =
  'Since 2.4.4 a shop takes it only when Stores, Configuration, Services, OAuth, Consumer Settings, "Allow OAuth Access Tokens to be used as standalone Bearer tokens" is set to Yes.';

function sign(request: OutgoingRequest, { accessToken }: TokenCredentials): OutgoingRequest {
  return withHeader(request, 'authorization', `Bearer ${accessToken.expose()}`);
}

/** The access token of an integration, alone. It never expires. */
export const accessToken: PastedTokenStrategy = {
  id: 'accessToken',
  kind: 'pastedToken',
  title: 'Paste an access token',
  form: {
    storeUrl,
    accessToken: {
      label: 'Access token',
      kind: 'secret',
      help: `Shown under System, Extensions, Integrations once the integration is active. ${ALLOW_BEARER}`,
      example: '0'.repeat(32),
      pattern: KEY,
    },
  },
  locate,
  sign,
  credentials(answers) {
    const token = (answers['accessToken'] ?? '').trim();
    if (!KEY.test(token)) throw invalidField('accessToken', 'Paste the access token of the integration.');
    return { kind: 'token', accessToken: new Secret(token), webhookSecret: null };
  },
};
