import type { Translations } from '#contract';
import { addressTranslations } from '#kit';

/** The platform's own menus are called as its translated back office calls them. */
export const translations: Translations = {
  ...addressTranslations,
  'Approve in the shop': {
    de: 'Im Shop zustimmen',
    fr: 'Autoriser dans la boutique',
    es: 'Autorizar en la tienda',
    pt: 'Autorizar na loja',
  },
  'Shop address': {
    de: 'Adresse des Shops',
    fr: 'Adresse de la boutique',
    es: 'Dirección de la tienda',
    pt: 'Endereço da loja',
  },
  'The address of the shop as its customers see it, with its sub-folder if it has one.': {
    de: 'Die Adresse des Shops, wie Ihre Kundinnen und Kunden sie sehen, mit Unterordner, falls es einen gibt.',
    fr: 'L’adresse de la boutique telle que ses clients la voient, avec son sous-dossier si elle en a un.',
    es: 'La dirección de la tienda tal como la ven sus clientes, con su subcarpeta si la tiene.',
    pt: 'O endereço da loja tal como os clientes o veem, com a subpasta, se existir.',
  },
  'Paste API keys': {
    de: 'API-Schlüssel einfügen',
    fr: 'Coller des clés d’API',
    es: 'Pegar claves de la API',
    pt: 'Colar chaves da API',
  },
  'Consumer key': {
    de: 'Consumer-Key',
    fr: 'Clé client',
    es: 'Clave del cliente',
    pt: 'Chave do consumidor',
  },
  'Made in the shop under WooCommerce, Settings, Advanced, REST API. It begins with ck_.': {
    de: 'Wird im Shop unter WooCommerce, Einstellungen, Erweitert, REST-API erstellt. Beginnt mit ck_.',
    fr: 'À créer dans la boutique sous WooCommerce, Réglages, Avancé, API REST. Elle commence par ck_.',
    es: 'Se crea en la tienda en WooCommerce, Ajustes, Avanzado, API REST. Empieza por ck_.',
    pt: 'Cria-se na loja em WooCommerce, Definições, Avançado, REST API. Começa por ck_.',
  },
  'Paste the consumer key; it begins with ck_.': {
    de: 'Fügen Sie den Consumer-Key ein; er beginnt mit ck_.',
    fr: 'Collez la clé client ; elle commence par ck_.',
    es: 'Pegue la clave del cliente; empieza por ck_.',
    pt: 'Cole a chave do consumidor; começa por ck_.',
  },
  'Consumer secret': {
    de: 'Consumer-Secret',
    fr: 'Secret client',
    es: 'Clave secreta del cliente',
    pt: 'Segredo do consumidor',
  },
  'Shown once, together with the consumer key. It begins with cs_.': {
    de: 'Wird einmal zusammen mit dem Consumer-Key angezeigt. Beginnt mit cs_.',
    fr: 'Affiché une seule fois, avec la clé client. Il commence par cs_.',
    es: 'Se muestra una sola vez, junto con la clave del cliente. Empieza por cs_.',
    pt: 'É apresentado uma única vez, juntamente com a chave do consumidor. Começa por cs_.',
  },
  'Paste the consumer secret; it begins with cs_.': {
    de: 'Fügen Sie das Consumer-Secret ein; es beginnt mit cs_.',
    fr: 'Collez le secret client ; il commence par cs_.',
    es: 'Pegue la clave secreta del cliente; empieza por cs_.',
    pt: 'Cole o segredo do consumidor; começa por cs_.',
  },
};
