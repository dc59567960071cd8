import { describe, expect, it } from 'vitest';
import { brandColours, CARDS } from './brand-colours.js';
import { contrast, contrastingOn, luminance, readColour, textOn } from './contrast.js';

/** Every colour of a coarse grid through the whole cube, edges included. */
const levels = [0, 17, 51, 85, 119, 136, 170, 204, 238, 255];
const hex = (channel: number) => channel.toString(16).padStart(2, '0');
const GRID = levels.flatMap((red) =>
  levels.flatMap((green) => levels.map((blue) => `#${hex(red)}${hex(green)}${hex(blue)}`)),
);

describe('contrast', () => {
  it.each([
    // As checkers of contrast show them: 21, 1, 4.48, 4.54, 4.00, 8.59, 1.07.
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.478],
    ['#767676', '#ffffff', 4.542],
    ['#ff0000', '#ffffff', 3.998],
    ['#0000ff', '#ffffff', 8.592],
    ['#ffff00', '#ffffff', 1.074],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBe(contrast(one, other));
  });

  it('rests on luminance from 0 to 1', () => {
    expect([luminance('#000000'), luminance('#FFFFFF')]).toEqual([0, 1]);
    expect(luminance('#0a0a0a')).toBeCloseTo(0.00304, 5);
  });

  it.each(['#fff', 'red', '#12345', '#1234567', '#12345g', 'rgb(0,0,0)', '', '#ffffff;', ' #ffffff'])(
    'is not made of what is no colour: %s',
    (text) => {
      expect(() => readColour(text)).toThrow(RangeError);
    },
  );
});

describe('text on a colour', () => {
  it('is black or white, whichever contrasts more, and can be read on every colour', () => {
    for (const colour of GRID) {
      const other = textOn(colour) === '#000000' ? '#ffffff' : '#000000';
      const chosen = contrast(colour, textOn(colour));
      expect([colour, chosen >= contrast(colour, other), chosen >= 4.58]).toEqual([colour, true, true]);
    }
    expect([textOn('#ffd400'), textOn('#1f5fd6')]).toEqual(['#000000', '#ffffff']);
  });
});

describe('an accent', () => {
  it('stays as it is where it contrasts enough', () => {
    expect(brandColours('#C2185B').light).toEqual({ accent: '#c2185b', onAccent: '#ffffff', link: '#c2185b' });
    expect(contrastingOn('#ffffff', '#767676', 4.5)).toBe('#767676');
  });

  it('is made darker in light and lighter in dark, where it could not be told from the card', () => {
    const { light, dark } = brandColours('#ffe600');
    expect([light.accent === '#ffe600', dark.accent]).toEqual([false, '#ffe600']);
    expect(luminance(light.accent)).toBeLessThan(luminance('#ffe600'));
    const navy = brandColours('#0a1a4f');
    expect([navy.light.accent, navy.dark.accent === '#0a1a4f']).toEqual(['#0a1a4f', false]);
    expect(luminance(navy.dark.accent)).toBeGreaterThan(luminance('#0a1a4f'));
  });

  it('reaches 3:1 in both schemes, its links 4.5:1 and its text 4.5:1, whatever it was', () => {
    for (const colour of GRID) {
      const colours = brandColours(colour);
      for (const scheme of ['light', 'dark'] as const) {
        const { accent, onAccent, link } = colours[scheme];
        const ratios = [contrast(accent, CARDS[scheme]), contrast(link, CARDS[scheme]), contrast(onAccent, accent)];
        const [seen = 0, read = 0, on = 0] = ratios;
        expect([colour, scheme, seen >= 3, read >= 4.5, on >= 4.5]).toEqual([colour, scheme, true, true, true]);
      }
    }
  });

  it('is moved no further than it must be', () => {
    for (const colour of ['#ffe600', '#ffffff', '#9be15d', '#ff9900']) {
      expect(contrast(brandColours(colour).light.accent, CARDS.light)).toBeLessThan(3.3);
    }
  });
});
