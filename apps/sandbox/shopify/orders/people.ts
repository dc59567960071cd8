import { createRandom, type Random } from '../../random.js';
import type { Shop } from '../shops.js';
import type { Address, Buyer } from './order.js';

/** A person or company that buys. */
interface Person {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  /** The part before the @ of their address; null = only a phone number is known. */
  readonly mailbox: string | null;
  readonly locale: string;
}

type Place = Omit<Address, 'id' | 'firstName' | 'lastName' | 'company'>;

const person = (firstName: string | null, lastName: string | null, mailbox: string | null, locale: string): Person => ({
  firstName,
  lastName,
  company: null,
  mailbox,
  locale,
});

const PEOPLE: Readonly<Record<Shop['region'], readonly Person[]>> = {
  america: [
    person('Maya', 'Okafor', 'maya.okafor', 'en-US'),
    person('Liam', "O'Brien", 'liam.obrien', 'en-US'),
    person('José', 'Núñez', 'jose.nunez', 'es-US'),
    person('Chloé', 'Nguyễn', 'chloe.nguyen', 'en-US'),
    person('Ἀλέξανδρος', 'Παπαδόπουλος', 'alex.papa', 'en-US'),
    person('Ava', '😀 Smiles', 'ava.smiles', 'en-US'),
    person('Cher', null, 'cher', 'en-US'),
    { ...person('Dana', 'Whitaker', 'purchasing', 'en-US'), company: 'Whitaker & Sons, LLC' },
    person('Robert"; DROP TABLE', 'Students <b>', 'bobby+tables', 'en-US'),
    person('Fatima', 'Al-Sayed', null, 'en-US'),
  ],
  europe: [
    person('Jürgen', 'Groß', 'juergen.gross', 'de'),
    person('Anaïs', 'Lefèvre', 'anais.lefevre', 'fr'),
    person('Γιώργος', 'Νικολάου', 'g.nikolaou', 'el'),
    person('Łukasz', 'Wiśniewski', 'lukasz', 'pl'),
    person('Søren', 'Kjær', 'soren.kjaer', 'da'),
    person('Siobhán', 'Ní Dhónaill', 'siobhan', 'en-IE'),
    { ...person('Petra', 'Žižková', 'objednavky', 'cs'), company: 'Knihkupectví U Řeky s.r.o.' },
    person('Иван', 'Петров', 'ivan.petrov', 'bg'),
    person(null, 'Müller', 'mueller', 'de-CH'),
    person('Zoë', 'van der Meer', null, 'nl'),
  ],
  japan: [
    person('美咲', '佐藤', 'misaki.sato', 'ja'),
    person('健太', '鈴木', 'kenta.suzuki', 'ja'),
    person('さくら', '高橋', 'sakura', 'ja'),
    person('蓮', '田中', null, 'ja'),
    person('ユキ', '渡辺', 'yuki.w', 'ja'),
    { ...person('直人', '伊藤', 'keiri', 'ja'), company: '株式会社カゼノオト' },
  ],
  gulf: [
    person('محمد', 'العتيبي', 'm.alotaibi', 'ar'),
    person('نورة', 'الصباح', 'noura', 'ar'),
    person('عبد الله', 'الرشيدي', 'a.rashidi', 'ar'),
    person('Priya', 'Menon', 'priya.menon', 'en'),
    person('دلال', null, null, 'ar'),
    { ...person('فهد', 'المطيري', 'orders', 'ar'), company: 'شركة الخليج للتجارة' },
  ],
};

const place = (
  [address1, address2, city]: readonly [string, string | null, string],
  [province, provinceCode]: readonly [string | null, string | null],
  zip: string | null,
  [country, countryCode]: readonly [string, string],
  phone: string | null,
): Place => ({ address1, address2, city, province, provinceCode, zip, country, countryCode, phone });

const US = ['United States', 'US'] as const;
const DE = ['Germany', 'DE'] as const;
const JP = ['Japan', 'JP'] as const;
const KW = ['Kuwait', 'KW'] as const;
const NOWHERE = [null, null] as const;

