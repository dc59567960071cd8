/** A colour as style sheets write it, in small letters: `#rrggbb`. */
export type Colour = `#${string}`;

const HEX = /^#[0-9a-f]{6}$/i;
const STEPS = 100;

/** The colour in small letters. @throws RangeError for anything but `#rrggbb` */
export function readColour(text: string): Colour {
  if (!HEX.test(text)) throw new RangeError('a colour is written as #rrggbb');
  return `#${text.slice(1).toLowerCase()}`;
}

function channelsOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(readColour(colour).slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Relative luminance, 0 for black to 1 for white (WCAG 2.2). */
export function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const part = channel / 255;
    // 0.04045 as sRGB has it; WCAG's own 0.03928 differs for no channel of eight bits.
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2 contrast ratio, 1 to 21, whichever of the two is lighter. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever can be read better on this colour; at least 4.58:1. */
export function textOn(colour: string): '#000000' | '#ffffff' {
  return contrast(colour, '#000000') >= contrast(colour, '#ffffff') ? '#000000' : '#ffffff';
}

/**
 * The colour itself where it contrasts enough with what it lies on, otherwise the nearest mixture with black or white that
 * does, whichever of the two contrasts more with that ground.
 * @param least a contrast ratio up to 4.58, which either black or white reaches on every ground
 */
export function contrastingOn(ground: string, colour: string, least: number): Colour {
  const target = textOn(ground);
  for (let step = 0; step < STEPS; step += 1) {
    const mixture = mix(colour, target, step / STEPS);
    if (contrast(mixture, ground) >= least) return mixture;
  }
  return target;
}

function mix(colour: string, other: string, share: number): Colour {
  const [from, to] = [channelsOf(colour), channelsOf(other)];
  const mixed = from.map((channel, at) => Math.round(channel + ((to[at] ?? 0) - channel) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
