const PREFIXES = {
  tenant: 'ten',
  app: 'app',
  apiKey: 'key',
  store: 'sto',
  connectSession: 'ses',
  event: 'evt',
  oauthClient: 'cli',
} as const;

/** Prefixes of records that live at a platform; their ids carry the store and the platform's own id. */
const RECORD_PREFIXES = {
  order: 'ord',
  fulfillment: 'ful',
  refund: 'rfd',
  return: 'rtn',
  transaction: 'txn',
  product: 'prd',
  variant: 'var',
  inventoryLevel: 'inv',
  location: 'loc',
  customer: 'cus',
  address: 'adr',
  category: 'cat',
  coupon: 'cpn',
  cart: 'crt',
} as const;

export type IdKind = keyof typeof PREFIXES;
export type RecordKind = keyof typeof RECORD_PREFIXES;

const UUID_HEX = /^[0-9a-f]{32}$/;

/** The public form of an id of ours: a prefix that says what it is, and 32 hex digits. */
export function publicId(kind: IdKind, uuid: string): string {
  return `${PREFIXES[kind]}_${uuid.replaceAll('-', '')}`;
}

/** The uuid of a public id, or undefined for anything that is not exactly such an id. */
export function readPublicId(kind: IdKind, text: string): string | undefined {
  const prefix = `${PREFIXES[kind]}_`;
  return text.startsWith(prefix) ? uuidOf(text.slice(prefix.length)) : undefined;
}

/** Id of a platform's record: encoded, not encrypted; stable, URL-safe, and enough to find the store again. */
export function recordId(kind: RecordKind, storeUuid: string, platformId: string): string {
  const encoded = Buffer.from(platformId, 'utf8').toString('base64url');
  return `${RECORD_PREFIXES[kind]}_${storeUuid.replaceAll('-', '')}_${encoded}`;
}

/** Takes a record id apart; undefined for anything that `recordId` did not make. */
export function readRecordId(
  kind: RecordKind,
  text: string,
): { readonly storeId: string; readonly platformId: string } | undefined {
  const match = /^([a-z]{3})_([0-9a-f]{32})_([A-Za-z0-9_-]{1,1000})$/.exec(text);
  const [, prefix, hex = '', encoded = ''] = match ?? [];
  const storeId = prefix === RECORD_PREFIXES[kind] ? uuidOf(hex) : undefined;
  const platformId = Buffer.from(encoded, 'base64url').toString('utf8');
  // Only the canonical spelling counts, so that one record has one id.
  if (storeId === undefined || Buffer.from(platformId, 'utf8').toString('base64url') !== encoded) return undefined;
  return { storeId, platformId };
}

function uuidOf(hex: string): string | undefined {
  return UUID_HEX.test(hex) ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined;
}
