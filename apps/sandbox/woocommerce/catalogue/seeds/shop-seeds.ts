import type { CatalogueProduct, ShopCoupon } from '../records.js';

/** What a seeded catalogue holds beside the products, buyers and coupons that orders need. */
export interface CatalogueSeed {
  /** The first one is the default category. */
  readonly categories: readonly { readonly id: number; readonly name: string; readonly parent?: number }[];
  readonly tags: readonly { readonly id: number; readonly name: string }[];
  /** More about the products of the orders, by their id. */
  readonly details: Readonly<Record<number, Partial<CatalogueProduct>>>;
  /** Products nobody bought. */
  readonly extras: readonly (Partial<CatalogueProduct> & { readonly id: number; readonly name: string })[];
  readonly coupons: readonly (Partial<ShopCoupon> & { readonly id: number; readonly code: string })[];
}

const image = (id: number, file: string, alt: string): CatalogueProduct['images'][number] => ({
  id,
  src: `/wp-content/uploads/2026/05/${file}`,
  name: file.replace(/\.[^.]*$/, ''),
  alt,
  createdAt: 0,
  modifiedAt: 0,
});

const counted = (quantity: number): Partial<CatalogueProduct> => ({ manageStock: true, stockQuantity: quantity });
const VIRTUAL: Partial<CatalogueProduct> = { virtual: true };

const buchladen: CatalogueSeed = {
  categories: [
    { id: 15, name: 'Uncategorized' },
    { id: 16, name: 'Kleidung' },
    { id: 17, name: 'T-Shirts', parent: 16 },
    { id: 19, name: 'Haus &amp; Garten' },
    { id: 20, name: 'Küche', parent: 19 },
    { id: 21, name: 'Bücher' },
    { id: 22, name: 'Digital' },
  ],
  tags: [
    { id: 23, name: 'neu' },
    { id: 24, name: 'Ausverkauf' },
  ],
  details: {
    11: { ...counted(214), categories: [20], weight: '0.35', dimensions: { length: '10', width: '10', height: '11' } },
    12: { ...counted(38), categories: [20], weight: '1.2', tags: [23] },
    13: {
      ...counted(95),
      categories: [21],
      weight: '0.6',
      description: '<p>Ein Drache, der &quot;Nein&quot; sagt.</p>',
    },
    14: {
      ...VIRTUAL,
      categories: [22],
      downloadable: true,
      downloads: [
        { id: '95a15b7a-4b72-44ae-9f20-114fdc8973ff', name: 'ebook.pdf', file: '/wp-content/uploads/ebook.pdf' },
      ],
      downloadLimit: 3,
      downloadExpiry: 30,
    },
    15: { ...counted(400), categories: [21], tags: [23, 24] },
    16: { ...VIRTUAL, categories: [22] },
    17: { categories: [19], weight: '0.002' },
    27: { categories: [17], tags: [23], shortDescription: '<p>Aus Bio-Baumwolle.</p>' },
  },
  extras: [
    {
      id: 19,
      name: 'Gartenbank „Ænea“ &amp; Stahl',
      sku: 'GB-019',
      regularPrice: '249.00',
      ...counted(0),
      categories: [19],
      images: [image(40, 'gartenbank.jpg', 'Gartenbank aus Stahl')],
    },
    {
      id: 20,
      name: 'Crème brûlée set – l’édition d’été',
      sku: 'CB-020',
      regularPrice: '29.95',
      salePrice: '24.95',
      ...counted(0),
      backorders: 'notify',
      categories: [20],
    },
    {
      id: 21,
      name: 'Externes Produkt',
      type: 'external',
      regularPrice: '10.00',
      externalUrl: 'https://shop.example.test/x',
      buttonText: 'Kaufen',
    },
    { id: 22, name: 'Teeset für zwei', type: 'grouped', grouped: [11, 12], categories: [20] },
    { id: 23, name: 'Noch nicht fertig (Entwurf)', status: 'draft', regularPrice: '5.00' },
    {
      id: 24,
      name: 'Nur für Stammkunden',
      sku: 'PRIV-024',
      status: 'private',
      regularPrice: '99.00',
      categories: [19],
    },
    { id: 25, name: 'Ohne Preis', sku: 'NP-025' },
    {
      id: 26,
      name: 'Im Papierkorb',
      sku: 'TRASH-026',
      status: 'trash',
      slug: 'im-papierkorb__trashed',
      regularPrice: '1',
    },
  ],
  coupons: [
    { id: 58, code: 'abgelaufen', type: 'percent', amount: '50', expiresAt: 1735686000 },
    {
      id: 59,
      code: 'einmal',
      type: 'percent',
      amount: '15',
      usageLimit: 1,
      usageLimitPerUser: 1,
      emailRestrictions: ['*@example.test'],
    },
  ],
};

