import { offsetMinutes, printMoment, printOffset } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { Shop } from '../shops.js';
import { gid } from './gid.js';

function abbreviation(timezone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'short' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function clockOf({ timezone }: Shop, now: Date) {
  const offset = offsetMinutes(timezone, now.getTime());
  return {
    ianaTimezone: timezone,
    timezoneAbbreviation: abbreviation(timezone, now),
    timezoneOffset: printOffset(offset).replace(':', ''),
    timezoneOffsetMinutes: offset,
  };
}

function addressOf({ id, name, address: { countryCode, ...address } }: Shop) {
  return { ...address, id: gid('ShopAddress', id), company: name, address2: null, countryCodeV2: countryCode };
}

/** `Shop`. */
export function shopView({ shop, now, shopCreatedAt }: RequestContext) {
  const { host, name, owner, email, currency, taxesIncluded, taxShipping, weightUnit, unitSystem, moneyFormat } = shop;
  const url = `https://${host}`;
  return {
    ...{ name, email, taxesIncluded, taxShipping, weightUnit, unitSystem, url },
    ...clockOf(shop, now),
    id: gid('Shop', shop.id),
    description: null,
    shopOwnerName: owner,
    myshopifyDomain: host,
    primaryDomain: { id: gid('Domain', shop.id + 3), host, url, sslEnabled: true },
    contactEmail: email,
    currencyCode: currency,
    enabledPresentmentCurrencies: [currency, ...Object.keys(shop.presentment)],
    currencyFormats: { moneyFormat, moneyWithCurrencyFormat: `${moneyFormat} ${currency}` },
    setupRequired: false,
    createdAt: printMoment(shopCreatedAt),
    updatedAt: printMoment(shopCreatedAt),
    plan: { publicDisplayName: 'Development', partnerDevelopment: true, shopifyPlus: false },
    shopAddress: addressOf(shop),
  };
}
