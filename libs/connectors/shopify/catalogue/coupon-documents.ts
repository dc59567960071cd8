/**
 * The documents of discounts, for Admin API 2026-10; how their cost is counted: `documents.ts`, of a union the dearest.
 *
 *   a discount  node 1 + discount 1 + code 2 + F(1) + minimum 1 + gets 1 + value 1                  = 8
 *   in a page   + items 1 + products 2 + F(50) + variants 2 + F(50) x 2                             = 34
 *   alone       + items 1 + products 2 + F(250) + variants 2 + F(250) x 2                           = 46
 */
export const COUPON_COST = { coupon: 46, couponInPage: 34 } as const;

const COMMON = 'title status startsAt endsAt createdAt updatedAt';
const COUNTED = 'usageLimit appliesOncePerCustomer asyncUsageCount codes(first: 1) { nodes { code } }';
const MINIMUM = `minimumRequirement {
      ... on DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal { amount currencyCode } }
    }`;

const discount = (rows: number) => `
fragment Gets on DiscountCustomerGets {
  value {
    __typename
    ... on DiscountPercentage { percentage }
    ... on DiscountAmount { amount { amount currencyCode } appliesOnEachItem }
  }
  items {
    __typename
    ... on DiscountProducts {
      products(first: ${rows}) { nodes { id } pageInfo { hasNextPage } }
      productVariants(first: ${rows}) { nodes { product { id } } pageInfo { hasNextPage } }
    }
    ... on DiscountCollections { collections(first: ${rows}) { nodes { id } pageInfo { hasNextPage } } }
  }
}
fragment CouponFields on DiscountNode {
  id
  discount {
    __typename
    ... on DiscountCodeBasic { ${COMMON} ${COUNTED} ${MINIMUM} customerGets { ...Gets } }
    ... on DiscountCodeFreeShipping { ${COMMON} ${COUNTED} ${MINIMUM} }
    ... on DiscountCodeBxgy { ${COMMON} ${COUNTED} }
    ... on DiscountCodeApp { ${COMMON} ${COUNTED} }
    ... on DiscountAutomaticBasic { ${COMMON} asyncUsageCount ${MINIMUM} customerGets { ...Gets } }
    ... on DiscountAutomaticFreeShipping { ${COMMON} asyncUsageCount ${MINIMUM} }
    ... on DiscountAutomaticBxgy { ${COMMON} asyncUsageCount }
    ... on DiscountAutomaticApp { ${COMMON} asyncUsageCount }
  }
}`;

export const COUPONS_PAGE = `query CouponsPage(
  $first: Int!, $after: String, $query: String, $sortKey: DiscountSortKeys!, $reverse: Boolean!
) {
  discountNodes(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes { ...CouponFields }
    pageInfo { hasNextPage endCursor }
  }
}${discount(50)}
`;

export const COUPON_BY_ID = `query CouponById($id: ID!) {
  discountNode(id: $id) { ...CouponFields }
}${discount(250)}
`;

const ERRORS = 'userErrors { field message code }';
const ANSWER = `codeDiscountNode { id } ${ERRORS}`;

export const BASIC_CREATE = `mutation BasicCreate($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) { ${ANSWER} }
}
`;

export const BASIC_UPDATE = `mutation BasicUpdate($id: ID!, $discount: DiscountCodeBasicInput!) {
  discountCodeBasicUpdate(id: $id, basicCodeDiscount: $discount) { ${ANSWER} }
}
`;

export const SHIPPING_CREATE = `mutation ShippingCreate($discount: DiscountCodeFreeShippingInput!) {
  discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) { ${ANSWER} }
}
`;

export const SHIPPING_UPDATE = `mutation ShippingUpdate($id: ID!, $discount: DiscountCodeFreeShippingInput!) {
  discountCodeFreeShippingUpdate(id: $id, freeShippingCodeDiscount: $discount) { ${ANSWER} }
}
`;

export const CODE_ACTIVATE = `mutation CodeActivate($id: ID!) {
  discountCodeActivate(id: $id) { ${ANSWER} }
}
`;

export const CODE_DEACTIVATE = `mutation CodeDeactivate($id: ID!) {
  discountCodeDeactivate(id: $id) { ${ANSWER} }
}
`;

export const CODE_DELETE = `mutation CodeDelete($id: ID!) {
  discountCodeDelete(id: $id) { deletedCodeDiscountId ${ERRORS} }
}
`;

export const AUTOMATIC_DELETE = `mutation AutomaticDelete($id: ID!) {
  discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId ${ERRORS} }
}
`;
