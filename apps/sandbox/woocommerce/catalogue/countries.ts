/** The states of the countries that the shops sell to, `CODE Name` one a piece. */
const STATES = {
  DE: 'DE-BW Baden-Württemberg;DE-BY Bavaria;DE-BE Berlin;DE-BB Brandenburg;DE-HB Bremen;DE-HH Hamburg;DE-HE Hesse;DE-MV Mecklenburg-Vorpommern;DE-NI Lower Saxony;DE-NW North Rhine-Westphalia;DE-RP Rhineland-Palatinate;DE-SL Saarland;DE-SN Saxony;DE-ST Saxony-Anhalt;DE-SH Schleswig-Holstein;DE-TH Thuringia',
  US: 'AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;AA Armed Forces (AA);AE Armed Forces (AE);AP Armed Forces (AP)',
  JP: 'JP01 Hokkaido;JP02 Aomori;JP03 Iwate;JP04 Miyagi;JP05 Akita;JP06 Yamagata;JP07 Fukushima;JP08 Ibaraki;JP09 Tochigi;JP10 Gunma;JP11 Saitama;JP12 Chiba;JP13 Tokyo;JP14 Kanagawa;JP15 Niigata;JP16 Toyama;JP17 Ishikawa;JP18 Fukui;JP19 Yamanashi;JP20 Nagano;JP21 Gifu;JP22 Shizuoka;JP23 Aichi;JP24 Mie;JP25 Shiga;JP26 Kyoto;JP27 Osaka;JP28 Hyogo;JP29 Nara;JP30 Wakayama;JP31 Tottori;JP32 Shimane;JP33 Okayama;JP34 Hiroshima;JP35 Yamaguchi;JP36 Tokushima;JP37 Kagawa;JP38 Ehime;JP39 Kochi;JP40 Fukuoka;JP41 Saga;JP42 Nagasaki;JP43 Kumamoto;JP44 Oita;JP45 Miyazaki;JP46 Kagoshima;JP47 Okinawa',
  AT: '',
  KW: '',
} as const;

const NAMES: Readonly<Record<keyof typeof STATES, string>> = {
  DE: 'Germany',
  US: 'United States (US)',
  JP: 'Japan',
  AT: 'Austria',
  KW: 'Kuwait',
};

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly states: readonly { readonly code: string; readonly name: string }[];
}

/** @param code in either case; undefined for a country that none of the shops sells to */
export function countryOf(code: string): Country | undefined {
  const known = Object.entries(STATES).find(([one]) => one === code.toUpperCase());
  if (!known) return undefined;
  const [found, list] = known;
  const names = new Map<string, string>(Object.entries(NAMES));
  const states = list
    .split(';')
    .filter((one) => one !== '')
    .map((one) => {
      const [state = '', ...name] = one.split(' ');
      return { code: state, name: name.join(' ') };
    });
  return { code: found, name: names.get(found) ?? found, states };
}
