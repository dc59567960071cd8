import type { Shop } from '../shops.js';

/** Something a shop sells. */
export interface CatalogueItem {
  readonly title: string;
  readonly variantTitle: string | null;
  readonly sku: string | null;
  readonly vendor: string | null;
  /** Minor units of the shop's currency. */
  readonly price: number;
  readonly grams: number;
  readonly kind?: 'giftCard' | 'digital';
}

const item = (
  title: string,
  variantTitle: string | null,
  sku: string | null,
  price: number,
  grams: number,
  vendor: string | null = null,
): CatalogueItem => ({ title, variantTitle, sku, vendor, price, grams });

const AMERICA: readonly CatalogueItem[] = [
  item('Trail Runner 2', '9.5 / Slate', 'NH-TR2-095-SLT', 12_999, 780, 'North Harbor'),
  item('Merino Base Layer', 'M / Charcoal', 'NH-MBL-M-CHR', 7_450, 240, 'North Harbor'),
  item('Enamel Camp Mug', null, 'NH-MUG-01', 1_895, 310, 'Kettle & Kiln'),
  item('Dry Bag 20L', 'Orange', 'NH-DRY-20-ORG', 3_333, 420, 'Tidewater'),
  item('Folding Saw "Birch"', null, 'NH-SAW-7', 4_149, 365, 'Ironwood Tools'),
  item('Wool Socks (3-pack)', 'L', 'NH-SOX-L', 2_699, 190, 'North Harbor'),
  item('Headlamp 400', null, 'NH-HL-400', 5_905, 95, 'Lumen & Co'),
  item('Sticker – "Get Lost" 🧭', null, null, 300, 5),
  { ...item('Field Guide: Birds of the Hudson (PDF)', null, 'NH-PDF-BIRDS', 999, 0, 'Harbor Press'), kind: 'digital' },
  { ...item('Gift Card', '$50.00', 'NH-GC-50', 5_000, 0), kind: 'giftCard' },
];

const EUROPE: readonly CatalogueItem[] = [
  item('Leinenhemd »Havel«', '41 / Weiß', 'AL-LH-41-W', 8_990, 260, 'Atelier Lindenhof'),
  item('Ledergürtel', '95 cm / Cognac', 'AL-LG-95', 5_949, 310, 'Sattlerei Öhm'),
  item('Keramikschale No. 3', null, 'AL-KS-3', 3_475, 720, 'Töpferei Süd'),
  item('Notizbuch A5 – kariert', 'Grün', 'AL-NB-A5-GR', 1_299, 240, 'Papeterie Élan'),
  item('Écharpe en laine', 'Bordeaux', 'AL-EC-BDX', 7_433, 190, 'Maison Grâce'),
  item('Ελαιόλαδο 500 ml', null, 'AL-OIL-500', 1_867, 950, 'Κτήμα Ήλιος'),
  item('Bougie « Forêt noire »', '220 g', 'AL-BG-FN', 2_801, 410, 'Maison Grâce'),
  item('Postkarte', null, null, 149, 8),
  { ...item('Strickanleitung (PDF)', null, 'AL-PDF-STR', 690, 0, 'Atelier Lindenhof'), kind: 'digital' },
  { ...item('Geschenkgutschein', '25,00 €', 'AL-GC-25', 2_500, 0), kind: 'giftCard' },
];

const JAPAN: readonly CatalogueItem[] = [
  item('深煎りブレンド', '200g / 豆', 'KZ-DB-200', 1_480, 200, '風コーヒー'),
  item('浅煎りエチオピア', '200g / 中挽き', 'KZ-ET-200', 1_850, 200, '風コーヒー'),
  item('ドリッパー「風」', '白磁', 'KZ-DR-01', 3_300, 380, '有田窯'),
  item('ペーパーフィルター 100枚', null, 'KZ-PF-100', 495, 120, '風コーヒー'),
  item('手挽きミル', null, 'KZ-ML-02', 12_980, 650, '山田製作所'),
  item('コーヒーゼリー ☕️', '6個入', 'KZ-JL-6', 2_160, 900, '風コーヒー'),
  item('トートバッグ', '生成り', null, 1_999, 160, '風コーヒー'),
  { ...item('ギフトカード', '¥3,000', 'KZ-GC-3000', 3_000, 0), kind: 'giftCard' },
];

const GULF: readonly CatalogueItem[] = [
  item('عود ملكي', '12 غرام', 'SS-OUD-12', 24_750, 60, 'دار العود'),
  item('تمر سكري فاخر', '1 كغ', 'SS-DATE-1', 4_125, 1_000, 'مزرعة الوفرة'),
  item('Arabic Coffee Set', null, 'SS-CUP-6', 11_375, 1_450, 'سوق السالمية'),
  item('قهوة عربية بالهيل', '500 غ', 'SS-COF-500', 3_333, 500, 'سوق السالمية'),
  item('بخور معمول', null, 'SS-BKH-1', 7_895, 120, 'دار العود'),
  item('Prayer Rug', 'Navy', 'SS-RUG-NV', 15_205, 1_100, 'Salmiya Textiles'),
  item('كرت معايدة', null, null, 755, 15),
  { ...item('بطاقة هدية', '10.000 د.ك', 'SS-GC-10', 10_000, 0), kind: 'giftCard' },
];

const BY_REGION: Readonly<Record<Shop['region'], readonly CatalogueItem[]>> = {
  america: AMERICA,
  europe: EUROPE,
  japan: JAPAN,
  gulf: GULF,
};

/** Everything a shop sells, gift cards and downloads last. */
export function catalogueOf(shop: Shop): readonly CatalogueItem[] {
  return BY_REGION[shop.region];
}
