import {
  type Answers,
  type ApprovalRequest,
  type FormField,
  GatewayError,
  type KeyExchangeStrategy,
  type KeyPairCredentials,
  type OutgoingRequest,
  type PastedKeysStrategy,
  type Scope,
  Secret,
  type SigningMoment,
  type StoreAddress,
} from '#contract';
import { invalidField, readStoreUrl, withBasic } from '#kit';
import { z } from 'zod';
import { withOAuth1 } from './oauth1.js';

// Recorded: captures/woocommerce/consent-5-callback-post (ck_ / cs_ and 40 hex digits). Made no narrower than needed to
// be harmless in a header: some hosts make keys of their own.
const KEY = /^ck_[A-Za-z0-9]{16,128}$/;
const SECRET = /^cs_[A-Za-z0-9]{16,128}$/;

const storeUrl: FormField = {
  label: 'Shop address',
  kind: 'storeUrl',
  help: 'The address of the shop as its customers see it, with its sub-folder if it has one.',
  example: 'https://shop.example.com',
  pattern: /^(https?:\/\/)?[^\s/\\@]+(\/[^\s\\@]*)?$/i,
};

/** What a merchant has in the address bar when asked for the shop: a page of its back office, or its API. */
const BACK_OFFICE = /\/(?:wp-admin|wp-login\.php|wp-json|index\.php)(?:\/.*)?$/;

function locate(answers: Answers): StoreAddress {
  const url = readStoreUrl(answers['storeUrl'] ?? '', 'storeUrl');
  const path = url.pathname.replace(BACK_OFFICE, '').replace(/\/+$/, '');
  return { account: `${url.host}${path}`, apiRoot: new URL(`${url.origin}${path}/`) };
}

function sign(request: OutgoingRequest, credentials: KeyPairCredentials, moment: SigningMoment): OutgoingRequest {
  return request.url.protocol === 'https:'
    ? withBasic(request, credentials.key, credentials.secret)
    : withOAuth1(request, credentials, moment);
}

/**
 * The least of the platform's three scopes that serves. `write` alone is never asked: such a key may not read, so not
 * even the first call could prove it. Raw calls may be writes.
 */
function scopeFor(access: readonly Scope[]): 'read' | 'read_write' {
  return access.every((scope) => scope.startsWith('read:')) ? 'read' : 'read_write';
}

const GRANTED = { read: ['read'], write: ['write'], read_write: ['read', 'write'] } as const;

const postedKeys = z.object({
  user_id: z.string().min(1).max(500),
  consumer_key: z.string().regex(KEY),
  consumer_secret: z.string().regex(SECRET),
  key_permissions: z.enum(['read', 'write', 'read_write']),
});

// There is no route that deletes a key (WC_REST_Authentication and the routes of wc/v3; platform sheet, a).
const keyRevocation = {
  kind: 'impossible',
  why: 'WooCommerce has no way for an app to delete its key. Delete it in the shop under WooCommerce › Settings › Advanced › REST API.',
} as const;

/** The shop's consent page; it posts the keys to us, unsigned, so that only the nonce says what they belong to. */
export const wcAuth: KeyExchangeStrategy = {
  id: 'wcAuth',
  kind: 'keyExchange',
  revocation: keyRevocation,
  title: 'Approve in the shop',
  form: { storeUrl },
  // Recorded: captures/woocommerce/consent-err-callback-not-https.
  callbackMustBeHttps: true,
  locate,
  sign,
  approvalUrl({ address, appName, nonce, callbackUrl, returnUrl, access }: ApprovalRequest): URL {
    const url = new URL('wc-auth/v1/authorize', address.apiRoot);
    url.searchParams.set('app_name', appName);
    url.searchParams.set('scope', scopeFor(access));
    url.searchParams.set('user_id', nonce);
    url.searchParams.set('return_url', returnUrl.href);
    url.searchParams.set('callback_url', callbackUrl.href);
    return url;
  },
  declined: (returned) => returned.get('success') === '0',
  receive(body) {
    const posted = postedKeys.safeParse(body);
    if (!posted.success) {
      const names = posted.error.issues.map(({ path }) => path.map(String).join('.') || 'body');
      throw new GatewayError('connect_callback_invalid', `The shop posted no usable keys: ${names.join(', ')}.`);
    }
    const { user_id: nonce, consumer_key: key, consumer_secret: secret, key_permissions: granted } = posted.data;
    return {
      nonce,
      credentials: { kind: 'keyPair', key: new Secret(key), secret: new Secret(secret) },
      scopes: GRANTED[granted],
    };
  },
};

/** Keys made under WooCommerce > Settings > Advanced > REST API. */
export const keys: PastedKeysStrategy = {
  id: 'keys',
  kind: 'pastedKeys',
  revocation: keyRevocation,
  title: 'Paste API keys',
  form: {
    storeUrl,
    key: {
      label: 'Consumer key',
      kind: 'secret',
      help: 'Made in the shop under WooCommerce, Settings, Advanced, REST API. It begins with ck_.',
      example: `ck_${'0'.repeat(40)}`,
      pattern: KEY,
    },
    secret: {
      label: 'Consumer secret',
      kind: 'secret',
      help: 'Shown once, together with the consumer key. It begins with cs_.',
      example: `cs_${'0'.repeat(40)}`,
      pattern: SECRET,
    },
  },
  locate,
  sign,
  credentials(answers) {
    const key = (answers['key'] ?? '').trim();
    const secret = (answers['secret'] ?? '').trim();
    if (!KEY.test(key)) throw invalidField('key', 'Paste the consumer key; it begins with ck_.');
    if (!SECRET.test(secret)) throw invalidField('secret', 'Paste the consumer secret; it begins with cs_.');
    return { kind: 'keyPair', key: new Secret(key), secret: new Secret(secret) };
  },
};
