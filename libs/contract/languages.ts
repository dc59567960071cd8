/** The languages into which the merchants' screens are translated; everything is written in English first. */
export const TRANSLATED_LANGUAGES = ['de', 'fr', 'es', 'pt'] as const;
export type TranslatedLanguage = (typeof TRANSLATED_LANGUAGES)[number];
export type Language = 'en' | TranslatedLanguage;

/** Texts for merchants by their English wording, each in every language. */
export type Translations = Readonly<Record<string, Readonly<Record<TranslatedLanguage, string>>>>;

/** A text in a merchant's language; undefined when there is no translation of it. */
export function translated(translations: Translations, text: string, language: Language): string | undefined {
  if (language === 'en') return text;
  return Object.hasOwn(translations, text) ? translations[text]?.[language] : undefined;
}