const tea: CatalogueSeed = {
  categories: [
    { id: 15, name: '未分類' },
    { id: 16, name: 'お茶' },
    { id: 17, name: '茶器' },
  ],
  tags: [{ id: 18, name: '春' }],
  details: {
    31: { ...counted(120), categories: [16], tags: [18], weight: '0.1' },
    32: { ...counted(45), categories: [16], weight: '0.04' },
    33: { ...counted(210), categories: [16], weight: '0.2' },
    34: { ...counted(7), categories: [17], weight: '0.8' },
    35: { ...counted(33), categories: [17] },
    37: { categories: [17] },
  },
  extras: [
    { id: 40, name: '新茶(準備中)', status: 'draft', regularPrice: '1800', taxClass: 'reduced-rate' },
    {
      id: 43,
      name: '茶碗「夕焼け」',
      sku: '器-043',
      regularPrice: '12000',
      ...counted(0),
      categories: [17],
      images: [image(44, 'chawan.jpg', '茶碗')],
    },
  ],
  coupons: [],
};

const souq: CatalogueSeed = {
  categories: [
    { id: 15, name: 'غير مصنف' },
    { id: 16, name: 'قهوة' },
    { id: 17, name: 'عطور' },
  ],
  tags: [],
  details: {
    51: { ...counted(80), categories: [16], weight: '0.25' },
    52: { ...counted(12), categories: [17] },
    53: { ...counted(150), weight: '1' },
    54: { categories: [16] },
  },
  extras: [{ id: 59, name: 'عود هندي', sku: 'OUD-59', regularPrice: '75.500', ...counted(0), categories: [17] }],
  coupons: [],
};

const vinyl: CatalogueSeed = {
  categories: [
    { id: 15, name: 'Uncategorized' },
    { id: 16, name: 'Records' },
    { id: 17, name: 'Jazz', parent: 16 },
    { id: 18, name: 'Accessories' },
  ],
  tags: [{ id: 19, name: 'staff pick' }],
  details: {
    71: { ...counted(64), categories: [17], tags: [19], weight: '0.4' },
    72: { ...counted(120), categories: [16], weight: '0.35' },
    73: { categories: [18] },
    74: { ...counted(31), categories: [18] },
    75: { ...VIRTUAL },
    77: { categories: [17] },
  },
  extras: [
    {
      id: 80,
      name: 'Turntable slipmat',
      sku: 'SLP-080',
      regularPrice: '15.00',
      salePrice: '12.00',
      ...counted(9),
      categories: [18],
      images: [image(85, 'slipmat.jpg', 'Felt slipmat'), image(86, 'slipmat-back.jpg', '')],
    },
    { id: 83, name: 'Autumn catalog', status: 'private', regularPrice: '0' },
    { id: 84, name: 'Test pressing', sku: 'TP-084', regularPrice: '80.00', ...counted(0), categories: [16] },
  ],
  coupons: [],
};

const SEEDS: Readonly<Record<string, CatalogueSeed>> = {
  'buchladen.sandbox.test': buchladen,
  'tea.sandbox.test': tea,
  'souq.sandbox.test': souq,
  'vinyl.sandbox.test': vinyl,
};

const NOTHING: CatalogueSeed = {
  categories: [{ id: 15, name: 'Uncategorized' }],
  tags: [],
  details: {},
  extras: [],
  coupons: [],
};

export function catalogueSeed(host: string): CatalogueSeed {
  return SEEDS[host] ?? NOTHING;
}
