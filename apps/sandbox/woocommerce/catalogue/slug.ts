/**
 * WordPress' `sanitize_title`: accents go, everything else outside ASCII is escaped
 * (recorded: product-get-downloadable.json, `e-book-100-vegan-%f0%9f%8c%b1`; product-create-simple.json).
 */
export function slugOf(title: string): string {
  return encodeSlug(plainSlugOf(title)).slice(0, 200);
}

/** The same with its letters readable, as `generated_slug` prints it. */
export function plainSlugOf(title: string): string {
  return title
    .replace(/<[^>]*>/g, '')
    .replace(/&[^;\s]{1,10};/g, '')
    .replaceAll('ß', 's')
    .replaceAll('Ø', 'O')
    .replaceAll('ø', 'o')
    .replaceAll('Ł', 'L')
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/([A-Za-z])[\u0300-\u036f]+/g, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[–—/.]/g, '-')
    .replace(/[!-,:-@[-^`{-~\u2018-\u201f\u00ab\u00bb\u2026]/g, '')
    .replace(/\s+/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Adds `-2`, `-3` … until nobody else has it. */
export function freeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  if (!isTaken(slug)) return slug;
  let number = 2;
  while (isTaken(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

function encodeSlug(slug: string): string {
  return encodeURIComponent(slug).replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}
