/** Provinces of the countries the tests and demos write to, by code. Elsewhere the sandbox takes any province as it is given. */
const UNITED_STATES = `AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,
FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,
MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,
NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,PR Puerto Rico,
RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,
WV West Virginia,WI Wisconsin,WY Wyoming`;
const CANADA = `AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NT Northwest Territories,NS Nova Scotia,
NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon`;

function tableOf(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split(',').map((row) => {
      const [code = '', ...name] = row.trim().split(' ');
      return [code, name.join(' ')];
    }),
  );
}

const PROVINCES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  US: tableOf(UNITED_STATES),
  CA: tableOf(CANADA),
};

/** The provinces of a country by code; undefined when the sandbox has no list of them. */
export function provincesOf(countryCode: string): ReadonlyMap<string, string> | undefined {
  return PROVINCES[countryCode];
}
