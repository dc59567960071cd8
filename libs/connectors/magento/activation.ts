import {
  GatewayError,
  type OutgoingRequest,
  type PlainSend,
  Secret,
  type StoreActivationStrategy,
  type StoreAddress,
} from '#contract';
import { plainWords, readStoreUrl } from '#kit';
import { z } from 'zod';
import { addressOf, locate, storeUrl, storeView } from './address.js';
import { KEY } from './auth.js';
import { type OAuth1Keys, withOAuth1 } from './oauth1.js';
import { integrationRevocation } from './revocation.js';
import { accountOf, viewCode } from './store-view.js';

// Recorded: consent-1-activation-callback.
const posted = z.object({
  oauth_consumer_key: z.string().regex(KEY),
  oauth_consumer_secret: z.string().regex(KEY),
  oauth_verifier: z.string().regex(KEY),
  store_base_url: z.string().min(1),
});

/**
 * An integration with our addresses in it. The merchant activates it in the shop; that posts a consumer's keys to us,
 * opens a window at our address and waits there while we trade the keys for a token.
 */
export const activation: StoreActivationStrategy = {
  id: 'activation',
  kind: 'storeActivation',
  revocation: integrationRevocation,
  title: 'Activate in the shop',
  form: { storeUrl, storeView },
  callbackMustBeHttps: false,
  // `oauth/consumer/expiration_period` (fact sheet, 2.1).
  windowSeconds: 300,
  steps: [
    'In the back office of the shop, open System, Extensions, Integrations and choose Add New Integration.',
    'Enter this as Name: {app}',
    'Enter this as Callback URL: {callback}',
    'Enter this as Identity link URL: {identity}',
    'Under API, set Resource Access to All, or choose what may be read and written. Stores, Settings and All Stores must be among it.',
    'Choose Save & Activate, then Allow, and let the shop open its window. It has to be done within five minutes.',
  ],
  locate,
  sign: withOAuth1,
  receive(body, named) {
    const read = posted.safeParse(body);
    if (!read.success) {
      const names = read.error.issues.map(({ path }) => path.map(String).join('.') || 'body');
      throw refused(`The shop posted no usable keys: ${[...new Set(names)].join(', ')}.`);
    }
    const { oauth_consumer_key: key, oauth_consumer_secret: secret, oauth_verifier: verifier } = read.data;
    return {
      keys: {
        kind: 'activation',
        consumerKey: new Secret(key),
        consumerSecret: new Secret(secret),
        verifier: new Secret(verifier),
      },
      address: postedAddress(read.data.store_base_url, named),
    };
  },
  async activate({ apiRoot }, { consumerKey, consumerSecret, verifier }, send, moment) {
    const consumer = { consumerKey, consumerSecret };
    const ask = (step: 'request' | 'access', keys: OAuth1Keys) =>
      tokenFrom(send, withOAuth1(tokenRequest(apiRoot, step), keys, moment()));
    const request = await ask('request', consumer);
    return { kind: 'oauth1', ...consumer, ...(await ask('access', { ...consumer, ...request, verifier })) };
  },
  windowReturn(query) {
    const asked = query.get('success_call_back') ?? '';
    const url = URL.canParse(asked) ? new URL(asked) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) ? url : undefined;
  },
};

/**
 * The base URL that the shop posts is used as it is, with `index.php/` where it has no rewrites (fact sheet, 2.1). Which of
 * its store views is meant only the merchant says.
 */
function postedAddress(baseUrl: string, named: StoreAddress): StoreAddress {
  try {
    const { account, apiRoot } = addressOf(readStoreUrl(baseUrl, 'store_base_url'));
    return { account: accountOf(account, viewCode(named)), apiRoot };
  } catch (error) {
    throw refused('The shop posted no usable address of its own.', error);
  }
}

function tokenRequest(apiRoot: URL, step: 'request' | 'access'): OutgoingRequest {
  return { method: 'POST', url: new URL(`oauth/token/${step}`, apiRoot), headers: { accept: '*/*' } };
}

/** Form-encoded, called text/html (recorded: consent-2-request-token); a refusal is `oauth_problem=` and the reason. */
async function tokenFrom(
  send: PlainSend,
  request: OutgoingRequest,
): Promise<{ readonly token: Secret; readonly tokenSecret: Secret }> {
  const { status, text } = await send(request);
  const answer = new URLSearchParams(text.trim());
  const [token, secret] = [answer.get('oauth_token') ?? '', answer.get('oauth_token_secret') ?? ''];
  if (status === 200 && KEY.test(token) && KEY.test(secret)) {
    return { token: new Secret(token), tokenSecret: new Secret(secret) };
  }
  const problem = plainWords(answer.get('oauth_problem') ?? '', 200);
  const said = problem === '' ? `answered ${status} without a token` : `answered ${status}: ${problem}`;
  throw refused(`The shop ${said}. Activate the integration there once more.`);
}

function refused(message: string, cause?: unknown): GatewayError<'connect_callback_invalid'> {
  return new GatewayError('connect_callback_invalid', message, { platform: { id: 'magento' }, cause });
}
