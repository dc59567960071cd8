export const ADDRESS = `
fragment AddressFields on MailingAddress {
  firstName lastName company address1 address2 city province provinceCode country countryCodeV2 zip phone
}`;

export const PROVINCE_LOSS = {
  fate: 'changed',
  why: "Shopify knows provinces by provinceCode and names them itself; a name alone is taken where it is the country's own.",
} as const;
