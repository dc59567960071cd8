import { type Colour, contrastingOn, readColour, textOn } from './contrast.js';

/** What the connect screens lie on in each scheme; a test holds them against the style sheet. */
export const CARDS = { light: '#ffffff', dark: '#1a2029' } as const;

/** WCAG 2.2, 1.4.11: what is not text, as the edge of a button. */
const LEAST_ACCENT = 3;
/** WCAG 2.2, 1.4.3: text of the usual size, as a link is. */
const LEAST_TEXT = 4.5;

/** The colours of one scheme as they are shown. */
export interface SchemeColours {
  readonly accent: Colour;
  /** Text on the accent. */
  readonly onAccent: Colour;
  /** Links in running text. */
  readonly link: Colour;
}

export interface BrandColours {
  readonly light: SchemeColours;
  readonly dark: SchemeColours;
}

/** The accent as it is shown in both schemes: as wanted, unless it could not be told from the card. */
export function brandColours(wanted: string): BrandColours {
  const accent = readColour(wanted);
  return { light: coloursOn(CARDS.light, accent), dark: coloursOn(CARDS.dark, accent) };
}

function coloursOn(card: string, wanted: Colour): SchemeColours {
  const accent = contrastingOn(card, wanted, LEAST_ACCENT);
  return { accent, onAccent: textOn(accent), link: contrastingOn(card, wanted, LEAST_TEXT) };
}
