/**
 * The documents of products and their variants, for Admin API 2026-10; how their cost is counted: `documents.ts`.
 *
 *   a variant    1 + options 1 + item 1 + measurement 1 + weight 1 = 5; with its product 6
 *   a product    1 + options 1                                     = 2
 *     in a page  + variants 2 + F(100) x 5 + media 2 + F(20) x 2 + collections 2 + F(20) = 2 + 47 + 12 + 7 = 68
 *     alone      with F(250) everywhere                                                  = 2 + 57 + 24 + 13 = 96
 *
 * A product with more than a page holds is read again by itself.
 */

export const PRODUCT_COST = { product: 96, productInPage: 68, variant: 6, skuInList: 2 } as const;

const VARIANT = `
fragment VariantFields on ProductVariant {
  id title sku barcode price compareAtPrice inventoryQuantity createdAt updatedAt
  selectedOptions { name value }
  inventoryItem { tracked measurement { weight { value unit } } }
}`;

const product = (variants: number, others: number) => `${VARIANT}
fragment ProductFields on Product {
  id title descriptionHtml status productType vendor tags handle onlineStoreUrl createdAt updatedAt
  options { name values }
  variants(first: ${variants}) { nodes { ...VariantFields } pageInfo { hasNextPage } }
  media(first: ${others}) {
    nodes { id alt mediaContentType ... on MediaImage { image { url } } }
    pageInfo { hasNextPage }
  }
  collections(first: ${others}) { nodes { id } pageInfo { hasNextPage } }
}`;

export const PRODUCTS_PAGE = `query ProductsPage(
  $first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys!, $reverse: Boolean!
) {
  products(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { ...ProductFields }
    pageInfo { hasNextPage endCursor }
  }
}${product(100, 20)}
`;

export const PRODUCT_BY_ID = `query ProductById($id: ID!) {
  product(id: $id) { ...ProductFields }
}${product(250, 250)}
`;

export const VARIANTS_PAGE = `query VariantsPage($first: Int!, $after: String, $id: ID!) {
  product(id: $id) {
    variants(first: $first, after: $after, sortKey: ID) {
      nodes { ...VariantFields product { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}${VARIANT}
`;

export const VARIANT_BY_ID = `query VariantById($id: ID!) {
  productVariant(id: $id) { ...VariantFields product { id } }
}${VARIANT}
`;

/** The search finds by beginnings and without regard to case: what it finds is compared. */
export const PRODUCTS_BY_SKU = `query ProductsBySku($first: Int!, $after: String, $query: String!) {
  productVariants(first: $first, after: $after, query: $query) {
    nodes { id sku product { id } }
    pageInfo { hasNextPage endCursor }
  }
}
`;

/** Makes a product with all that belongs to it, or changes one, in one call; a list that is sent replaces what is there. */
export const PRODUCT_SET = `mutation ProductSet($input: ProductSetInput!, $identifier: ProductSetIdentifiers) {
  productSet(input: $input, identifier: $identifier, synchronous: true) {
    product { id }
    userErrors { field message code }
  }
}
`;

export const PRODUCT_DELETE = `mutation ProductDelete($input: ProductDeleteInput!) {
  productDelete(input: $input) { deletedProductId userErrors { field message } }
}
`;

export const VARIANTS_CREATE = `mutation VariantsCreate($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkCreate(productId: $productId, variants: $variants) {
    productVariants { id }
    userErrors { field message code }
  }
}
`;

export const VARIANTS_UPDATE = `mutation VariantsUpdate($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $productId, variants: $variants) {
    productVariants { id }
    userErrors { field message code }
  }
}
`;

export const VARIANTS_DELETE = `mutation VariantsDelete($productId: ID!, $ids: [ID!]!) {
  productVariantsBulkDelete(productId: $productId, variantsIds: $ids) {
    product { id }
    userErrors { field message code }
  }
}
`;
