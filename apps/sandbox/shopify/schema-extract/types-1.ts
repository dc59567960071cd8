// Written by scripts/extract-shopify-schema.mjs from the documents in served/; do not edit.

export const TYPES_1 = `schema { query: QueryRoot mutation: Mutation }

directive @idempotent(key: String!) on FIELD

type AbandonedCheckout implements Node { abandonedCheckoutUrl: URL! billingAddress: MailingAddress
  completedAt: DateTime createdAt: DateTime! customAttributes: [Attribute!]! customer: Customer
  discountCodes: [String!]! id: ID!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): AbandonedCheckoutLineItemConnection!
  name: String! note: String! shippingAddress: MailingAddress subtotalPriceSet: MoneyBag! taxLines: [TaxLine!]!
  taxesIncluded: Boolean! totalDiscountSet: MoneyBag! totalDutiesSet: MoneyBag totalLineItemsPriceSet: MoneyBag!
  totalPriceSet: MoneyBag! totalTaxSet: MoneyBag updatedAt: DateTime! }

type AbandonedCheckoutConnection { edges: [AbandonedCheckoutEdge!]! nodes: [AbandonedCheckout!]! pageInfo: PageInfo! }

type AbandonedCheckoutEdge { cursor: String! node: AbandonedCheckout! }

type AbandonedCheckoutLineItem implements Node { customAttributes: [Attribute!]! discountedTotalPriceSet: MoneyBag!
  discountedTotalPriceWithCodeDiscount: MoneyBag! discountedUnitPriceSet: MoneyBag!
  discountedUnitPriceWithCodeDiscount: MoneyBag! id: ID! originalTotalPriceSet: MoneyBag!
  originalUnitPriceSet: MoneyBag! product: Product quantity: Int! sku: String title: String variant: ProductVariant
  variantTitle: String }

type AbandonedCheckoutLineItemConnection { edges: [AbandonedCheckoutLineItemEdge!]!
  nodes: [AbandonedCheckoutLineItem!]! pageInfo: PageInfo! }

type AbandonedCheckoutLineItemEdge { cursor: String! node: AbandonedCheckoutLineItem! }

enum AbandonedCheckoutSortKeys { CHECKOUT_ID CREATED_AT CUSTOMER_NAME ID RELEVANCE TOTAL_PRICE }

type AccessScope { description: String! handle: String! }

type AdditionalFee implements Node { id: ID! name: String! price: MoneyBag! taxLines: [TaxLine!]! }

type AllDiscountItems { allItems: Boolean! }

type ApiVersion { displayName: String! handle: String! supported: Boolean! }

type App implements Node { apiKey: String! embedded: Boolean! handle: String id: ID!
  optionalAccessScopes: [AccessScope!]! title: String! webhookApiVersion: String! }

type AppInstallation implements Node { accessScopes: [AccessScope!]! app: App! id: ID! launchUrl: URL! }

type AppUninstallAppUninstallError { code: AppUninstallAppUninstallErrorCode field: [String!] message: String! }

enum AppUninstallAppUninstallErrorCode { APP_NOT_FOUND APP_NOT_INSTALLED APP_UNINSTALL_ERROR
  USER_PERMISSIONS_INSUFFICIENT }

type AppUninstallPayload { app: App userErrors: [AppUninstallAppUninstallError!]! }

type Attribute { key: String! value: String }

input AttributeInput { key: String! value: String! }

type AutomaticDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod! index: Int!
  targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType! title: String!
  value: PricingValue! }

type CashRoundingAdjustment { paymentSet: MoneyBag! refundSet: MoneyBag! }

interface Catalog { id: ID! title: String! }

type Collection implements Node { description: String! descriptionHtml: HTML! handle: String! id: ID! image: Image
  legacyResourceId: UnsignedInt64!
  products(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: ProductCollectionSortKeys = COLLECTION_DEFAULT): ProductConnection!
  productsCount: Count seo: SEO! sortOrder: CollectionSortOrder! sources: [CollectionSource!]! templateSuffix: String
  title: String! updatedAt: DateTime! }

type CollectionConnection { edges: [CollectionEdge!]! nodes: [Collection!]! pageInfo: PageInfo! }

input CollectionCreateInput { descriptionHtml: String handle: String image: ImageInput metafields: [MetafieldInput!]
  seo: SEOInput sortOrder: CollectionSortOrder templateSuffix: String title: String! }

type CollectionCreatePayload { collection: Collection userErrors: [UserError!]! }

input CollectionDeleteInput { id: ID! }

type CollectionDeletePayload { deletedCollectionId: ID userErrors: [UserError!]! }

type CollectionEdge { cursor: String! node: Collection! }

enum CollectionSortKeys { ID RELEVANCE TITLE UPDATED_AT }

enum CollectionSortOrder { ALPHA_ASC ALPHA_DESC BEST_SELLING CREATED CREATED_DESC MANUAL MOST_RELEVANT PRICE_ASC
  PRICE_DESC }

interface CollectionSource { id: ID! title: String! }

input CollectionUpdateInput { descriptionHtml: String handle: String id: ID image: ImageInput
  metafields: [MetafieldInput!] redirectNewHandle: Boolean = false seo: SEOInput sortOrder: CollectionSortOrder
  templateSuffix: String title: String }

type CollectionUpdatePayload { collection: Collection job: Job userErrors: [UserError!]! }

type Count { count: Int! precision: CountPrecision! }

enum CountPrecision { AT_LEAST EXACT }

enum CountryCode { AC AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
  BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
  FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
  JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU
  MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU RW SA SB SC
  SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
  UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW ZZ }

input CreateMediaInput { alt: String mediaContentType: MediaContentType! originalSource: String! }

enum CurrencyCode { AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
  BYR @deprecated BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
  GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KID KMF KRW KWD KYD KZT LAK LBP
  LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
  PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STD @deprecated STN SYP SZL THB
  TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USDC UYU UZS VED VEF @deprecated VES VND VUV WST XAF XCD XOF XPF XXX YER
  ZAR ZMW }

type CurrencyFormats { moneyFormat: FormattedString! moneyWithCurrencyFormat: FormattedString! }

type Customer implements Node { addresses(first: Int): [MailingAddress!]! @deprecated
  addressesV2(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): MailingAddressConnection!
  amountSpent: MoneyV2! createdAt: DateTime! defaultAddress: MailingAddress defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber displayName: String! email: String @deprecated firstName: String id: ID!
  lastName: String legacyResourceId: UnsignedInt64! locale: String! note: String numberOfOrders: UnsignedInt64!
  phone: String @deprecated state: CustomerState! tags: [String!]! taxExempt: Boolean! taxExemptions: [TaxExemption!]!
  updatedAt: DateTime! verifiedEmail: Boolean! }

type CustomerAddressCreatePayload { address: MailingAddress userErrors: [UserError!]! }

type CustomerAddressDeletePayload { deletedAddressId: ID userErrors: [UserError!]! }

type CustomerAddressUpdatePayload { address: MailingAddress userErrors: [UserError!]! }

type CustomerConnection { edges: [CustomerEdge!]! nodes: [Customer!]! pageInfo: PageInfo! }

type CustomerCreatePayload { customer: Customer userErrors: [UserError!]! }

input CustomerDeleteInput { id: ID! }

type CustomerDeletePayload { deletedCustomerId: ID userErrors: [UserError!]! }

type CustomerEdge { cursor: String! node: Customer! }

type CustomerEmailAddress { emailAddress: String! marketingOptInLevel: CustomerMarketingOptInLevel
  marketingState: CustomerEmailAddressMarketingState! marketingUpdatedAt: DateTime validFormat: Boolean! }

enum CustomerEmailAddressMarketingState { INVALID NOT_SUBSCRIBED PENDING SUBSCRIBED UNSUBSCRIBED }

input CustomerEmailMarketingConsentInput { consentUpdatedAt: DateTime marketingOptInLevel: CustomerMarketingOptInLevel
  marketingState: CustomerEmailMarketingState! }

enum CustomerEmailMarketingState { INVALID NOT_SUBSCRIBED PENDING REDACTED SUBSCRIBED UNSUBSCRIBED }

input CustomerIdentifierInput @oneOf { emailAddress: String id: ID phoneNumber: String }

input CustomerInput { addresses: [MailingAddressInput!] email: String
  emailMarketingConsent: CustomerEmailMarketingConsentInput firstName: String id: ID lastName: String locale: String
  metafields: [MetafieldInput!] note: String phone: String tags: [String!] taxExempt: Boolean
  taxExemptions: [TaxExemption!] }

enum CustomerMarketingOptInLevel { CONFIRMED_OPT_IN SINGLE_OPT_IN UNKNOWN }

type CustomerPhoneNumber { marketingState: CustomerSmsMarketingState! @deprecated phoneNumber: String! }

enum CustomerSmsMarketingState { NOT_SUBSCRIBED PENDING REDACTED SUBSCRIBED UNSUBSCRIBED }

enum CustomerSortKeys { CREATED_AT ID LOCATION NAME RELEVANCE UPDATED_AT }

enum CustomerState { DECLINED DISABLED ENABLED INVITED }

type CustomerUpdatePayload { customer: Customer userErrors: [UserError!]! }

scalar DateTime

scalar Decimal

union Discount = DiscountAutomaticApp | DiscountAutomaticBasic | DiscountAutomaticBxgy | DiscountAutomaticFreeShipping | DiscountCodeApp | DiscountCodeBasic | DiscountCodeBxgy | DiscountCodeFreeShipping

type DiscountAllocation { allocatedAmountSet: MoneyBag! discountApplication: DiscountApplication! }

type DiscountAmount { amount: MoneyV2! appliesOnEachItem: Boolean! }

input DiscountAmountInput { amount: Decimal appliesOnEachItem: Boolean }

interface DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod! index: Int!
  targetSelection: DiscountApplicationTargetSelection! targetType: DiscountApplicationTargetType! value: PricingValue!
}

enum DiscountApplicationAllocationMethod { ACROSS EACH ONE @deprecated }

type DiscountApplicationConnection { edges: [DiscountApplicationEdge!]! nodes: [DiscountApplication!]!
  pageInfo: PageInfo! }

type DiscountApplicationEdge { cursor: String! node: DiscountApplication! }

enum DiscountApplicationTargetSelection { ALL ENTITLED EXPLICIT }

enum DiscountApplicationTargetType { LINE_ITEM SHIPPING_LINE }

type DiscountAutomaticApp { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  discountClasses: [DiscountClass!]! discountId: ID! endsAt: DateTime startsAt: DateTime! status: DiscountStatus!
  tags: [String!]! title: String! updatedAt: DateTime! }

type DiscountAutomaticBasic { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  customerGets: DiscountCustomerGets! discountClasses: [DiscountClass!]! endsAt: DateTime
  minimumRequirement: DiscountMinimumRequirement shortSummary: String! startsAt: DateTime! status: DiscountStatus!
  summary: String! tags: [String!]! title: String! updatedAt: DateTime! }

type DiscountAutomaticBxgy implements Node { asyncUsageCount: Int! combinesWith: DiscountCombinesWith!
  createdAt: DateTime! discountClasses: [DiscountClass!]! endsAt: DateTime id: ID! @deprecated startsAt: DateTime!
  status: DiscountStatus! summary: String! tags: [String!]! title: String! updatedAt: DateTime! }

type DiscountAutomaticDeletePayload { deletedAutomaticDiscountId: ID userErrors: [DiscountUserError!]! }

type DiscountAutomaticFreeShipping { asyncUsageCount: Int! combinesWith: DiscountCombinesWith! createdAt: DateTime!
  discountClasses: [DiscountClass!]! endsAt: DateTime minimumRequirement: DiscountMinimumRequirement
  startsAt: DateTime! status: DiscountStatus! summary: String! tags: [String!]! title: String! updatedAt: DateTime! }

enum DiscountBuyerSelection { ALL }

enum DiscountClass { ORDER PRODUCT SHIPPING }

union DiscountCode = DiscountCodeApp | DiscountCodeBasic | DiscountCodeBxgy | DiscountCodeFreeShipping

type DiscountCodeActivatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeApp { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! discountClasses: [DiscountClass!]!
  discountId: ID! endsAt: DateTime startsAt: DateTime! status: DiscountStatus! tags: [String!]! title: String!
  updatedAt: DateTime! usageLimit: Int }

type DiscountCodeApplication implements DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod!
  code: String! index: Int! targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType! value: PricingValue! }

type DiscountCodeBasic { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! customerGets: DiscountCustomerGets!
  discountClasses: [DiscountClass!]! endsAt: DateTime minimumRequirement: DiscountMinimumRequirement
  shortSummary: String! startsAt: DateTime! status: DiscountStatus! summary: String! tags: [String!]! title: String!
  updatedAt: DateTime! usageLimit: Int }

type DiscountCodeBasicCreatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

input DiscountCodeBasicInput { appliesOncePerCustomer: Boolean code: String combinesWith: DiscountCombinesWithInput
  context: DiscountContextInput customerGets: DiscountCustomerGetsInput endsAt: DateTime
  minimumRequirement: DiscountMinimumRequirementInput recurringCycleLimit: Int startsAt: DateTime tags: [String!]
  title: String usageLimit: Int }

type DiscountCodeBasicUpdatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeBxgy { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! customerGets: DiscountCustomerGets!
  discountClasses: [DiscountClass!]! endsAt: DateTime startsAt: DateTime! status: DiscountStatus! summary: String!
  tags: [String!]! title: String! updatedAt: DateTime! usageLimit: Int }

type DiscountCodeDeactivatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeDeletePayload { deletedCodeDiscountId: ID userErrors: [DiscountUserError!]! }

type DiscountCodeFreeShipping { appliesOncePerCustomer: Boolean! asyncUsageCount: Int!
  codes(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: DiscountCodeSortKeys = ID): DiscountRedeemCodeConnection!
  codesCount: Count combinesWith: DiscountCombinesWith! createdAt: DateTime! discountClasses: [DiscountClass!]!
  endsAt: DateTime maximumShippingPrice: MoneyV2 minimumRequirement: DiscountMinimumRequirement shortSummary: String!
  startsAt: DateTime! status: DiscountStatus! summary: String! tags: [String!]! title: String! updatedAt: DateTime!
  usageLimit: Int }

type DiscountCodeFreeShippingCreatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

input DiscountCodeFreeShippingInput { appliesOncePerCustomer: Boolean code: String
  combinesWith: DiscountCombinesWithInput context: DiscountContextInput
  destination: DiscountShippingDestinationSelectionInput endsAt: DateTime maximumShippingPrice: Decimal
  minimumRequirement: DiscountMinimumRequirementInput startsAt: DateTime tags: [String!] title: String usageLimit: Int
}

type DiscountCodeFreeShippingUpdatePayload { codeDiscountNode: DiscountCodeNode userErrors: [DiscountUserError!]! }

type DiscountCodeNode implements Node { codeDiscount: DiscountCode! id: ID! }

enum DiscountCodeSortKeys { CODE CREATED_AT ID RELEVANCE }

type DiscountCollections {
  collections(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): CollectionConnection! }

input DiscountCollectionsInput { add: [ID!] remove: [ID!] }

type DiscountCombinesWith { orderDiscounts: Boolean! productDiscounts: Boolean! shippingDiscounts: Boolean! }

input DiscountCombinesWithInput { orderDiscounts: Boolean = false productDiscounts: Boolean = false
  shippingDiscounts: Boolean = false }

input DiscountContextInput @oneOf { all: DiscountBuyerSelection }

type DiscountCustomerGets { items: DiscountItems! value: DiscountCustomerGetsValue! }

input DiscountCustomerGetsInput { items: DiscountItemsInput value: DiscountCustomerGetsValueInput }

union DiscountCustomerGetsValue = DiscountAmount | DiscountOnQuantity | DiscountPercentage

input DiscountCustomerGetsValueInput { discountAmount: DiscountAmountInput percentage: Float }

union DiscountEffect = DiscountPercentage

enum DiscountErrorCode { ACTIVE_PERIOD_OVERLAP APPLIES_ON_NOTHING BLANK CONFLICT
  DISCOUNT_NOT_COMPATIBLE_WITH_CONDITION_TYPES DUPLICATE END_DATE_BEFORE_START_DATE EQUAL_TO EXCEEDED_MAX GREATER_THAN
  GREATER_THAN_OR_EQUAL_TO IMPLICIT_DUPLICATE INCLUSION INTERNAL_ERROR INVALID
  INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS INVALID_DISCOUNT_CLASS_FOR_PRICE_RULE
  INVALID_PRODUCT_DISCOUNTS_FALSE_WITH_EXISTING_TAGS_ON_SAME_CART_LINE
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_FOR_DISCOUNT_CLASS
  INVALID_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_WITHOUT_PRODUCT_DISCOUNTS INVALID_TAG_LENGTH LESS_THAN
  LESS_THAN_OR_EQUAL_TO MAX_APP_DISCOUNTS MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT MISSING_ARGUMENT
  MISSING_FUNCTION_IDENTIFIER MULTIPLE_FUNCTION_IDENTIFIERS MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS
  PRESENT PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE_NOT_ENTITLED RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER TAKEN
  TOO_LONG TOO_MANY_ARGUMENTS TOO_MANY_PRODUCT_DISCOUNTS_WITH_TAGS_ON_SAME_CART_LINE TOO_MANY_TAGS TOO_SHORT
  VALUE_OUTSIDE_RANGE }

union DiscountItems = AllDiscountItems | DiscountCollections | DiscountProducts

input DiscountItemsInput { all: Boolean collections: DiscountCollectionsInput products: DiscountProductsInput }

type DiscountMinimumQuantity { greaterThanOrEqualToQuantity: UnsignedInt64! }

input DiscountMinimumQuantityInput { greaterThanOrEqualToQuantity: UnsignedInt64 }

union DiscountMinimumRequirement = DiscountMinimumQuantity | DiscountMinimumSubtotal

input DiscountMinimumRequirementInput { quantity: DiscountMinimumQuantityInput subtotal: DiscountMinimumSubtotalInput
}

type DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal: MoneyV2! }

input DiscountMinimumSubtotalInput { greaterThanOrEqualToSubtotal: Decimal }

type DiscountNode implements Node { discount: Discount! id: ID! }

type DiscountNodeConnection { edges: [DiscountNodeEdge!]! nodes: [DiscountNode!]! pageInfo: PageInfo! }

type DiscountNodeEdge { cursor: String! node: DiscountNode! }

type DiscountOnQuantity { effect: DiscountEffect! quantity: DiscountQuantity! }

type DiscountPercentage { percentage: Float! }

type DiscountProducts {
  productVariants(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ProductVariantConnection!
  products(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ProductConnection! }

input DiscountProductsInput { productVariantsToAdd: [ID!] productVariantsToRemove: [ID!] productsToAdd: [ID!]
  productsToRemove: [ID!] }

type DiscountQuantity { quantity: UnsignedInt64! }

type DiscountRedeemCode { asyncUsageCount: Int! code: String! id: ID! }

type DiscountRedeemCodeConnection { edges: [DiscountRedeemCodeEdge!]! nodes: [DiscountRedeemCode!]!
  pageInfo: PageInfo! }

type DiscountRedeemCodeEdge { cursor: String! node: DiscountRedeemCode! }

input DiscountShippingDestinationSelectionInput { all: Boolean = false }

enum DiscountSortKeys { CREATED_AT ENDS_AT ID RELEVANCE STARTS_AT TITLE UPDATED_AT }

enum DiscountStatus { ACTIVE EXPIRED SCHEDULED }

type DiscountUserError { code: DiscountErrorCode extraInfo: String field: [String!] message: String! }

type Domain implements Node { host: String! id: ID! sslEnabled: Boolean! url: URL! }

type Duty implements Node { countryCodeOfOrigin: CountryCode harmonizedSystemCode: String id: ID! price: MoneyBag!
  taxLines: [TaxLine!]! }

enum FileContentType { EXTERNAL_VIDEO FILE IMAGE MODEL_3D VIDEO }

input FileSetInput { alt: String contentType: FileContentType filename: String id: ID originalSource: String }

scalar FormattedString

type Fulfillment implements Node { createdAt: DateTime! deliveredAt: DateTime displayStatus: FulfillmentDisplayStatus
  estimatedDeliveryAt: DateTime
  events(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: FulfillmentEventSortKeys = HAPPENED_AT): FulfillmentEventConnection!
  fulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentLineItemConnection!
  fulfillmentOrders(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderConnection!
  id: ID! inTransitAt: DateTime legacyResourceId: UnsignedInt64! location: Location name: String! order: Order!
  originAddress: FulfillmentOriginAddress requiresShipping: Boolean! service: FulfillmentService
  status: FulfillmentStatus! totalQuantity: Int! trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
  updatedAt: DateTime! }

type FulfillmentCancelPayload { fulfillment: Fulfillment userErrors: [UserError!]! }

type FulfillmentConnection { edges: [FulfillmentEdge!]! nodes: [Fulfillment!]! pageInfo: PageInfo! }

type FulfillmentCreatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }

enum FulfillmentDisplayStatus { ATTEMPTED_DELIVERY CANCELED CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE
  FULFILLED IN_TRANSIT LABEL_PRINTED LABEL_PURCHASED LABEL_VOIDED MARKED_AS_FULFILLED NOT_DELIVERED OUT_FOR_DELIVERY
  PICKED_UP READY_FOR_PICKUP SUBMITTED }

type FulfillmentEdge { cursor: String! node: Fulfillment! }

type FulfillmentEvent implements Node { address1: String city: String country: String createdAt: DateTime!
  estimatedDeliveryAt: DateTime happenedAt: DateTime! id: ID! latitude: Float longitude: Float message: String
  province: String status: FulfillmentEventStatus! zip: String }

type FulfillmentEventConnection { edges: [FulfillmentEventEdge!]! nodes: [FulfillmentEvent!]! pageInfo: PageInfo! }

type FulfillmentEventCreatePayload { fulfillmentEvent: FulfillmentEvent userErrors: [UserError!]! }

type FulfillmentEventEdge { cursor: String! node: FulfillmentEvent! }

input FulfillmentEventInput { address1: String city: String country: String estimatedDeliveryAt: DateTime
  fulfillmentId: ID! happenedAt: DateTime latitude: Float longitude: Float message: String province: String
  status: FulfillmentEventStatus! zip: String }

enum FulfillmentEventSortKeys { HAPPENED_AT ID }

enum FulfillmentEventStatus { ATTEMPTED_DELIVERY CARRIER_PICKED_UP CONFIRMED DELAYED DELIVERED FAILURE IN_TRANSIT
  LABEL_PRINTED LABEL_PURCHASED OUT_FOR_DELIVERY READY_FOR_PICKUP }

type FulfillmentHold implements Node { displayReason: String! handle: String heldByRequestingApp: Boolean! id: ID!
  reason: FulfillmentHoldReason! reasonNotes: String }

enum FulfillmentHoldReason { AWAITING_PAYMENT AWAITING_RETURN_ITEMS HIGH_RISK_OF_FRAUD INCORRECT_ADDRESS
  INVENTORY_OUT_OF_STOCK ONLINE_STORE_POST_PURCHASE_CROSS_SELL OTHER UNKNOWN_DELIVERY_DATE }

input FulfillmentInput { lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]!
  notifyCustomer: Boolean = false originAddress: FulfillmentOriginAddressInput trackingInfo: FulfillmentTrackingInput
}

type FulfillmentLineItem implements Node { discountedTotalSet: MoneyBag! id: ID! lineItem: LineItem!
  originalTotalSet: MoneyBag! quantity: Int }
`;
