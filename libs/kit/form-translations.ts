import type { Translations } from '#contract';

/** Of what {@link readStoreUrl} says; a connector that reads addresses with it adds them to its own. */
export const addressTranslations: Translations = {
  'Enter the address of the shop, such as https://shop.example.com': {
    de: 'Geben Sie die Adresse des Shops ein, zum Beispiel https://shop.example.com',
    fr: 'Saisissez l’adresse de la boutique, par exemple https://shop.example.com',
    es: 'Escriba la dirección de la tienda, por ejemplo https://shop.example.com',
    pt: 'Introduza o endereço da loja, por exemplo https://shop.example.com',
  },
  'This is too long for the address of a shop.': {
    de: 'Das ist zu lang für die Adresse eines Shops.',
    fr: 'C’est trop long pour l’adresse d’une boutique.',
    es: 'Es demasiado largo para la dirección de una tienda.',
    pt: 'É demasiado longo para o endereço de uma loja.',
  },
};

/** Of what {@link pastedText} says. */
export const pastedTranslations: Translations = {
  'Paste it as it is shown, without spaces.': {
    de: 'Fügen Sie den Wert so ein, wie er angezeigt wird, ohne Leerzeichen.',
    fr: 'Collez-le tel qu’il est affiché, sans espaces.',
    es: 'Péguelo tal como se muestra, sin espacios.',
    pt: 'Cole-o tal como é apresentado, sem espaços.',
  },
};
