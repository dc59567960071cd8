import {
  type Answers,
  type OutgoingRequest,
  type PastedTokenStrategy,
  type Secret,
  type StoreAddress,
} from '#contract';
import { invalidField, pastedSecret, withHeader } from '#kit';

const API = 'https://api.bigcommerce.com';

/** What the platform calls a shop; it never changes, as the shop's own domains do (fact sheet, 0). */
export const STORE_HASH = /^[a-z0-9]{3,32}$/;

/** The hash alone, the API path as the platform shows it or its end, or the address of a page of the control panel. */
const TYPED = new RegExp(
  '^(?:([a-z0-9]{3,32})|' + // abc123
    '(?:(?:https://)?api\\.bigcommerce\\.com/)?stores/([a-z0-9]{3,32})(?:/v[23])?/?|' + // https://api.bigcommerce.com/stores/abc123/v3/
    '(?:https://)?store-([a-z0-9]{3,32})\\.mybigcommerce\\.com(?:/[\\w\\-./?=&%]*)?)$', // store-abc123.mybigcommerce.com/manage
  'i',
);

/** Where a shop's API is, by its hash. */
export function addressOf(hash: string): StoreAddress {
  return { account: hash, apiRoot: new URL(`${API}/stores/${hash}/`) };
}

/** `X-Auth-Client`, which old examples send too, is not looked at (github.com/bigcommerce/api issue 120). */
export function signed(request: OutgoingRequest, accessToken: Secret): OutgoingRequest {
  return withHeader(request, 'X-Auth-Token', accessToken.expose());
}

/** A store-level API account, made by the merchant. Its token never expires (docs: authentication). */
export const apiAccount: PastedTokenStrategy = {
  kind: 'pastedToken',
  // Tokens are not revoked by API (docs: https://developer.bigcommerce.com/docs/start/authentication).
  revocation: {
    kind: 'impossible',
    why: 'BigCommerce has no way for an app to end its token. Delete the API account in the control panel under Settings › Store-level API accounts.',
  },
  id: 'apiAccount',
  title: 'Paste a store-level API account',
  form: {
    apiPath: {
      label: 'API path',
      kind: 'storeUrl',
      help: 'Shown when the account is made, under Settings, Store-level API accounts. The store hash in it is enough.',
      example: 'https://api.bigcommerce.com/stores/abc123xyz/v3/',
      pattern: TYPED,
    },
    accessToken: {
      label: 'Access token',
      kind: 'secret',
      help: 'Shown once, when the account is made.',
      example: '0'.repeat(31),
      pattern: /^\S{4,250}$/,
    },
    // Deliveries to hooks are signed with the secret of the account that made them (docs: webhooks, signature).
    clientSecret: {
      label: 'Client secret',
      kind: 'secret',
      help: 'Shown beside the token. Without it deliveries are proven by a secret of our own in their headers alone.',
      example: '0'.repeat(64),
      pattern: /^\S{4,250}$/,
      optional: true,
    },
  },
  locate,
  sign: (request, { accessToken }) => signed(request, accessToken),
  credentials: (answers) => ({
    kind: 'token',
    accessToken: pastedSecret(answers, 'accessToken'),
    webhookSecret: answers['clientSecret'] ? pastedSecret(answers, 'clientSecret') : null,
  }),
};

function locate(answers: Answers): StoreAddress {
  const typed = TYPED.exec((answers['apiPath'] ?? '').trim());
  const hash = (typed?.[1] ?? typed?.[2] ?? typed?.[3] ?? '').toLowerCase();
  if (STORE_HASH.test(hash)) return addressOf(hash);
  throw invalidField('apiPath', 'Paste the API path, such as https://api.bigcommerce.com/stores/abc123xyz/v3/');
}
