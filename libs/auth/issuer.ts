/** Where the authorization server is; the issuer of its tokens, byte for byte. */
export const issuerOf = (publicUrl: string): string => `${publicUrl}/oauth`;
/** What its access tokens are for. */
export const audienceOf = (publicUrl: string): string => `${publicUrl}/v1`;
