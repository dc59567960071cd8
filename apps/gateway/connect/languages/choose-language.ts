import type { Language } from '#contract';
import { LANGUAGE_NAMES } from './words.js';

/** @returns undefined for a language we do not have */
export function asLanguage(code: string | null | undefined): Language | undefined {
  const known = Object.keys(LANGUAGE_NAMES) as readonly Language[];
  return known.find((one) => one === code);
}

/** The language the merchant chose, or the best of those the browser asks for; English when there is none. */
export function chooseLanguage(chosen: readonly (string | null | undefined)[], accepted: string | undefined): Language {
  const candidates = [...chosen, ...wishes(accepted ?? '')];
  return candidates.map(asLanguage).find((language) => language !== undefined) ?? 'en';
}

/** The base languages of an Accept-Language header, the most wanted first (RFC 9110, 12.5.4). */
function wishes(header: string): readonly string[] {
  const wanted = header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { language: range.split('-')[0] ?? '', quality: Number(quality) };
    })
    .filter(({ quality }) => quality > 0);
  return wanted.sort((one, other) => other.quality - one.quality).map(({ language }) => language);
}
