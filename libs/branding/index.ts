export { type BrandColours, CARDS, type SchemeColours } from './brand-colours.js';
export {
  type Branding,
  brandingOf,
  type BrandingRequest,
  getBranding,
  logoOf,
  putBranding,
  removeBranding,
} from './branding.js';
export { LOGO_BYTES, LOGO_SIDES } from './logo.js';
