/** What a variant has at one location. */
export interface Level {
  readonly id: number;
  readonly locationId: number;
  readonly available: number;
  readonly committed: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A variant with its inventory item. */
export interface Variant {
  readonly id: number;
  readonly itemId: number;
  /** One value per option of the product. */
  readonly values: readonly string[];
  readonly sku: string | null;
  readonly barcode: string | null;
  /** Minor units of the shop's currency. */
  readonly price: number;
  readonly compareAtPrice: number | null;
  readonly cost: number | null;
  readonly taxable: boolean;
  readonly policy: string;
  readonly tracked: boolean;
  readonly requiresShipping: boolean;
  readonly weight: { readonly value: number; readonly unit: string };
  readonly country: string | null;
  readonly province: string | null;
  readonly harmonizedSystemCode: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly itemUpdatedAt: number;
  readonly levels: readonly Level[];
}

/** One of a product's options. */
export interface ProductOption {
  readonly id: number;
  readonly name: string;
  readonly values: readonly { readonly id: number; readonly name: string }[];
}

/** Something a shop sells, with its variants in their order. */
export interface Product {
  readonly id: number;
  readonly title: string;
  readonly handle: string;
  readonly descriptionHtml: string;
  readonly vendor: string;
  readonly productType: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly giftCard: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly publishedAt: number | null;
  readonly seo: { readonly title: string | null; readonly description: string | null };
  readonly templateSuffix: string | null;
  readonly options: readonly ProductOption[];
  readonly variants: readonly Variant[];
  readonly media: readonly { readonly id: number; readonly alt: string; readonly type: string; readonly url: string }[];
}

/** A group of products. */
export interface Collection {
  readonly id: number;
  readonly title: string;
  readonly handle: string;
  readonly descriptionHtml: string;
  readonly sortOrder: string;
  readonly updatedAt: number;
  readonly smart: boolean;
  readonly image: { readonly url: string; readonly altText: string | null } | null;
  readonly seo: { readonly title: string | null; readonly description: string | null };
  readonly templateSuffix: string | null;
  readonly productIds: readonly number[];
}

/** The single value of the single option of a product without variants; docs: https://shopify.dev/docs/api/admin-graphql */
export const DEFAULT_OPTION = { name: 'Title', value: 'Default Title' } as const;

/** Whether a product was never given options. */
export function isStandalone({ options, variants }: Product): boolean {
  return (
    variants.length === 1 && options[0]?.name === DEFAULT_OPTION.name && variants[0]?.values[0] === DEFAULT_OPTION.value
  );
}

/** A handle out of a title: letters and digits with dashes between. */
export function handleOf(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('-');
}

/** The handle itself, or with the first number nobody has behind it. */
export function freeHandle(wanted: string, taken: readonly string[]): string {
  const base = wanted === '' ? 'untitled' : wanted;
  if (!taken.includes(base)) return base;
  let number = 1;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** A handle is case-insensitively unique and carries no leading or trailing dashes. */
export const sameHandle = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
