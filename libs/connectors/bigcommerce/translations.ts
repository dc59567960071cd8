import type { Translations } from '#contract';
import { pastedTranslations } from '#kit';

/** The control panel's menus keep their English names where the platform does not translate them. */
export const translations: Translations = {
  ...pastedTranslations,
  'Install the app': {
    de: 'Die App installieren',
    fr: 'Installer l’application',
    es: 'Instalar la aplicación',
    pt: 'Instalar a aplicação',
  },
  'Paste a store-level API account': {
    de: 'API-Konto des Shops einfügen',
    fr: 'Coller un compte d’API de la boutique',
    es: 'Pegar una cuenta de API de la tienda',
    pt: 'Colar uma conta de API da loja',
  },
  'API path': { de: 'API-Pfad', fr: 'Chemin d’API', es: 'Ruta de la API', pt: 'Caminho da API' },
  'Shown when the account is made, under Settings, Store-level API accounts. The store hash in it is enough.': {
    de: 'Wird beim Anlegen des Kontos angezeigt, unter „Settings“, „Store-level API accounts“. Der darin enthaltene Store-Hash genügt.',
    fr: 'Affiché à la création du compte, sous « Settings », « Store-level API accounts ». L’identifiant de boutique qu’il contient suffit.',
    es: 'Se muestra al crear la cuenta, en «Settings», «Store-level API accounts». Basta con el identificador de la tienda que contiene.',
    pt: 'É apresentado ao criar a conta, em «Settings», «Store-level API accounts». Basta o identificador da loja que contém.',
  },
  'Paste the API path, such as https://api.bigcommerce.com/stores/abc123xyz/v3/': {
    de: 'Fügen Sie den API-Pfad ein, zum Beispiel https://api.bigcommerce.com/stores/abc123xyz/v3/',
    fr: 'Collez le chemin d’API, par exemple https://api.bigcommerce.com/stores/abc123xyz/v3/',
    es: 'Pegue la ruta de la API, por ejemplo https://api.bigcommerce.com/stores/abc123xyz/v3/',
    pt: 'Cole o caminho da API, por exemplo https://api.bigcommerce.com/stores/abc123xyz/v3/',
  },
  'Access token': { de: 'Zugriffstoken', fr: 'Jeton d’accès', es: 'Token de acceso', pt: 'Token de acesso' },
  'Shown once, when the account is made.': {
    de: 'Wird einmal angezeigt, wenn das Konto angelegt wird.',
    fr: 'Affiché une seule fois, à la création du compte.',
    es: 'Se muestra una sola vez, al crear la cuenta.',
    pt: 'É apresentado uma única vez, ao criar a conta.',
  },
  'Client secret': {
    de: 'Client-Geheimnis',
    fr: 'Secret client',
    es: 'Secreto de cliente',
    pt: 'Segredo do cliente',
  },
  'Shown beside the token. Without it deliveries are proven by a secret of our own in their headers alone.': {
    de: 'Wird neben dem Token angezeigt. Ohne es weisen sich Meldungen des Shops allein durch ein eigenes Geheimnis in ihren Kopfzeilen aus.',
    fr: 'Affiché à côté du jeton. Sans lui, les messages de la boutique ne sont prouvés que par un secret à nous dans leurs en-têtes.',
    es: 'Se muestra junto al token. Sin él, los avisos de la tienda solo se comprueban con un secreto propio en sus cabeceras.',
    pt: 'É apresentado ao lado do token. Sem ele, os avisos da loja só são comprovados por um segredo nosso nos cabeçalhos.',
  },
};