const PLACES: Readonly<Record<Shop['region'], readonly Place[]>> = {
  america: [
    place(['350 Grand Street', 'Apt 4B', 'New York'], ['New York', 'NY'], '10002', US, '+12125550101'),
    place(['1 Cañada Road', null, 'Española'], ['New Mexico', 'NM'], '87532', US, '+15055550102'),
    place(['77 Peachtree St NE', 'Suite 900', 'Atlanta'], ['Georgia', 'GA'], '30303-1234', US, null),
    place(['PO Box 12', null, 'Utqiaġvik'], ['Alaska', 'AK'], '99723', US, '+19075550104'),
    place(
      ['12 Rue Sainte-Catherine O', null, 'Montréal'],
      ['Quebec', 'QC'],
      'H3B 1A1',
      ['Canada', 'CA'],
      '+15145550105',
    ),
  ],
  europe: [
    place(['Königsallee 60', null, 'Düsseldorf'], NOWHERE, '40212', DE, '+4921155502'),
    place(['14 Rue de l’Église', 'Bât. C', 'Besançon'], NOWHERE, '25000', ['France', 'FR'], null),
    place(['Οδός Ερμού 25', null, 'Αθήνα'], NOWHERE, '105 63', ['Greece', 'GR'], '+302105550103'),
    place(['ul. Świętokrzyska 3', 'm. 7', 'Łódź'], NOWHERE, '90-001', ['Poland', 'PL'], '+48425550104'),
    place(['221B Baker Street', null, 'London'], ['England', 'ENG'], 'NW1 6XE', ['United Kingdom', 'GB'], null),
    place(['Bahnhofstrasse 21', null, 'Zürich'], ['Zurich', 'ZH'], '8001', ['Switzerland', 'CH'], '+41445550106'),
  ],
  japan: [
    place(['神宮前1-2-3', 'コーポ青山 201', '渋谷区'], ['Tōkyō', 'JP-13'], '150-0001', JP, '+81355500001'),
    place(['梅田2-4-9', null, '大阪市北区'], ['Ōsaka', 'JP-27'], '530-0001', JP, '+81665500002'),
    place(['北二条西4-1', null, '札幌市中央区'], ['Hokkaidō', 'JP-01'], '060-0002', JP, null),
  ],
  gulf: [
    place(['قطعة 5، شارع 12، منزل 34', null, 'السالمية'], ['Hawalli', 'KW-HA'], '22001', KW, '+96550005501'),
    place(['قطعة 2، شارع أحمد الجابر', 'الدور 3', 'مدينة الكويت'], ['Al Asimah', 'KW-KU'], null, KW, '+96550005502'),
    place(['Block 10, Street 1', null, 'Fahaheel'], ['Al Ahmadi', 'KW-AH'], '64003', KW, null),
  ],
};

const CUSTOMER_SINCE_DAYS = 400;
const DAY_MS = 86_400_000;

function addressOf(shop: Shop, random: Random, { firstName, lastName, company }: Person, id: number): Address {
  return { id, firstName, lastName, company, ...random.pick(PLACES[shop.region]) };
}

/**
 * The customers of a shop: the same people with the same ids every time.
 * @param seededAt milliseconds since 1970
 */
export function customersOf(shop: Shop, seededAt: number): readonly Buyer[] {
  const random = createRandom(`${shop.host} customers`);
  return PEOPLE[shop.region].map((someone, index) => {
    const id = shop.id * 100 + 10_001 + index * 7;
    const address = addressOf(shop, random, someone, id + 1);
    const { firstName, lastName, locale, mailbox } = someone;
    return {
      id,
      firstName,
      lastName,
      locale,
      email: mailbox === null ? null : `${mailbox}@example.com`,
      phone: mailbox === null ? (address.phone ?? '+12025550199') : null,
      createdAt: seededAt - (CUSTOMER_SINCE_DAYS + index) * DAY_MS,
      address,
    };
  });
}

/** Somewhere else to send a parcel to, e.g. a present. */
export function otherAddress(shop: Shop, random: Random, id: number): Address {
  return addressOf(shop, random, random.pick(PEOPLE[shop.region]), id);
}
