import type { Translations } from '#contract';
import { addressTranslations, pastedTranslations } from '#kit';

/** The back office's menus keep their English names: most shops run it untranslated. */
export const translations: Translations = {
  ...addressTranslations,
  ...pastedTranslations,
  'Activate in the shop': {
    de: 'Im Shop aktivieren',
    fr: 'Activer dans la boutique',
    es: 'Activar en la tienda',
    pt: 'Ativar na loja',
  },
  'Shop address': {
    de: 'Adresse des Shops',
    fr: 'Adresse de la boutique',
    es: 'Dirección de la tienda',
    pt: 'Endereço da loja',
  },
  'The base URL of the shop, with its sub-folder if it has one, without a language or store view at its end.': {
    de: 'Die Basis-URL des Shops, mit Unterordner, falls es einen gibt, ohne Sprache oder Store View am Ende.',
    fr: 'L’URL de base de la boutique, avec son sous-dossier si elle en a un, sans langue ni vue de magasin à la fin.',
    es: 'La URL base de la tienda, con su subcarpeta si la tiene, sin idioma ni vista de tienda al final.',
    pt: 'O URL de base da loja, com a subpasta, se existir, sem idioma nem vista de loja no fim.',
  },
  'Store view': { de: 'Store View', fr: 'Vue de magasin', es: 'Vista de tienda', pt: 'Vista de loja' },
  'The code of one store view, from Stores, All Stores in the back office: orders, customers and carts of it, and products as it shows them. Leave it empty for the whole shop. A view that is connected again takes the code shown behind its #.':
    {
      de: 'Der Code einer Store View, im Backend unter „Stores“, „All Stores“: deren Bestellungen, Kunden und Warenkörbe, und Produkte so, wie sie dort erscheinen. Leer lassen für den ganzen Shop. Eine View, die erneut verbunden wird, erhält den Code, der hinter ihrem # steht.',
      fr: 'Le code d’une vue de magasin, dans le back-office sous « Stores », « All Stores » : ses commandes, clients et paniers, et les produits tels qu’elle les affiche. Laissez vide pour toute la boutique. Une vue que l’on reconnecte reprend le code affiché après son #.',
      es: 'El código de una vista de tienda, en el panel en «Stores», «All Stores»: sus pedidos, clientes y carritos, y los productos tal como los muestra. Déjelo vacío para toda la tienda. Una vista que se vuelve a conectar lleva el código que aparece tras su #.',
      pt: 'O código de uma vista de loja, no painel em «Stores», «All Stores»: as suas encomendas, clientes e carrinhos, e os produtos tal como os mostra. Deixe vazio para toda a loja. Uma vista que volta a ser ligada leva o código apresentado depois do #.',
    },
  'The code of a store view begins with a letter and goes on with letters, digits and _.': {
    de: 'Der Code einer Store View beginnt mit einem Buchstaben, danach folgen Buchstaben, Ziffern und _.',
    fr: 'Le code d’une vue de magasin commence par une lettre, suivie de lettres, de chiffres et de _.',
    es: 'El código de una vista de tienda empieza por una letra y sigue con letras, cifras y _.',
    pt: 'O código de uma vista de loja começa por uma letra e continua com letras, algarismos e _.',
  },
  'In the back office of the shop, open System, Extensions, Integrations and choose Add New Integration.': {
    de: 'Öffnen Sie im Backend des Shops „System“, „Extensions“, „Integrations“ und wählen Sie „Add New Integration“.',
    fr: 'Dans le back-office de la boutique, ouvrez « System », « Extensions », « Integrations » et choisissez « Add New Integration ».',
    es: 'En el panel de la tienda, abra «System», «Extensions», «Integrations» y elija «Add New Integration».',
    pt: 'No painel da loja, abra «System», «Extensions», «Integrations» e escolha «Add New Integration».',
  },
  'Enter this as Name: {app}': {
    de: 'Tragen Sie dies als „Name“ ein: {app}',
    fr: 'Saisissez ceci comme « Name » : {app}',
    es: 'Escriba esto como «Name»: {app}',
    pt: 'Introduza isto como «Name»: {app}',
  },
  'Enter this as Callback URL: {callback}': {
    de: 'Tragen Sie dies als „Callback URL“ ein: {callback}',
    fr: 'Saisissez ceci comme « Callback URL » : {callback}',
    es: 'Escriba esto como «Callback URL»: {callback}',
    pt: 'Introduza isto como «Callback URL»: {callback}',
  },
  'Enter this as Identity link URL: {identity}': {
    de: 'Tragen Sie dies als „Identity link URL“ ein: {identity}',
    fr: 'Saisissez ceci comme « Identity link URL » : {identity}',
    es: 'Escriba esto como «Identity link URL»: {identity}',
    pt: 'Introduza isto como «Identity link URL»: {identity}',
  },
  'Under API, set Resource Access to All, or choose what may be read and written. Stores, Settings and All Stores must be among it.':
    {
      de: 'Stellen Sie unter „API“ den „Resource Access“ auf „All“, oder wählen Sie aus, was gelesen und geschrieben werden darf. „Stores“, „Settings“ und „All Stores“ müssen dabei sein.',
      fr: 'Sous « API », réglez « Resource Access » sur « All », ou choisissez ce qui peut être lu et écrit. « Stores », « Settings » et « All Stores » doivent en faire partie.',
      es: 'En «API», ponga «Resource Access» en «All» o elija qué se puede leer y escribir. «Stores», «Settings» y «All Stores» deben estar incluidos.',
      pt: 'Em «API», defina «Resource Access» como «All» ou escolha o que pode ser lido e escrito. «Stores», «Settings» e «All Stores» têm de estar incluídos.',
    },
  'Choose Save & Activate, then Allow, and let the shop open its window. It has to be done within five minutes.': {
    de: 'Wählen Sie „Save & Activate“, dann „Allow“, und lassen Sie den Shop sein Fenster öffnen. Das muss innerhalb von fünf Minuten geschehen.',
    fr: 'Choisissez « Save & Activate », puis « Allow », et laissez la boutique ouvrir sa fenêtre. Cela doit être fait en moins de cinq minutes.',
    es: 'Elija «Save & Activate» y después «Allow», y deje que la tienda abra su ventana. Debe hacerse en un plazo de cinco minutos.',
    pt: 'Escolha «Save & Activate», depois «Allow», e deixe a loja abrir a sua janela. Tem de ser feito em cinco minutos.',
  },
  'Paste the keys of an integration': {
    de: 'Schlüssel einer Integration einfügen',
    fr: 'Coller les clés d’une intégration',
    es: 'Pegar las claves de una integración',
    pt: 'Colar as chaves de uma integração',
  },
  'Consumer key': { de: 'Consumer Key', fr: 'Clé client', es: 'Clave del consumidor', pt: 'Chave do consumidor' },
  'Consumer secret': {
    de: 'Consumer Secret',
    fr: 'Secret client',
    es: 'Secreto del consumidor',
    pt: 'Segredo do consumidor',
  },
  'Access token': { de: 'Zugriffstoken', fr: 'Jeton d’accès', es: 'Token de acceso', pt: 'Token de acesso' },
  'Access token secret': {
    de: 'Geheimnis des Zugriffstokens',
    fr: 'Secret du jeton d’accès',
    es: 'Secreto del token de acceso',
    pt: 'Segredo do token de acesso',
  },
  'Shown under System, Extensions, Integrations once the integration is active.': {
    de: 'Wird unter „System“, „Extensions“, „Integrations“ angezeigt, sobald die Integration aktiv ist.',
    fr: 'Affiché sous « System », « Extensions », « Integrations » dès que l’intégration est active.',
    es: 'Se muestra en «System», «Extensions», «Integrations» cuando la integración está activa.',
    pt: 'É apresentado em «System», «Extensions», «Integrations» quando a integração está ativa.',
  },
  'Paste an access token only': {
    de: 'Nur ein Zugriffstoken einfügen',
    fr: 'Coller seulement un jeton d’accès',
    es: 'Pegar solo un token de acceso',
    pt: 'Colar apenas um token de acesso',
  },
  'Shown under System, Extensions, Integrations once the integration is active. Since 2.4.4 a shop takes it only when Stores, Configuration, Services, OAuth, Consumer Settings, "Allow OAuth Access Tokens to be used as standalone Bearer tokens" is set to Yes.':
    {
      de: 'Wird unter „System“, „Extensions“, „Integrations“ angezeigt, sobald die Integration aktiv ist. Seit 2.4.4 nimmt ein Shop es nur an, wenn unter „Stores“, „Configuration“, „Services“, „OAuth“, „Consumer Settings“ die Einstellung „Allow OAuth Access Tokens to be used as standalone Bearer tokens“ auf „Yes“ steht.',
      fr: 'Affiché sous « System », « Extensions », « Integrations » dès que l’intégration est active. Depuis la version 2.4.4, une boutique ne l’accepte que si, sous « Stores », « Configuration », « Services », « OAuth », « Consumer Settings », l’option « Allow OAuth Access Tokens to be used as standalone Bearer tokens » est réglée sur « Yes ».',
      es: 'Se muestra en «System», «Extensions», «Integrations» cuando la integración está activa. Desde la versión 2.4.4, una tienda solo lo acepta si en «Stores», «Configuration», «Services», «OAuth», «Consumer Settings» la opción «Allow OAuth Access Tokens to be used as standalone Bearer tokens» está en «Yes».',
      pt: 'É apresentado em «System», «Extensions», «Integrations» quando a integração está ativa. Desde a versão 2.4.4, uma loja só o aceita se em «Stores», «Configuration», «Services», «OAuth», «Consumer Settings» a opção «Allow OAuth Access Tokens to be used as standalone Bearer tokens» estiver em «Yes».',
    },
};
