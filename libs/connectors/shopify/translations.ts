import type { Translations } from '#contract';
import { pastedTranslations } from '#kit';

/** The platform's own menus are called as its translated admin calls them. */
export const translations: Translations = {
  ...pastedTranslations,
  'Approve in Shopify': {
    de: 'In Shopify zustimmen',
    fr: 'Autoriser dans Shopify',
    es: 'Autorizar en Shopify',
    pt: 'Autorizar no Shopify',
  },
  Shop: { de: 'Shop', fr: 'Boutique', es: 'Tienda', pt: 'Loja' },
  'The name before .myshopify.com, or the address of your admin.': {
    de: 'Der Name vor .myshopify.com oder die Adresse Ihres Adminbereichs.',
    fr: 'Le nom qui précède .myshopify.com, ou l’adresse de votre interface administrateur.',
    es: 'El nombre que aparece antes de .myshopify.com o la dirección de su panel de control.',
    pt: 'O nome antes de .myshopify.com ou o endereço do seu painel de administração.',
  },
  'Enter the name of the shop, such as my-store or my-store.myshopify.com': {
    de: 'Geben Sie den Namen des Shops ein, zum Beispiel my-store oder my-store.myshopify.com',
    fr: 'Saisissez le nom de la boutique, par exemple my-store ou my-store.myshopify.com',
    es: 'Escriba el nombre de la tienda, por ejemplo my-store o my-store.myshopify.com',
    pt: 'Introduza o nome da loja, por exemplo my-store ou my-store.myshopify.com',
  },
  'Paste the token of a custom app': {
    de: 'Zugriffstoken einer eigenen App einfügen',
    fr: 'Coller le jeton d’une application personnalisée',
    es: 'Pegar el token de una app personalizada',
    pt: 'Colar o token de um app personalizado',
  },
  'Admin API access token': {
    de: 'Zugriffstoken der Admin-API',
    fr: 'Jeton d’accès à l’API Admin',
    es: 'Token de acceso a la API Admin',
    pt: 'Token de acesso à API Admin',
  },
  'In your admin: Settings, Apps, Develop apps, the app, API credentials. It is shown only once.': {
    de: 'In Ihrem Adminbereich: Einstellungen, Apps, Apps entwickeln, die App, API-Anmeldedaten. Es wird nur einmal angezeigt.',
    fr: 'Dans votre interface administrateur : Paramètres, Applications, Développer des applications, l’application, Identifiants d’API. Il n’est affiché qu’une seule fois.',
    es: 'En su panel de control: Configuración, Apps, Desarrollar apps, la app, Credenciales de la API. Solo se muestra una vez.',
    pt: 'No seu painel de administração: Configurações, Apps, Desenvolver apps, o app, Credenciais da API. Só é apresentado uma vez.',
  },
  'API secret key': {
    de: 'Geheimer API-Schlüssel',
    fr: 'Clé secrète d’API',
    es: 'Clave secreta de la API',
    pt: 'Chave secreta da API',
  },
  'Beside the token. Without it the shop cannot tell what happens in it, and changes are only seen when asked for.': {
    de: 'Neben dem Token. Ohne ihn kann der Shop nicht melden, was in ihm geschieht; Änderungen werden dann nur auf Nachfrage gesehen.',
    fr: 'À côté du jeton. Sans elle, la boutique ne peut pas signaler ce qui s’y passe et les modifications ne sont vues que sur demande.',
    es: 'Junto al token. Sin ella, la tienda no puede avisar de lo que ocurre y los cambios solo se ven al consultarlos.',
    pt: 'Ao lado do token. Sem ela, a loja não pode comunicar o que acontece e as alterações só são vistas quando consultadas.',
  },
  'Use your own app': {
    de: 'Ihre eigene App verwenden',
    fr: 'Utiliser votre propre application',
    es: 'Usar su propia app',
    pt: 'Usar o seu próprio app',
  },
  'Client ID': { de: 'Client-ID', fr: 'ID client', es: 'ID de cliente', pt: 'ID do cliente' },
  'In the Dev Dashboard: your app, Settings. The app must be installed on this shop.': {
    de: 'Im Dev Dashboard: Ihre App, Einstellungen. Die App muss in diesem Shop installiert sein.',
    fr: 'Dans le Dev Dashboard : votre application, Paramètres. L’application doit être installée sur cette boutique.',
    es: 'En el Dev Dashboard: su app, Configuración. La app debe estar instalada en esta tienda.',
    pt: 'No Dev Dashboard: o seu app, Configurações. O app tem de estar instalado nesta loja.',
  },
  'Client secret': {
    de: 'Client-Geheimnis',
    fr: 'Secret client',
    es: 'Secreto de cliente',
    pt: 'Segredo do cliente',
  },
  'Beside the client ID.': {
    de: 'Neben der Client-ID.',
    fr: 'À côté de l’ID client.',
    es: 'Junto al ID de cliente.',
    pt: 'Ao lado do ID do cliente.',
  },
};
