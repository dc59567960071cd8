import type { JsonValue } from '#contract';
import type { Store } from '../stores.js';

/** A buyer with where they live. */
export interface Buyer {
  readonly firstName: string;
  readonly lastName: string;
  readonly company?: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly street2?: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly countryCode: string;
}

type Row = readonly [
  first: string,
  last: string,
  mailbox: string,
  street: string,
  city: string,
  state: string,
  zip: string,
];

function buyers(country: string, countryCode: string, phone: string, rows: readonly Row[]): readonly Buyer[] {
  return rows.map(([firstName, lastName, mailbox, street, city, state, zip], index) => ({
    firstName,
    lastName,
    email: `${mailbox}@example.com`,
    phone: index % 3 === 2 ? '' : `${phone}${100 + index}`,
    street,
    city,
    state,
    zip,
    country,
    countryCode,
    ...(index % 5 === 3 && { company: `${lastName} & Co.`, street2: 'Suite 12' }),
  }));
}

const PEOPLE: Readonly<Record<Store['region'], readonly Buyer[]>> = {
  america: [
    ...buyers('United States', 'US', '512-555-0', [
      ['Jane', 'Doe', 'jane.doe', '555 East Street', 'Austin', 'Texas', '78108'],
      ['Liam', "O'Brien", 'liam.obrien', '9 Harbor Way', 'Portland', 'Maine', '04101'],
      ['José', 'Núñez', 'jose.nunez', '2201 Calle Ocho', 'Miami', 'Florida', '33135'],
      ['Dana', 'Whitaker', 'purchasing', '77 Mill Road', 'Burlington', 'Vermont', '05401'],
      ['Chloé', 'Nguyễn', 'chloe.nguyen', '18 Grant Avenue', 'San Francisco', 'California', '94108'],
      ['Robert"; DROP TABLE', 'Students <b>', 'bobby+tables', '1 Null Street', 'Boise', 'Idaho', '83702'],
      ['Ava', '😀 Smiles', 'ava.smiles', '404 Lost Lane', 'Reno', 'Nevada', '89501'],
    ]),
    ...buyers('Canada', 'CA', '604-555-0', [
      ['Noah', 'Tremblay', 'noah.tremblay', '12 Rue Sainte-Catherine', 'Montréal', 'Quebec', 'H2X 1K3'],
      ['Mei', 'Chan', 'mei.chan', '880 Granville Street', 'Vancouver', 'British Columbia', 'V6Z 1K3'],
    ]),
  ],
  europe: [
    ...buyers('Germany', 'DE', '+49 30 5550', [
      ['Jürgen', 'Groß', 'juergen.gross', 'Kastanienallee 3', 'Berlin', 'Berlin', '10435'],
      ['Anna', 'Bäcker', 'anna.baecker', 'Am Markt 1', 'Lübeck', 'Schleswig-Holstein', '23552'],
      ['Friederike', 'von der Heide', 'fvdh', 'Schlossstraße 20', 'Stuttgart', 'Baden-Württemberg', '70174'],
    ]),
    ...buyers('Austria', 'AT', '+43 1 5550', [['Łukasz', 'Wiśniewski', 'lukasz', 'Ring 4', 'Wien', 'Wien', '1010']]),
  ],
  japan: buyers('Japan', 'JP', '+81 3 5550 0', [
    ['美咲', '高橋', 'misaki', '神南1-2-3', '渋谷区', '東京都', '150-0041'],
    ['健太', '鈴木', 'kenta', '中之島3-3', '大阪市', '大阪府', '530-0005'],
    ['さくら', '田中', 'sakura', '河原町通5', '京都市', '京都府', '604-8005'],
  ]),
};

/** Who buys at a store. */
export function buyersOf({ region }: Store): readonly Buyer[] {
  return PEOPLE[region];
}

/** A buyer as V2 orders print a person with an address. */
export function orderPerson(buyer: Buyer): Readonly<Record<string, JsonValue>> {
  return {
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    company: buyer.company ?? '',
    street_1: buyer.street,
    street_2: buyer.street2 ?? '',
    city: buyer.city,
    state: buyer.state,
    zip: buyer.zip,
    country: buyer.country,
    country_iso2: buyer.countryCode,
    phone: buyer.phone,
    email: buyer.email,
  };
}

/** A buyer's address as V3 customers print it, without ids. */
export function customerAddress(buyer: Buyer): Readonly<Record<string, JsonValue>> {
  return {
    first_name: buyer.firstName,
    last_name: buyer.lastName,
    company: buyer.company ?? '',
    address1: buyer.street,
    address2: buyer.street2 ?? '',
    city: buyer.city,
    state_or_province: buyer.state,
    postal_code: buyer.zip,
    country_code: buyer.countryCode,
    country: buyer.country,
    phone: buyer.phone,
    address_type: buyer.company === undefined ? 'residential' : 'commercial',
  };
}
