import { offsetMinutes, printMoment, printOffset } from '../graphql/moment.js';
import type { RequestContext } from '../graphql/request-context.js';
import { gid } from './gid.js';

function abbreviation(timezone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'short' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `Shop`. */
export function shopView({ shop, now, shopCreatedAt }: RequestContext) {
  const { host, name, owner, email, currency, timezone, taxesIncluded, taxShipping, weightUnit, unitSystem } = shop;
  const { countryCode, ...address } = shop.address;
  const offset = offsetMinutes(timezone, now.getTime());
  return {
    ...{ name, email, taxesIncluded, taxShipping, weightUnit, unitSystem },
    id: gid('Shop', shop.id),
    description: null,
    shopOwnerName: owner,
    myshopifyDomain: host,
    url: `https://${host}`,
    primaryDomain: { id: gid('Domain', shop.id + 3), host, url: `https://${host}`, sslEnabled: true },
    contactEmail: email,
    currencyCode: currency,
    enabledPresentmentCurrencies: [currency, ...Object.keys(shop.presentment)],
    currencyFormats: { moneyFormat: shop.moneyFormat, moneyWithCurrencyFormat: `${shop.moneyFormat} ${currency}` },
    ianaTimezone: timezone,
    timezoneAbbreviation: abbreviation(timezone, now),
    timezoneOffset: printOffset(offset).replace(':', ''),
    timezoneOffsetMinutes: offset,
    setupRequired: false,
    createdAt: printMoment(shopCreatedAt),
    updatedAt: printMoment(shopCreatedAt),
    plan: { publicDisplayName: 'Development', partnerDevelopment: true, shopifyPlus: false },
    shopAddress: {
      ...address,
      id: gid('ShopAddress', shop.id),
      company: name,
      address2: null,
      countryCodeV2: countryCode,
    },
  };
}
