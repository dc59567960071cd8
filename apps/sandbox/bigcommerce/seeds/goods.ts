import type { Store } from '../stores.js';

/** A product as a seed describes it. */
export interface Good {
  readonly name: string;
  readonly sku: string;
  /** In the store's currency, as entered. */
  readonly price: string;
  readonly salePrice?: string;
  readonly weight: number;
  /** Path in the category tree, e.g. `Camp/Tents`. */
  readonly category: string;
  readonly options?: Readonly<Record<string, readonly string[]>>;
  readonly digital?: true;
  readonly hidden?: true;
  readonly disabled?: true;
  readonly preorder?: true;
  readonly images: number;
  readonly brand?: string;
  /** Absent = stock is not tracked. */
  readonly stock?: number;
}

const AMERICA: readonly Good[] = [
  {
    name: 'Ridge Two-Person Tent',
    sku: 'TENT-2P',
    price: '289.95',
    weight: 5.4,
    category: 'Camp/Tents',
    images: 4,
    brand: 'Ridgeline',
    stock: 24,
  },
  {
    name: 'Merino Crew Tee',
    sku: 'TEE-MER',
    price: '64.5',
    weight: 0.4,
    category: 'Clothing/Tops',
    images: 3,
    brand: 'Cedar & Salt',
    stock: 40,
    options: { Size: ['S', 'M', 'L', 'XL'], Color: ['Moss', 'Slate'] },
  },
  {
    name: 'Trail Hoodie',
    sku: 'HOOD-TRL',
    price: '98',
    salePrice: '79',
    weight: 1.1,
    category: 'Clothing/Tops',
    images: 2,
    brand: 'Cedar & Salt',
    stock: 18,
    options: { Size: ['S', 'M', 'L'] },
  },
  {
    name: 'Enamel Mug 12 oz',
    sku: 'MUG-12',
    price: '14.25',
    weight: 0.6,
    category: 'Camp/Kitchen',
    images: 1,
    stock: 210,
  },
  {
    name: 'Titanium Pot 900 ml',
    sku: 'POT-900',
    price: '59.99',
    weight: 0.3,
    category: 'Camp/Kitchen',
    images: 2,
    brand: 'Ridgeline',
    stock: 3,
  },
  {
    name: 'Down Sleeping Bag "20°F"',
    sku: 'BAG-20F',
    price: '349',
    salePrice: '299.99',
    weight: 2.6,
    category: 'Camp/Sleep',
    images: 3,
    brand: 'Ridgeline',
    stock: 0,
    options: { Length: ['Regular', 'Long'] },
  },
  {
    name: 'Topo Map of Big Bend (PDF)',
    sku: 'MAP-BB-PDF',
    price: '9.99',
    weight: 0,
    category: 'Maps',
    images: 1,
    digital: true,
  },
  {
    name: 'Knots — A Field Course (video)',
    sku: 'VID-KNOTS',
    price: '24',
    weight: 0,
    category: 'Maps',
    images: 0,
    digital: true,
  },
  {
    name: 'Canvas Daypack <22L>',
    sku: 'PACK-22',
    price: '118.4',
    weight: 1.9,
    category: 'Packs',
    images: 2,
    brand: 'Cedar & Salt',
    stock: 33,
    options: { Color: ['Rust', 'Olive', 'Navy'] },
  },
  { name: 'Repair Kit', sku: 'KIT-REP', price: '18.333', weight: 0.2, category: 'Packs', images: 1, stock: 75 },
  {
    name: 'Wool Socks, 3 pairs',
    sku: 'SOCK-3',
    price: '27',
    weight: 0.35,
    category: 'Clothing/Socks',
    images: 1,
    stock: 120,
    options: { Size: ['M', 'L'] },
  },
  {
    name: 'Solar Lantern',
    sku: 'LANT-SOL',
    price: '42.75',
    weight: 0.7,
    category: 'Camp',
    images: 2,
    preorder: true,
    stock: 10,
  },
  {
    name: 'Retired Stove',
    sku: 'STOVE-OLD',
    price: '85',
    weight: 2.2,
    category: 'Camp/Kitchen',
    images: 1,
    disabled: true,
  },
  { name: 'Staff Jacket', sku: 'JACK-STAFF', price: '140', weight: 1.6, category: 'Clothing', images: 0, hidden: true },
];

const EUROPE: readonly Good[] = [
  {
    name: 'Hobelbank „Lindwurm“',
    sku: 'HB-01',
    price: '1249',
    weight: 78,
    category: 'Möbel',
    images: 3,
    brand: 'Süd',
    stock: 4,
  },
  {
    name: 'Stechbeitel-Satz, 6-tlg.',
    sku: 'STB-6',
    price: '119.9',
    weight: 1.4,
    category: 'Werkzeug/Schneiden',
    images: 2,
    stock: 31,
  },
  {
    name: 'Arbeitsschürze',
    sku: 'SCH-01',
    price: '69',
    weight: 0.8,
    category: 'Kleidung',
    images: 2,
    brand: 'Süd',
    stock: 22,
    options: { Größe: ['M', 'L'], Farbe: ['Grau', 'Blau'] },
  },
  { name: 'Leinölfirnis 1 l', sku: 'LOE-1', price: '12.49', weight: 1.05, category: 'Öle', images: 1, stock: 140 },
  {
    name: 'Kurs: Zinken von Hand (Video)',
    sku: 'KURS-Z',
    price: '39',
    weight: 0,
    category: 'Kurse',
    images: 1,
    digital: true,
  },
  {
    name: 'Japansäge Ryoba 240',
    sku: 'RYO-240',
    price: '54.95',
    salePrice: '47.5',
    weight: 0.4,
    category: 'Werkzeug/Sägen',
    images: 1,
    stock: 17,
  },
];

const JAPAN: readonly Good[] = [
  {
    name: '万年筆「山霧」',
    sku: 'FP-KIRI',
    price: '19800',
    weight: 30,
    category: '筆記具',
    images: 3,
    brand: '山の文具',
    stock: 9,
    options: { ペン先: ['F', 'M', 'B'] },
  },
  { name: '方眼ノート A5', sku: 'NB-A5', price: '880', weight: 210, category: '紙', images: 1, stock: 300 },
  { name: '和紙便箋', sku: 'WS-20', price: '660', weight: 90, category: '紙', images: 1, stock: 85 },
  { name: 'インク「杉」50ml', sku: 'INK-SUGI', price: '1980', weight: 180, category: 'インク', images: 2, stock: 40 },
];

const GOODS: Readonly<Record<Store['region'], readonly Good[]>> = { america: AMERICA, europe: EUROPE, japan: JAPAN };

/** What a store sells. */
export function goodsOf({ region }: Store): readonly Good[] {
  return GOODS[region];
}
