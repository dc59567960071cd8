import { type Row, text } from '../row.js';
import { required, RestError } from '../rest/rest-error.js';
import { isAllowedCountry } from '../stores/country-routes.js';

// Where a postal code need not be given unless the merchant says otherwise (Directory/etc/config.xml, `optional_zip_countries`).
const OPTIONAL_ZIP = new Set(['HK', 'IE', 'MO', 'PA', 'GB']);

/**
 * What an address of an account has to say (Customer/Model/Address/Validator). Several things that are wrong are told in
 * one error there; here the first is.
 * @throws {RestError} 400
 */
export function checkAddress(address: Row): void {
  const [line = ''] = Array.isArray(address['street']) ? address['street'] : [];
  const country = text(address, 'country_id');
  for (const name of ['firstname', 'lastname']) if (text(address, name) === '') throw required(name);
  if (line === '') throw required('street');
  for (const name of ['city', 'telephone']) if (text(address, name) === '') throw required(name);
  if (!OPTIONAL_ZIP.has(country) && text(address, 'postcode') === '') throw required('postcode');
  if (country === '') throw required('countryId');
  if (isAllowedCountry(country)) return;
  const parameters = { fieldName: 'countryId', value: country };
  throw new RestError(400, 'Invalid value of "%value" provided for the %fieldName field.', parameters);
}
