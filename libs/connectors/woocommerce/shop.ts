import { type ConnectedStore, GatewayError, type HttpCall, type Operation, type Shop } from '#contract';
import { z } from 'zod';
import { decodeEntities } from './entities.js';

const currency = z.object({ code: z.string().regex(/^[A-Z]{3}$/) });
const status = z.object({ environment: z.object({ store_id: z.string().min(1).nullish() }) });
const index = z.object({
  name: z.string().nullish(),
  timezone_string: z.string().nullish(),
  gmt_offset: z.coerce.number().nullish(),
});

/**
 * The currency is asked first, because that call proves the key: it is small, needs no more than a read key, and is open
 * to whoever may manage the shop. The other two only describe the shop better: the status page is slow, and some hosts
 * forbid it; the index is public, and some plugins hide it. Without them the shop goes by its address.
 */
export const getShop: Operation<void, Shop> = {
  async run(store) {
    const { code } = await proveKey(store);
    const [state, site] = await Promise.all([
      optional(store, {
        path: 'wp-json/wc/v3/system_status',
        // A part of a part works on this endpoint (recorded: consent-6-first-call-with-issued-key).
        query: { _fields: 'environment.store_id' },
        effect: 'read',
        expect: status,
      }),
      optional(store, {
        path: 'wp-json/',
        query: { _fields: 'name,timezone_string,gmt_offset' },
        effect: 'read',
        expect: index,
      }),
    ]);
    const domain = store.account.split('/')[0] ?? store.account;
    return {
      platformId: state?.environment.store_id ?? store.account,
      name: decodeEntities(site?.name ?? '').trim() || domain,
      domain,
      currency: code,
      timezone: timezoneOf(site),
      // A pasted key does not say what it may do.
      grantedScopes: null,
    };
  },
};

async function proveKey(store: ConnectedStore): Promise<z.infer<typeof currency>> {
  const path = 'wp-json/wc/v3/data/currencies/current';
  return (await store.http({ path, effect: 'read', expect: currency })).data;
}

async function optional<T>(store: ConnectedStore, call: HttpCall<T>): Promise<T | undefined> {
  try {
    return (await store.http(call)).data;
  } catch (error) {
    if (GatewayError.is(error)) return undefined;
    throw error;
  }
}

/** A shop may be set to a bare difference from UTC; for whole hours that is a zone too, whose name counts westwards. */
function timezoneOf(site: z.infer<typeof index> | undefined): string | null {
  if (site?.timezone_string) return site.timezone_string;
  const hours = site?.gmt_offset ?? NaN;
  if (!Number.isInteger(hours) || hours < -12 || hours > 14) return null;
  return hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
