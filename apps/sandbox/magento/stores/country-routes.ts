import { type Row, text } from '../row.js';
import { addressOf } from '../seeds/seed-plan.js';
import { planDe } from '../seeds/plan-de.js';
import { planUs } from '../seeds/plan-us.js';
import type { RestCall, RestRoute } from '../rest/rest-call.js';
import { RestError } from '../rest/rest-error.js';

const THREE_LETTERS: Readonly<Record<string, string>> = {
  AT: 'AUT',
  CH: 'CHE',
  DE: 'DEU',
  FR: 'FRA',
  GB: 'GBR',
  JP: 'JPN',
  US: 'USA',
};

/** Recorded: countries-de.json. Of the regions only those that somebody lives in. */
function country(code: string): Row {
  const name = new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
  const found = [...planDe.buyers, ...planUs.buyers]
    .filter((buyer) => buyer.country === code && buyer.region !== undefined)
    .map(addressOf)
    .map((address) => ({
      id: text(address, 'region_id'),
      code: text(address, 'region_code'),
      name: text(address, 'region'),
    }));
  const regions = [...new Map(found.map((one) => [one.id, one])).values()];
  return {
    id: code,
    two_letter_abbreviation: code,
    three_letter_abbreviation: THREE_LETTERS[code] ?? code,
    full_name_locale: name,
    full_name_english: name,
    ...(regions.length === 0 ? {} : { available_regions: regions }),
  };
}

function one(call: RestCall): Row {
  const code = call.path['countryId'] ?? '';
  if (!isAllowedCountry(code)) throw new RestError(404, "The country isn't available.");
  return country(code);
}

/** Whether the shop sells to this country, as to all that it lists. */
export function isAllowedCountry(code: string): boolean {
  return Object.hasOwn(THREE_LETTERS, code);
}

/** Open to everybody. */
export const countryRoutes: readonly RestRoute[] = [
  {
    method: 'GET',
    path: '/V1/directory/countries',
    resource: 'anonymous',
    answer: () => Object.keys(THREE_LETTERS).map(country),
  },
  { method: 'GET', path: '/V1/directory/countries/:countryId', resource: 'anonymous', answer: one },
];
